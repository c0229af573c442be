import type { Migration } from '../services.ts'
import { baseMigrations } from './bases/migrations.ts'
import { embeddingMigrations } from './embedding/migrations.ts'
import { engineMigrations } from './engine/migrations.ts'
import { jobMigrations } from './jobs/migrations.ts'
import { vectorMigrations } from './vectors/migrations.ts'

/** Tables of the labeler, in the order in which they refer to each other. */
export const labelMigrations: Migration[] = [
  ...baseMigrations,
  ...embeddingMigrations,
  ...engineMigrations,
  ...vectorMigrations,
  ...jobMigrations,
]
