import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RUN_MIGRATIONS } from './migrations.ts'
import { workflowNameIn, workflowSlug } from './workflow-names.ts'

function emptyDatabase(): DatabaseSync {
  const db = new DatabaseSync(':memory:')
  for (const { sql } of RUN_MIGRATIONS) db.exec(sql)
  return db
}

const word = fc.string({ unit: fc.constantFrom(...'检测流程训练データдетект시작🙂 ('), minLength: 1, maxLength: 12 })
const path = fc
  .tuple(fc.constantFrom('/项目', '/shop'), word)
  .map(([folder, stem]) => `${folder}/${stem}.workflow.yaml`)

test('files whose names have no Latin letter never make the same name, and a file always makes its own', () => {
  fc.assert(
    fc.property(fc.uniqueArray(path, { minLength: 2, maxLength: 8 }), (paths) => {
      const db = emptyDatabase()
      const slugs = paths.map((one) => workflowSlug(workflowNameIn(db, one)))
      expect(new Set(slugs).size).toBe(paths.length)
      expect(paths.map((one) => workflowSlug(workflowNameIn(db, one)))).toEqual(slugs)
      for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
    }),
    { numRuns: 200 },
  )
})

test('a file name without Latin letters is shown as it is and named by a hash of it; letters that can stay, stay', () => {
  const name = workflowNameIn(emptyDatabase(), '/shop/检测 流程.workflow.yaml')
  expect(name).toBe('检测 流程')
  expect(workflowSlug(name)).toMatch(/^workflow-[0-9a-f]{8}$/)
  expect(workflowSlug('检测 v2')).toBe('v2')
})
