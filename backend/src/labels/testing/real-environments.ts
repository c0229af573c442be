import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'vitest'
import { createEnvironmentService } from '../../environments/service.ts'
import { unreachable } from '../../environments/testing/unreachable.ts'
import type { EnvironmentService } from '../../services.ts'

/** A short path: that of a unix socket must be. */
export interface ServerPlace {
  root: string
  logs: string
  environments: EnvironmentService
}

/** A home with real environments, for servers that really run; an empty one unless `root` names one that is there. */
export function serverPlace(root = mkdtempSync(join(tmpdir(), 'sx-'))): ServerPlace {
  const environments = join(root, 'environments')
  const logs = join(root, 'logs')
  mkdirSync(environments, { recursive: true })
  mkdirSync(logs, { recursive: true })
  return {
    root,
    logs,
    environments: createEnvironmentService({ home: { root, environments }, settings: () => ({ python: '' }) }),
  }
}

/** What a machine cannot do without a registry is skipped by name, where none answers indeed; every other failure is one. */
export async function orSkip<T>(context: TestContext, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    return context.skip(await unreachable(error))
  }
}
