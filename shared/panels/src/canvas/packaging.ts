import type { InputSource } from '@secxops/protocol/workflow'
import type { Dropped } from '../host.ts'
import { errorBody } from '../ui/error-body.ts'
import type { Point } from './auto-layout.ts'
import type { Canvas } from './canvas.ts'
import { addModule } from './edits.ts'
import { baseOf, folderOf, freeId, identifierOf, isNamed, moduleRef, nameOf, relativeRef } from './names.ts'

/**
 * Makes a module of a notebook, script or folder with what the inspection finds, unless it is one already, and adds it
 * as a node. The user may look the findings over afterwards; nothing that exists is overwritten.
 */
export async function addSource(
  canvas: Canvas,
  path: string,
  options: {
    at?: Point | undefined
    start?: { node: string; output: string } | undefined
    end?: { node: string; port: string } | undefined
  } = {},
): Promise<void> {
  const { host, t } = canvas
  canvas.announce(t('packaging', { name: baseOf(path) }))
  try {
    const found = await host.client.call('modules.inspect', { body: { path } })
    if (!found.exists) {
      const body = {
        modulePath: found.modulePath,
        module: found.module,
        ...(found.requirementsExists ? {} : { requirements: found.requirementsText }),
      }
      await host.client.call('modules.write', { body })
      host.notify('info', t('packaged', { name: found.module.name }), [{ kind: 'package', label: t('lookOver'), path }])
    }
    addModule(canvas, moduleRef(canvas.state.path, found.modulePath), { ...options, module: found.module })
  } catch (error) {
    const body = errorBody(error)
    host.notify('error', [body.message, body.cause].filter(Boolean).join('\n'), body.next)
    canvas.announce(body.message)
  }
}

/** Adds a node for a module file; one in the workflow's own folder is read for its name, which its reference "." does not hold. */
export async function addModuleFile(
  canvas: Canvas,
  modulePath: string,
  options: { at?: Point | undefined } = {},
): Promise<void> {
  const { path } = canvas.state
  const ref = moduleRef(path, modulePath)
  const found = isNamed(ref)
    ? undefined
    : await canvas.host.client.call('modules.resolve', { body: { ref, base: folderOf(path) } }).catch(() => undefined)
  // A module that cannot be read becomes a node all the same: the check tells there what is wrong with it.
  addModule(canvas, ref, { ...options, module: found?.module })
}

/** What can be the content of an input: a file or folder of the user, or a version of the library. */
export type DroppedSource = Exclude<Dropped, { kind: 'module' }>

export const sourceName = (item: DroppedSource): string => (item.kind === 'path' ? baseOf(item.path) : refOf(item))

/** As a workflow file names it. */
export function sourceFor(workflow: string, item: DroppedSource): InputSource {
  if (item.kind === 'path') return { file: relativeRef(folderOf(workflow), item.path) }
  const ref = refOf(item)
  if (item.artifact === 'model') return { model: ref }
  return item.artifact === 'code' ? { code: ref } : { dataset: ref }
}

const refOf = ({ name, version }: Extract<Dropped, { kind: 'artifact' }>): string =>
  version === undefined ? name : `${name}@${version}`

/** Makes an input of the workflow with the version as default; a file is taken into the datasets for that. False when it failed. */
export async function addAsInput(canvas: Canvas, item: DroppedSource): Promise<boolean> {
  const stem = item.kind === 'path' ? baseOf(item.path).replace(/\.[^.]+$/, '') : item.name
  const name = freeId(identifierOf(stem), Object.keys(canvas.state.workflow.inputs ?? {}), '_')
  const type = item.kind === 'path' ? 'dataset' : item.artifact
  try {
    const ref = item.kind === 'path' ? await addDataset(canvas, item.path) : refOf(item)
    canvas.edit([{ type: 'set-input', name, input: { type, default: ref } }], canvas.t('didAdd', { id: name }))
    return true
  } catch (error) {
    const body = errorBody(error)
    canvas.host.notify('error', [body.message, body.cause].filter(Boolean).join('\n'), body.next)
    return false
  }
}

async function addDataset({ host }: Canvas, path: string): Promise<string> {
  const body = { path, name: nameOf(path) }
  const version = await host.client.call('library.add', { params: { kind: 'dataset' }, body })
  return `${version.name}@${version.version}`
}
