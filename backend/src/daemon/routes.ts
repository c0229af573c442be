import type { Health } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/errors'
import type { FastifyInstance } from 'fastify'
import { runDoctor } from '../doctor/doctor.ts'
import type { Home } from '../home.ts'
import { route } from '../server/route.ts'
import type { RunService, SettingsService } from '../services.ts'

/** What the daemon's own routes need. */
export interface DaemonParts {
  home: Home
  health(): Health
  runs: Pick<RunService, 'activeRuns' | 'cancelAll'>
  settings: Pick<SettingsService, 'get'>
  /** Begins to leave; the answer to the request is sent first. */
  stop(): void
}

export function registerDaemonRoutes(app: FastifyInstance, { home, health, runs, settings, stop }: DaemonParts): void {
  route(app, 'health.get', () => health())
  route(app, 'doctor.get', () => runDoctor(home, settings.get().python))
  route(app, 'daemon.stop', async ({ body }) => {
    if (body.cancelRuns) await runs.cancelAll()
    const active = runs.activeRuns()
    if (active > 0) {
      throw new SecxopsError({
        code: 'conflict',
        message: `${active} run(s) or experiment(s) are still active, so SecXOps does not stop.`,
        next: [
          { kind: 'run-command', label: 'See them', command: 'secxops runs' },
          { kind: 'run-command', label: 'Cancel them and stop', command: 'secxops serve --stop --cancel-runs' },
        ],
      })
    }
    setImmediate(stop)
    return { stopping: true }
  })
}
