import { globSync, readFileSync } from 'node:fs'
import { configDefaults, defineConfig } from 'vitest/config'

/** Tests that open a browser page. */
const pages = globSync('shared/panels/src/**/*.test.ts').filter((file) =>
  /testing\/(browser|open-panel)|canvas-page/.test(readFileSync(file, 'utf8')),
)

export default defineConfig({
  test: {
    include: ['{shared,backend,extensions}/**/src/**/*.test.{ts,tsx}'],
    // What takes seconds by its nature (pages, processes, packages, many restarts) runs in `npm test` only.
    exclude: [...configDefaults.exclude, ...(process.env.SECXOPS_SLOW ? [] : ['**/*.slow.test.ts', ...pages])],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
  },
})
