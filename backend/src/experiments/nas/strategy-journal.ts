import type { ExperimentReport, Trial } from '@secxops/protocol/experiments'
import type { ExperimentJournal, ExperimentRecord, MetricNews, TrialNews } from '../services.ts'
import { nasPackage, nasSpec } from './nas-spec.ts'

/**
 * The journal of an architecture search as a search over parameters sees it: its tuner is one of NNI's strategies, and the best trial so far
 * is told as an architecture.
 */
export class StrategyJournal implements ExperimentJournal {
  readonly #journal: ExperimentJournal
  #best: number | undefined

  constructor(journal: ExperimentJournal) {
    this.#journal = journal
    for (const trial of journal.trials()) if (trial.state === 'succeeded') this.#better(trial)
  }

  get record(): ExperimentRecord {
    const { record } = this.#journal
    const spec = nasSpec(record)
    return {
      ...record,
      settings: {
        ...record.settings,
        searchSpace: {},
        tuner: { className: 'secxops_nas.tuner.StrategyTuner', codeDirectory: nasPackage(), classArgs: { spec } },
      },
    }
  }

  trial(news: TrialNews): void {
    this.#journal.trial(news)
    if (news.state !== 'succeeded' || !this.#better(news)) return
    const found = this.#journal.trials().find(({ number }) => number === news.number)
    if (found)
      this.report({
        kind: 'architecture',
        rank: 1,
        trial: found.number,
        score: found.final,
        choices: found.parameters,
      })
  }

  metric(news: MetricNews): void {
    this.#journal.metric(news)
  }

  report(report: ExperimentReport): void {
    this.#journal.report(report)
  }

  objective(metric: string): void {
    this.#journal.objective(metric)
  }

  state(state: 'preparing' | 'running', detail?: string): void {
    this.#journal.state(state, detail)
  }

  durable(): Promise<void> {
    return this.#journal.durable()
  }

  trials(): Trial[] {
    return this.#journal.trials()
  }

  metricsOf(trial: number): MetricNews[] {
    return this.#journal.metricsOf(trial)
  }

  curves(): Map<number, number[]> {
    return this.#journal.curves()
  }

  reports(): ExperimentReport[] {
    return this.#journal.reports()
  }

  #better({ final }: Pick<Trial, 'final'>): boolean {
    if (final === undefined) return false
    const sign = this.#journal.record.objective.direction === 'minimize' ? -1 : 1
    if (this.#best !== undefined && sign * final <= sign * this.#best) return false
    this.#best = final
    return true
  }
}
