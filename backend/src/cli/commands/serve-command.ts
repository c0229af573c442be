import type { DoctorReport } from '@secxops/protocol/doctor'
import type { Command } from 'commander'
import { answers } from '../json-option.ts'

interface ServeOptions {
  ensure?: boolean
  stop?: boolean
  cancelRuns?: boolean
  listen?: string
  report?: boolean
  json?: boolean
}

export function addServeCommand(program: Command): void {
  const command = program
    .command('serve')
    .description('run the daemon in the foreground; --ensure finds or starts it in the background')
    .option('--ensure', 'find the daemon or start it, and print the path of its socket')
    .option('--stop', 'stop the daemon; refused while runs are active')
    .option('--cancel-runs', 'with --stop: cancel all runs first, until no process of them is left')
    .option(
      '--listen <address>',
      'also listen on TCP, like 127.0.0.1:8899; the token stands in the file `token` in the home',
    )
  command.addOption(command.createOption('--report').hideHelp())
  answers(command, async (options: ServeOptions) => {
    if (options.ensure) {
      const { ensureDaemon } = await import('../../daemon/ensure.ts')
      const ensured = await ensureDaemon()
      return { json: ensured, text: ensured.socket }
    }
    if (options.stop) {
      const { stopDaemon } = await import('../../daemon/stop.ts')
      const json = await stopDaemon({ cancelRuns: options.cancelRuns === true })
      return { json, text: json.stopped ? 'stopped' : 'was not running' }
    }
    const { serveUntilSignal } = await import('../../daemon/foreground.ts')
    await serveUntilSignal({ listen: options.listen, report: options.report === true })
    return { json: { stopped: true }, text: '' }
  })
}

export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description('check what SecXOps needs on this machine, or on a cluster')
    .option('--target <name>', 'a context of the kubeconfig')
  answers(command, async ({ target }: { target?: string }) => {
    const report = await (target === undefined ? checkHere() : checkTarget(target))
    const { describeDoctor } = await import('../describe-doctor.ts')
    return { json: report, text: describeDoctor(report), ok: report.ok }
  })
}

async function checkHere(): Promise<DoctorReport> {
  const { runDoctor } = await import('../../doctor/doctor.ts')
  const { openHome } = await import('../../home.ts')
  return runDoctor(openHome())
}

async function checkTarget(name: string): Promise<DoctorReport> {
  const { connect } = await import('../connect.ts')
  return (await connect()).call('targets.check', { params: { name } })
}
