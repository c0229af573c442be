import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEnvironmentService } from '../../environments/service.ts'
import type { PreparedEnvironment } from '../../services.ts'
import { NniEnvironment } from '../environment/nni-environment.ts'

/** NNI's real environment, patched. It takes a minute to make: the variable names a folder that outlives a run. */
export function nniForTests(): Promise<PreparedEnvironment> {
  const place = process.env.SECXOPS_TEST_PLACE ?? mkdtempSync(join(tmpdir(), 'sx-nni-'))
  const folder = join(place, 'environments')
  mkdirSync(folder, { recursive: true })
  const environments = createEnvironmentService({
    home: { root: place, environments: folder },
    settings: () => ({ python: '' }),
  })
  return new NniEnvironment(environments, folder).prepare({
    signal: new AbortController().signal,
    progress: () => undefined,
  })
}
