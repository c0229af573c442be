import { vi } from 'vitest'

// Set up before each file of tests: a state that is waited for may take its time on a busy machine. vitest has a setting for
// expect.poll, but none for these two, which give up after one second.

const PATIENCE = { timeout: 20_000 }
const { waitFor, waitUntil } = vi

vi.waitFor = (callback, options = PATIENCE) => waitFor(callback, options)
vi.waitUntil = (callback, options = PATIENCE) => waitUntil(callback, options)
