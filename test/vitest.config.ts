import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // A Kubernetes, where it is asked for.
    globalSetup: 'cluster/global-setup.ts',
    pool: 'forks',
    // One story at a time: each has JupyterLab, a browser and a daemon of its own.
    fileParallelism: false,
    // A first run installs packages; on a busy machine that takes minutes.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    setupFiles: '../shared/tooling/src/checks/patient-waits.ts',
    expect: { poll: { timeout: 60_000 } },
  },
})
