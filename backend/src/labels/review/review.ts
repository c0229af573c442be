import { randomUUID } from 'node:crypto'
import { SecxopsError } from '@secxops/protocol/errors'
import { PATH_JOINT } from '@secxops/protocol/label-words'
import type { LabelChange, LabelPath, ReviewFilter, ReviewPage } from '@secxops/protocol/labels'
import type { Store } from '../../services.ts'
import { statement } from '../../store/statement.ts'
import { listJobs, readJob } from '../jobs/job-table.ts'
import type { LabelRequest } from '../jobs/label-file.ts'
import type { LabelBases, NewLabel } from '../services.ts'
import { type ChosenItem, chosenItems, type ReviewOrder, reviewPage, waitingItems } from './items.ts'

export interface Decide {
  /** Ids within the job; absent: all that `filter` lets through. */
  items?: number[]
  filter?: ReviewFilter
  decision: 'accept' | 'reject'
  /** Absent: each item takes its own suggestion. */
  path?: LabelPath
  by: string
}

/** What a human does with the suggestions of a labelled file. */
export class Review {
  readonly #store: Store
  readonly #bases: LabelBases

  constructor(store: Store, bases: LabelBases) {
    this.#store = store
    this.#bases = bases
  }

  page(job: string, query: ReviewFilter & { order?: ReviewOrder; offset?: number; limit?: number }): ReviewPage {
    this.#labelling(job)
    return reviewPage(this.#store.db, job, query)
  }

  /** Rows of the newest labelling of each file that wait for a decision. */
  waiting(base: string): number {
    const newest = new Map<string, string>()
    for (const { id, kind, subject } of listJobs(this.#store.db, base))
      if (kind === 'label' && !newest.has(subject)) newest.set(subject, id)
    return [...newest.values()].reduce((sum, id) => sum + waitingItems(this.#store.db, id), 0)
  }

  /**
   * Decides items as one change, all or none; undo takes it back as a whole. Accepted texts become references. Rejects with bad-request
   * where there is nothing to decide.
   */
  async decide(job: string, request: Decide): Promise<LabelChange> {
    const { base, source } = this.#labelling(job)
    const change = await this.#store.write((db) => {
      const items = chosenItems(db, job, request)
      if (items.length === 0)
        throw new SecxopsError({
          code: 'bad-request',
          message: 'No item of this labelling is meant: nothing was decided.',
        })
      const decisions = items.map((item) => decisionOf(item, request))
      const done = this.#bases.writeIn(
        db,
        base,
        { id: randomUUID(), by: request.by, kind: 'bulk', title: titleOf(request, items.length) },
        request.decision === 'reject'
          ? []
          : items.map((item, i) => newLabel(item, decisions[i]?.path ?? item.suggestion.path, source)),
      )
      const insert = statement(db, 'INSERT INTO label_decisions VALUES (?, ?, ?, ?, ?)')
      for (const [i, { id }] of items.entries()) {
        const { state, path } = decisions[i] as Decision
        insert.run(job, id, done.id, state, path ? path.join(PATH_JOINT) : null)
      }
      return done
    })
    this.#bases.written(base)
    return change
  }

  /** Base and source of a labelling; rejects with not-found, or bad-request for a job of another kind. */
  #labelling(id: string): { base: string; source: string } {
    const { job, request } = readJob(this.#store.db, id)
    if (job.kind !== 'label')
      throw new SecxopsError({
        code: 'bad-request',
        message: `Job ${id} has labelled nothing: it is of kind ${job.kind}.`,
      })
    return { base: job.base, source: (request as unknown as LabelRequest).path }
  }
}

type Decision = { state: 'accepted' | 'edited' | 'rejected'; path?: LabelPath }

function decisionOf({ suggestion }: ChosenItem, { decision, path }: Decide): Decision {
  if (decision === 'reject') return { state: 'rejected' }
  if (!path || path.join(PATH_JOINT) === suggestion.path.join(PATH_JOINT))
    return { state: 'accepted', path: suggestion.path }
  return { state: 'edited', path }
}

const newLabel = (item: ChosenItem, path: LabelPath, file: string): NewLabel => ({
  text: item.text,
  path,
  origin: 'human',
  trust: 1,
  source: { file, line: item.line },
  suggested: item.suggestion,
})

function titleOf({ decision, path }: Decide, count: number): string {
  const what = count === 1 ? '1 suggestion' : `${count} suggestions`
  if (decision === 'reject') return `Rejected ${what}`
  return path ? `Labelled ${count === 1 ? '1 text' : `${count} texts`} as ${path.join(' › ')}` : `Accepted ${what}`
}
