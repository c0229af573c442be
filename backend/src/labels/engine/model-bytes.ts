import { deserialize, serialize } from 'node:v8'
import type { RankingModel } from '../ranking/fit.ts'

/** Grows when a model that was stored before cannot be used any more; then the base learns anew. */
export const MODEL_FORMAT = 5

export const modelBytes = (model: RankingModel): Uint8Array<ArrayBuffer> => Uint8Array.from(serialize(model))

export const modelOf = (bytes: Uint8Array): RankingModel => deserialize(bytes) as RankingModel
