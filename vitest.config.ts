import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  // There is no such package: the editor gives it to extensions that run in it.
  resolve: {
    alias: { vscode: fileURLToPath(new URL('extensions/vscode/src/testing/fake-vscode.ts', import.meta.url)) },
  },
  test: {
    include: ['{shared,backend,extensions}/**/src/**/*.test.{ts,tsx}'],
    // What takes seconds by its nature (pages, processes, packages, many restarts) runs in `npm test` only.
    exclude: [
      ...configDefaults.exclude,
      ...(process.env.SECXOPS_SLOW ? [] : ['**/*.slow.test.ts', '**/*.page.test.ts']),
    ],
    // A Kubernetes, where it is asked for.
    globalSetup: 'test/cluster/global-setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    setupFiles: 'shared/tooling/src/checks/patient-waits.ts',
    // A state that is waited for may take its time on a busy machine.
    expect: { poll: { timeout: 20_000 } },
  },
})
