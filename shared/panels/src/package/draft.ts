import type { Inspection } from '@secxops/protocol/inspect'
import type { InputPort, ModuleFile, OutputPort, Parameter } from '@secxops/protocol/module'

/** What the user is editing; kept over a reload. */
export interface Draft {
  /** Source that was inspected. */
  path: string
  module: ModuleFile
  requirements: string
  /** True once the user changed anything. */
  touched: boolean
}

export type Section = 'parameters' | 'inputs' | 'outputs'

export type DraftEdit =
  | { type: 'field'; field: 'name' | 'start' | 'description' | 'timeout' | 'retries' | 'cache'; value: unknown }
  | { type: 'resource'; field: 'cpu' | 'memory' | 'gpu'; value: unknown }
  | { type: 'environment'; field: 'python' | 'requirements' | 'interpreter'; value: unknown }
  | { type: 'set'; section: 'parameters'; name: string; value: Parameter }
  | { type: 'set'; section: 'inputs'; name: string; value: InputPort }
  | { type: 'set'; section: 'outputs'; name: string; value: OutputPort }
  | { type: 'rename'; section: Section; name: string; to: string }
  | { type: 'remove'; section: Section; name: string }
  | { type: 'requirements'; text: string }

export const draftOf = (inspection: Inspection): Draft => ({
  path: inspection.path,
  module: inspection.module,
  requirements: inspection.requirementsText,
  touched: false,
})

/** The draft after one edit. A rename follows into the start command; a taken or unlawful name changes nothing. */
export function editDraft(draft: Draft, edit: DraftEdit): Draft {
  if (edit.type === 'requirements') return { ...draft, requirements: edit.text, touched: true }
  return { ...draft, module: editModule(draft.module, edit), touched: true }
}

function editModule(module: ModuleFile, edit: Exclude<DraftEdit, { type: 'requirements' }>): ModuleFile {
  switch (edit.type) {
    case 'field':
      return prune({ ...module, [edit.field]: edit.value })
    case 'resource':
      return prune({ ...module, resources: prune({ ...module.resources, [edit.field]: edit.value }) })
    case 'environment':
      return prune({ ...module, environment: prune({ ...module.environment, [edit.field]: edit.value }) })
    case 'set':
      return { ...module, [edit.section]: { ...module[edit.section], [edit.name]: prune(edit.value) } }
    case 'remove': {
      const rest = Object.entries(module[edit.section] ?? {}).filter(([name]) => name !== edit.name)
      return prune({ ...module, [edit.section]: rest.length > 0 ? Object.fromEntries(rest) : undefined })
    }
    case 'rename': {
      if (edit.to === edit.name || !isIdentifier(edit.to) || isTaken(module, edit.to)) return module
      const entries = Object.entries(module[edit.section] ?? {}).map(([name, value]) => [
        name === edit.name ? edit.to : name,
        value,
      ])
      return {
        ...module,
        [edit.section]: Object.fromEntries(entries),
        start: renameInStart(module.start, edit.name, edit.to),
      }
    }
  }
}

/** Fields that may be empty: a default is a value then, the others are told as problems. */
const KEPT = ['default', 'name', 'start']

/** Without fields that were emptied, so that the file says nothing needless. */
function prune<T extends object>(value: T): T {
  const kept = Object.entries(value).filter(
    ([key, field]) =>
      field !== undefined &&
      (KEPT.includes(key) || (field !== '' && !(typeof field === 'object' && field !== null && isEmpty(field)))),
  )
  return { ...(Object.fromEntries(kept) as T) }
}

const isEmpty = (value: object): boolean => !Array.isArray(value) && Object.keys(value).length === 0

export const isIdentifier = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(name)

/** Parameters, inputs and outputs share one namespace. */
export const isTaken = (module: ModuleFile, name: string): boolean =>
  [module.parameters, module.inputs, module.outputs].some((section) => section && Object.hasOwn(section, name))

/** A name that nothing of the module has: `x`, else `x2`, `x3` … */
export function freeName(module: ModuleFile, wish: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wish : `${wish}${n}`
    if (!isTaken(module, name)) return name
  }
}

/** `$old` and `${old}` become the new name; `$older`, `$$old` stay. */
export function renameInStart(start: string, name: string, to: string): string {
  return start.replace(
    /\$\$|\$\{([A-Za-z_]\w*)(\?[^}]*)?\}|\$([A-Za-z_]\w*)/g,
    (whole, braced: string | undefined, words: string | undefined, bare: string | undefined) => {
      if (braced === name) return `\${${to}${words ?? ''}}`
      if (bare === name) return `$${to}`
      return whole
    },
  )
}
