import { resolve } from 'node:path'
import type { ArtifactKind } from '@secxops/protocol/library'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import type { Command } from 'commander'
import { connect } from '../connect.ts'
import { bytes, table, time } from '../format.ts'
import { answers } from '../json-option.ts'
import { keptText } from '../kept-text.ts'

const PLURAL: Record<ArtifactKind, string> = { dataset: 'datasets', model: 'models', code: 'code' }

/** `dataset …`, `model …` and `code …` are the same commands over their own part of the library. */
export function addLibraryCommand(program: Command, kind: ArtifactKind): void {
  const command = program.command(kind).description(`add, list, show and take out ${PLURAL[kind]}`)
  const ref = (given: string) => {
    const [name = '', version] = given.split('@', 2)
    if (version === undefined) return { kind, name, version: 'latest' as const }
    if (/^[1-9]\d{0,8}$/.test(version)) return { kind, name, version: Number(version) }
    const message = `${given}: a version is a whole number from 1 on, like ${name}@1. Without one it is the newest.`
    throw new SecxopsError({ code: 'bad-request', message })
  }

  const add = command
    .command('add')
    .description('take a file or folder into the library as the next version of a name')
    .argument('<path>')
    .requiredOption('--name <name>', `name of the ${kind}`)
    .option('--description <text>')
  answers(add, async (path: string, { name, description }: { name: string; description?: string }) => {
    const { refuseBadName } = await import('../refuse-bad-name.ts')
    refuseBadName(name)
    const client = await connect()
    const json = await client.call('library.add', {
      params: { kind },
      body: { path: resolve(path), name, description },
    })
    return { json, text: keptText(json) }
  })

  answers(command.command('list').description(`all ${PLURAL[kind]}`), async () => {
    const json = await (await connect()).call('library.list', { params: { kind } })
    const rows = json.map(({ name, latest, versions }) => [
      `${name}@${latest.version}`,
      String(versions),
      bytes(latest.size),
      time(latest.createdAt),
      latest.lineage.run ? `run ${latest.lineage.run.runId}` : (latest.lineage.from ?? ''),
    ])
    const none = `No ${kind} is here yet. Add one: secxops ${kind} add PATH --name NAME`
    return { json, text: rows.length > 0 ? table([['NEWEST', 'VERSIONS', 'SIZE', 'ADDED', 'FROM'], ...rows]) : none }
  })

  const show = command
    .command('show')
    .description('one version: files, parameters and metrics, where it comes from, who used it')
    .argument('<name[@version]>')
  answers(show, async (given: string) => {
    const { describeArtifact } = await import('../describe-artifact.ts')
    const { withResults } = await import('../with-results.ts')
    const client = await connect()
    const json = await withResults(client, await client.call('library.get', { params: ref(given) }))
    return { json, text: describeArtifact(json) }
  })

  const get = command
    .command('get')
    .description('copy a version into a new or empty folder')
    .argument('<name[@version]>')
    .argument('<dir>')
    .option('--force', 'also into a folder with other files, in place of what has the same name there')
  answers(get, async (given: string, dir: string, { force = false }: { force?: boolean }) => {
    const directory = resolve(dir)
    if (!force) {
      const { refuseOccupied } = await import('../refuse-occupied.ts')
      refuseOccupied(directory, `secxops ${kind} get ${given} ${dir} --force`)
    }
    const client = await connect()
    const json = await client.call('library.export', { params: ref(given), body: { directory, replace: force } })
    return { json, text: json.path }
  })

  const remove = command
    .command('remove')
    .description('hide a version; it can be restored for 30 days')
    .argument('<name@version>')
    .requiredOption('--confirm <name@version>', 'the same again')
  answers(remove, async (given: string, { confirm }: { confirm: string }) => {
    const json = await (await connect()).call('library.remove', { params: ref(given), body: { confirm } })
    return {
      json,
      text: `removed; secxops ${kind} restore ${given} brings it back until ${time(json.restorableUntil)}`,
    }
  })

  const restore = command.command('restore').description('bring a removed version back').argument('<name@version>')
  answers(restore, async (given: string) => {
    const json = await (await connect()).call('library.restore', { params: ref(given) })
    return { json, text: `${json.name}@${json.version} is back` }
  })
}
