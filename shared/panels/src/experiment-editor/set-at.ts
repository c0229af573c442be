import { experimentStyle } from '@secxops/protocol/experiment-style'
import { isMap, type Json, own } from '@secxops/protocol/json'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { patchYaml } from '@secxops/protocol/yaml-patch'
import { readYaml } from '@secxops/protocol/yaml-read'

/** Sections that say what kind of experiment it is: they stay, also empty. */
const KINDS = ['nni', 'nas', 'automl']

/**
 * Sets what stands at a path of an experiment's text, maps on the way included; undefined removes it, and maps that are empty then.
 * Everything else stays byte for byte. Throws `bad-yaml` when the text is broken.
 */
export function setAt(text: string, path: readonly string[], value: Json | undefined): string {
  const { tree, problems } = readYaml(text)
  if (!tree)
    throw new SecxopsError({
      code: 'bad-yaml',
      message: `The text is broken: ${problems[0]?.message ?? ''} Mend it as text first.`,
    })
  return patchYaml(text, withValue(tree.value, path, value) ?? {}, { style: experimentStyle })
}

function withValue(now: Json | undefined, path: readonly string[], value: Json | undefined): Json | undefined {
  const [key, ...rest] = path
  if (key === undefined) return value
  const map = isMap(now) ? now : {}
  const inner = withValue(own(map, key), rest, value)
  const { [key]: _, ...others } = map
  if (inner === undefined) return others
  if (rest.length > 0 && isMap(inner) && Object.keys(inner).length === 0 && !KINDS.includes(key)) return others
  return { ...map, [key]: inner }
}

/** What stands at a path; undefined: nothing. */
export const valueAt = (root: Json | undefined, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((value, key) => (isMap(value) ? own(value, key) : undefined), root)
