import type { LabelPath } from '@secxops/protocol/labels'
import type { Answer } from '../ranking/answer.ts'
import type { StoredReference } from '../services.ts'

/** All that a worker needs of a base besides vectors and model, which it reads from the database itself. */
export interface BaseSnapshot {
  /** Path of the database. */
  database: string
  /** Path of the file of counted grams, see `gram-file.ts`. */
  grams: string
  base: string
  /** Of the base. */
  version: number
  /** Identity of the embedder whose vectors are used. */
  embedder: string
  references: readonly StoredReference[]
  leaves: readonly LabelPath[]
}

/** An answer with what its references say. */
export interface WorkerAnswer extends Omit<Answer, 'why'> {
  why: { id: string; text: string; path: LabelPath; likeness: number; share: number }[]
}

/** Answers of one moment: all for the same version of the base and of its model. */
export interface RankedAnswers {
  answers: WorkerAnswer[]
  version: number
  model: string
}

/** What can be asked of the worker of a base: argument and answer. Calls are carried out in their order. */
export interface WorkerCalls {
  /** Takes a snapshot and answers the texts that have no vector in the database yet. */
  load: [BaseSnapshot, { missing: string[] }]
  /** Makes the base answer; all vectors must be in the database. */
  build: [null, null]
  answer: [{ texts: readonly { text: string; vector: Float32Array; among?: readonly string[] }[] }, RankedAnswers]
  /** References came (with vectors) or went, which made the base's `version`. The leaves are those of before, or those of `added`. */
  change: [
    {
      version: number
      added: readonly (StoredReference & { vector: Float32Array })[]
      removed: readonly string[]
    },
    null,
  ]
  /** How much the others contradict the references from `from` on in the order of ids. */
  suspicions: [{ from: number; count: number }, { id: string; amount: number; instead: LabelPath }[]]
  /** Learns a model from what was loaded: its bytes, see `model-bytes.ts`. */
  learn: [null, { model: Uint8Array<ArrayBuffer>; leftOutRight: number }]
}

export type WorkerCall = keyof WorkerCalls

/** What goes to the worker. */
export interface WorkerRequest {
  id: number
  call: WorkerCall
  argument: unknown
}

/** What comes back. */
export type WorkerResponse = { id: number; value: unknown } | { id: number; error: string; stack?: string }
