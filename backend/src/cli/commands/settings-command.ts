import type { KeyedService, Settings } from '@secxops/protocol/api'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { suggestion } from '@secxops/protocol/suggest'
import { Argument, type Command } from 'commander'
import { connect } from '../connect.ts'
import { table } from '../format.ts'
import { answers } from '../json-option.ts'

/** `settings …`: what is set for this machine's backend, and the keys of services outside. */
export function addSettingsCommand(program: Command): void {
  const command = program.command('settings').description('show and change the settings of the backend')
  answers(command.command('show').description('all settings, and for which services a key is kept'), async () => {
    const client = await connect()
    const settings = await client.call('settings.get', {})
    const keys = await client.call('settings.keys', {})
    const kept = keys.map(({ service, origin }) => [`key of ${service}`, `kept for ${origin}`])
    return { json: { settings, keys }, text: table([['SETTING', 'VALUE'], ...flat(settings), ...kept]) }
  })
  const set = command
    .command('set')
    .description('change one setting, like embedder.url')
    .argument('<name>')
    .argument('<value>')
  answers(set, async (name: string, value: string) => {
    const client = await connect()
    const json = await client.call('settings.update', {
      body: patch(await client.call('settings.get', {}), name, value),
    })
    return { json, text: table(flat(json).filter(([known]) => known === name)) }
  })
  const key = command
    .command('key')
    .description('keep a key for a service, read from stdin; an empty one forgets it')
    .addArgument(new Argument('<service>').choices(['embedder', 'milvus', 'llm']))
  answers(key, async (service: KeyedService) => {
    const { textOf } = await import('../text-of.ts')
    const json = await (await connect()).call('settings.setKey', { body: { service, key: await textOf('-') } })
    const kept = json.find((one) => one.service === service)
    return { json, text: kept ? `kept for ${kept.origin}` : 'forgotten' }
  })
}

/** Settings by dotted name, in their order. */
function flat(settings: object, before = ''): string[][] {
  return Object.entries(settings).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? flat(value, `${before}${name}.`)
      : [[`${before}${name}`, String(value)]],
  )
}

/** Settings that are absent until they are set. */
const PRICES = ['llm.inputPrice', 'llm.outputPrice']

/** One setting changed, with the group that a dotted name belongs to. Numbers stay numbers. */
function patch(settings: Settings, name: string, value: string): Partial<Settings> {
  const known = [...flat(settings).map(([one = '']) => one), ...PRICES]
  if (!known.includes(name)) {
    const message = `There is no setting ${JSON.stringify(name)}.${suggestion(name, known)}`
    throw new SecxopsError({ code: 'bad-request', message, where: { field: name } })
  }
  const [group = '', field] = name.split('.')
  const before = settings[group as keyof Settings]
  const old = field === undefined || typeof before !== 'object' ? before : before[field as keyof typeof before]
  const changed = PRICES.includes(name) || typeof old === 'number' ? toNumber(name, value) : value
  return { [group]: field === undefined || typeof before !== 'object' ? changed : { ...before, [field]: changed } }
}

function toNumber(name: string, value: string): number {
  const number = Number(value)
  if (value.trim() !== '' && Number.isFinite(number)) return number
  const message = `${name} is a number; ${JSON.stringify(value)} is none.`
  throw new SecxopsError({ code: 'bad-request', message, where: { field: name } })
}
