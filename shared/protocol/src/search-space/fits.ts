import type { Json } from '../json.ts'
import type { Algorithm, Tuner } from './algorithm.ts'
import { allEntries, COMBINED, isCombined, pathName, type SpaceEntry, type SpacePath, type Words } from './space.ts'

export interface Fit {
  ok: boolean
  /** Why not, each with the entry that is in the way; empty path: the space as a whole, or the tuner. */
  reasons: { path: SpacePath; words: Words }[]
}

/** Tells whether a tuner can draw from the entries of a space. */
export function fits(tuner: Tuner, entries: readonly SpaceEntry[]): Fit {
  const reasons: Fit['reasons'] = []
  const fail = (path: SpacePath, en: string, zh: string): void => void reasons.push({ path, words: { en, zh } })
  if (tuner.needs) fail([], `It is not installed. ${tuner.needs.en}`, `未安装。${tuner.needs.zh}`)
  const [first] = entries
  if (tuner.name === 'Batch') batch(entries, fail)
  else if (first && isCombined(first))
    fail(
      first.path,
      `${COMBINED} is a list of whole sets of parameters: only Batch takes it.`,
      `${COMBINED} 是参数组合的列表：只有 Batch 支持。`,
    )
  else for (const entry of allEntries(entries)) checkEntry(tuner, entry, fail)
  for (const entry of entries)
    if (tuner.adds?.includes(entry.name))
      fail(
        entry.path,
        `${tuner.name} adds a parameter ${entry.name} itself. Rename this one.`,
        `${tuner.name} 会自行添加参数 ${entry.name}。请重命名。`,
      )
  return { ok: reasons.length === 0, reasons }
}

type Fail = (path: SpacePath, en: string, zh: string) => void

function checkEntry({ name, takes }: Tuner, entry: SpaceEntry, fail: Fail): void {
  const what = pathName(entry.path)
  if (!takes || !entry.sound) return
  if (!(takes.types as readonly string[]).includes(entry.type))
    fail(
      entry.path,
      `${what} is ${entry.type}; ${name} takes ${takes.types.join(', ')}.`,
      `${what} 是 ${entry.type}；${name} 支持 ${takes.types.join('、')}。`,
    )
  else if (entry.branches) {
    if (!takes.nested)
      fail(
        entry.path,
        `${what} has branches; ${name} takes plain values only.`,
        `${what} 有分支；${name} 只支持普通取值。`,
      )
  } else if (
    takes.numbersOnly &&
    entry.type === 'choice' &&
    (entry.value as Json[]).some((value) => typeof value !== 'number')
  )
    fail(
      entry.path,
      `${what} is a choice among texts; ${name} takes numbers only.`,
      `${what} 的选项是文本；${name} 只支持数字。`,
    )
}

function batch(entries: readonly SpaceEntry[], fail: Fail): void {
  const [only, ...more] = entries
  if (more.length > 0 || (only && !isCombined(only)))
    fail(
      more.length > 0 ? [] : (only?.path ?? []),
      `Batch takes one entry, ${COMBINED}: a choice of whole sets of parameters, like {"${COMBINED}": {"_type": "choice", "_value": [{"lr": 0.1}, {"lr": 0.2}]}}.`,
      `Batch 只支持一个条目 ${COMBINED}：由参数组合组成的 choice，例如 {"${COMBINED}": {"_type": "choice", "_value": [{"lr": 0.1}, {"lr": 0.2}]}}。`,
    )
}

/** Why an assessor may not stand beside a tuner; undefined: it may. */
export function assessorConflict(tuner: Tuner): Words | undefined {
  if (tuner.advisor)
    return {
      en: `${tuner.name} decides itself how long a trial is trained and never asks an assessor. Remove the assessor.`,
      zh: `${tuner.name} 自行决定试验训练多久，不会使用评估器。请移除评估器。`,
    }
  if (tuner.population)
    return {
      en: `Trials of ${tuner.name} go on from each other's checkpoints: none may be stopped early. Remove the assessor.`,
      zh: `${tuner.name} 的试验从彼此的检查点继续：不能提前停止。请移除评估器。`,
    }
  return undefined
}

/** Why an assessor cannot judge towards a direction; undefined: it can. */
export function directionConflict(assessor: Algorithm, direction: 'maximize' | 'minimize'): Words | undefined {
  if (!assessor.growing || direction === 'maximize') return undefined
  return {
    en: `${assessor.name} foresees values that grow, like accuracy, never a loss. Use Medianstop.`,
    zh: `${assessor.name} 只能预测增长的值（如准确率），不能用于损失。请使用 Medianstop。`,
  }
}
