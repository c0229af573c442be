import type { SpaceProposal } from '@secxops/protocol/experiments'
import type { Parameter } from '@secxops/protocol/module'

type Entry = SpaceProposal['entry']

/** An entry of a search space out of what a module declares of a parameter; undefined where only the code could tell. */
export function proposeEntry({ type, minimum, maximum, choices }: Parameter): Entry | undefined {
  if (type === 'choice' && choices && new Set(choices.map((choice) => typeof choice)).size === 1)
    return { _type: 'choice', _value: choices }
  if (type === 'boolean') return { _type: 'choice', _value: ['true', 'false'] }
  if (minimum === undefined || maximum === undefined || minimum >= maximum) return undefined
  if (type === 'integer') return { _type: 'quniform', _value: [minimum, maximum, 1] }
  if (type !== 'number') return undefined
  const wide = minimum > 0 && maximum / minimum >= 100
  return { _type: wide ? 'loguniform' : 'uniform', _value: [minimum, maximum] }
}
