import type { Json } from '../json.ts'
import type { Parameter } from '../module.ts'

/** A type, not an interface, so that it is JSON, too. */
export type Proposal = { _type: string; _value: Json[] }

/** What is known of a parameter that might be searched over. */
export type Known = Partial<Pick<Parameter, 'type' | 'default' | 'minimum' | 'maximum' | 'choices'>>

/** Names of settings that make nothing better: where, how much and how loudly something is done. */
const NO_SEARCH =
  /(^|_)(seed|random_state|verbose|verbosity|debug|n_?jobs|workers|threads|device|gpu|cuda|port|host|interval|version|rank|limit|max_rows|test_size|folds?|cv)$|^(log|save|print|use_cuda|no_cuda|dry_run)/i

const texts = (...values: string[]): string[] => values
/** Texts of which one stands for all: a preset among them shows what the code takes. */
const FAMILIES = [
  texts('sgd', 'adam', 'adamw', 'rmsprop'),
  texts('SGD', 'Adam', 'AdamW', 'RMSprop'),
  texts('relu', 'tanh', 'gelu', 'elu'),
  texts('rbf', 'linear', 'poly', 'sigmoid'),
  texts('gini', 'entropy', 'log_loss'),
  texts('lbfgs', 'liblinear', 'saga'),
  texts('constant', 'invscaling', 'adaptive'),
  texts('sqrt', 'log2'),
  texts('uniform', 'distance'),
]

const log = (low: number, high: number): Proposal => ({ _type: 'loguniform', _value: [round(low), round(high)] })
const flat = (low: number, high: number): Proposal => ({ _type: 'uniform', _value: [low, high] })
const whole = (low: number, high: number, step = 1): Proposal => ({ _type: 'quniform', _value: [low, high, step] })
const among = (values: Json[]): Proposal => ({ _type: 'choice', _value: values })
const doubled = (middle: number): Proposal =>
  among([0.25, 0.5, 1, 2, 4].map((factor) => Math.round(middle * factor)).filter((value) => value >= 1))

/** One digit is enough for the end of a range. */
const round = (value: number): number => Number(value.toPrecision(1))

interface Rule {
  name: RegExp
  /** `preset`: undefined where none is known. */
  entry(preset: number | undefined): Proposal
}

/** By the names that people give, first fit counts. */
const RULES: readonly Rule[] = [
  {
    name: /(^|_)(lr|learning_?rate|step_size)(_?\d+|_init)?$/i,
    entry: (preset = 0.001) => log(preset / 100, Math.max(preset, Math.min(preset * 10, 1))),
  },
  {
    name: /(^|_)(weight_?decay|wd|l1|l2|reg_(alpha|lambda)|alpha|lambda_?|regulari[sz]ation|epsilon|eps|tol|c)$/i,
    entry: (preset = 0) => (preset > 0 ? log(preset / 100, preset * 100) : log(1e-6, 0.01)),
  },
  { name: /drop_?(out|rate)?/i, entry: (preset = 0) => flat(0, preset >= 0.5 ? 0.8 : 0.5) },
  { name: /momentum$/i, entry: (preset = 0.9) => flat(Math.min(0.5, preset), 0.99) },
  { name: /(^|_)beta_?\d?$/i, entry: (preset = 0.9) => flat(Math.min(0.8, preset), 0.999) },
  { name: /subsample|colsample|(^|_)(frac(tion)?|ratio|prob(ability)?|threshold)$/i, entry: () => flat(0.1, 1) },
  { name: /kernel_size|(^|_)kernel$/i, entry: () => among([1, 3, 5, 7]) },
  { name: /batch_?size/i, entry: (preset = 64) => doubled(preset) },
  {
    name: /hidden|units|channels|filters|width|embed|(^|_)dim$|neurons|num_leaves|max_features|n_features|vocab/i,
    entry: (preset = 128) => doubled(preset),
  },
  { name: /depth|layers|blocks|heads|degree/i, entry: (preset = 4) => whole(1, Math.max(preset * 2, 4)) },
  { name: /neighbou?rs|(^|_)k$/i, entry: (preset = 5) => whole(1, Math.max(preset * 4, 10)) },
  {
    name: /estimators|trees|iter(ation)?s?$|epochs?$|rounds?$|steps?$/i,
    entry: (preset = 100) => stepped(preset),
  },
]

/** From a quarter to the fourfold of a number, in at most some dozen steps. */
function stepped(preset: number): Proposal {
  const low = Math.max(1, Math.round(preset / 4))
  return whole(low, Math.max(low + 1, Math.round(preset * 4)), preset > 20 ? low : 1)
}

/**
 * An entry that suits what code or a module says of a parameter: from what is declared, else from the name and the preset. undefined where
 * there is nothing to search over. Ranges are meant to be looked at, not believed.
 */
export function proposeEntry(name: string, known: Known): Proposal | undefined {
  const { type, choices, minimum, maximum } = known
  if (choices && choices.length > 0 && new Set(choices.map((choice) => typeof choice)).size === 1) return among(choices)
  if (NO_SEARCH.test(name) || type === 'secret' || type === 'json') return undefined
  if (type === 'boolean') return among(['true', 'false'])
  if (minimum !== undefined && maximum !== undefined && minimum < maximum) return between(type, minimum, maximum)
  if (typeof known.default === 'string' || (type === 'string' && known.default === undefined))
    return family(String(known.default))
  const preset = typeof known.default === 'number' && Number.isFinite(known.default) ? known.default : undefined
  const rule = RULES.find((one) => one.name.test(name))
  const proposal = rule ? rule.entry(preset) : byPreset(type, preset)
  return proposal && within(proposal, minimum, maximum)
}

function family(preset: string): Proposal | undefined {
  const values = FAMILIES.find((one) => one.includes(preset))
  return values && among([preset, ...values.filter((value) => value !== preset)])
}

function between(type: Known['type'], minimum: number, maximum: number): Proposal {
  if (type === 'integer') return whole(minimum, maximum)
  return { _type: minimum > 0 && maximum / minimum >= 100 ? 'loguniform' : 'uniform', _value: [minimum, maximum] }
}

/** Of a name that says nothing: around the preset. */
function byPreset(type: Known['type'], preset: number | undefined): Proposal {
  if (preset === undefined) return type === 'integer' ? whole(1, 10) : flat(0, 1)
  if (type === 'integer') return preset > 0 ? stepped(preset) : whole(Math.min(0, preset * 4), 10)
  if (preset === 0) return flat(0, 1)
  if (preset < 0) return flat(round(preset * 4), 0)
  return preset < 0.01 || preset > 1 ? log(preset / 10, preset * 10) : flat(0, 1)
}

/** Keeps the ends of a range inside one bound that is declared. */
function within(proposal: Proposal, minimum = -Infinity, maximum = Infinity): Proposal | undefined {
  if (proposal._type === 'choice') {
    const values = proposal._value.filter((value) => Number(value) >= minimum && Number(value) <= maximum)
    return values.length > 0 ? among(values) : undefined
  }
  const [low, high, ...more] = proposal._value as number[]
  const ends = [Math.max(low ?? 0, minimum), Math.min(high ?? 0, maximum)] as const
  return ends[0] < ends[1] ? { ...proposal, _value: [...ends, ...more] } : undefined
}
