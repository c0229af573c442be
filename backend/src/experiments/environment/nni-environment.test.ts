import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { NniEnvironment } from './nni-environment.ts'

it('nothing is installed where there is too little room for it, and both sizes are said', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sx-room-'))
  const never = () => Promise.reject(new Error('it was begun'))
  const large = new NniEnvironment({ digest: never, prepare: never }, folder, {
    name: 'nas',
    what: 'PyTorch',
    bytes: Number.MAX_SAFE_INTEGER,
  })
  expect(large.install()).toEqual({ what: 'PyTorch', bytes: Number.MAX_SAFE_INTEGER })
  const caller = { signal: new AbortController().signal, progress: () => undefined }
  await expect(large.prepare(caller)).rejects.toMatchObject({
    body: { code: 'disk-full', message: expect.stringMatching(/^PyTorch needs [\d.]+ GB .* [\d.]+ GB are free/) },
  })
  rmSync(folder, { recursive: true })
})
