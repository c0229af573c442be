import * as z from 'zod'
import { ExperimentSummary } from './experiments.ts'
import { LabelJob } from './labels.ts'
import { ArtifactKind } from './library.ts'
import { RunNode, RunSummary } from './run.ts'

/**
 * The one event stream of a page (server-sent events, `data:` holds one of these). Events tell what changed, newest
 * state inside; after a gap (another epoch in `hello`, or a reconnect) the page reads afresh what it shows.
 */
export const ServerEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), epoch: z.int(), version: z.string() }),
  z.object({ type: z.literal('run'), run: RunSummary }),
  z.object({ type: z.literal('node'), runId: z.string(), seq: z.int(), node: RunNode }),
  z.object({ type: z.literal('library'), kind: ArtifactKind, name: z.string(), version: z.int() }),
  /** A version was saved, or without `version`: a module file of the user was written. */
  z.object({ type: z.literal('module'), name: z.string(), version: z.string().optional() }),
  /** A reference base, its tree or its references changed; `version` is absent when it is gone. `sameTree`: the labels are as they were. */
  z.object({
    type: z.literal('labels'),
    base: z.string(),
    version: z.int().optional(),
    sameTree: z.boolean().optional(),
  }),
  z.object({ type: z.literal('label-job'), job: LabelJob }),
  /** An experiment changed; at most ten a second. Its numbers say what a page has not read. `gone`: removed. */
  z.object({ type: z.literal('experiment'), experiment: ExperimentSummary, gone: z.boolean().optional() }),
  z.object({ type: z.literal('stopping') }),
])
export type ServerEvent = z.infer<typeof ServerEvent>
