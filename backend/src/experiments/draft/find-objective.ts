import { readFile } from 'node:fs/promises'
import type { Objective } from '@secxops/protocol/experiment-file'

const CALL = /\bmetric\(\s*\\?["']([\w./-]{1,100})\\?["']/g
/** What is named first when code tells several numbers. */
const USUAL = /^(val_|test_)?(f1|auc|roc_auc|accuracy|acc|recall|precision|score)/i
const LESS_IS_BETTER = /loss|error|rmse|mse|mae|perplexity|latency|duration/i

/** What the code reports by `secxops.metric("NAME", …)` as the aim of a search; undefined where it names nothing. */
export async function findObjective(source: string): Promise<Objective | undefined> {
  const text = await readFile(source, 'utf8').catch(() => '')
  const names = [...new Set([...text.slice(0, 2_000_000).matchAll(CALL)].map(([, name]) => name ?? ''))]
  const metric = names.find((name) => USUAL.test(name)) ?? names[0]
  if (metric === undefined) return undefined
  return { metric, direction: LESS_IS_BETTER.test(metric) ? 'minimize' : 'maximize' }
}
