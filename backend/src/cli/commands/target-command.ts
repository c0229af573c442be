import type { Command } from 'commander'
import { connect } from '../connect.ts'
import { answers } from '../json-option.ts'

interface SetOptions {
  namespace?: string
  baseImage?: string
  python?: string
  registry?: string
  plainHttp?: boolean
  maxParallel?: string
  allowCommand?: boolean
  forget: string[]
}

/** `target …`: where workflows can run, and what SecXOps has to know of a cluster. */
export function addTargetCommand(program: Command): void {
  const command = program.command('target').description('this machine and the clusters of the kubeconfig')
  const list = command.command('list').description('all targets, and why one cannot be used')
  answers(list, async () => {
    const { describeTargets } = await import('../describe-targets.ts')
    const json = await (await connect()).call('targets.list', {})
    return { json, text: describeTargets(json) }
  })
  const set = command
    .command('set')
    .description('say what a cluster needs')
    .argument('<name>', 'a context of the kubeconfig')
    .option('--namespace <name>', "where Jobs are made; default: the context's own")
    .option('--base-image <image>', 'image that modules run in, with sh, tar, find, sha256sum and python3')
    .option('--python <version>', 'Python version of the base image; default 3.11')
    .option('--registry <host/path>', 'where images with requirements are pushed to')
    .option('--plain-http', 'the registry speaks plain HTTP')
    .option('--max-parallel <n>', 'nodes that may run at once; default 50')
    .option('--allow-command', 'the command that the kubeconfig names for signing in may be started')
    .option('--forget <option...>', 'options to forget, by the words above without dashes, like baseImage', [])
  answers(set, async (name: string, { forget, maxParallel, ...options }: SetOptions & { json?: boolean }) => {
    const { configureTarget } = await import('../configure-target.ts')
    return configureTarget(await connect(), name, { ...options, maxParallel }, forget)
  })
}
