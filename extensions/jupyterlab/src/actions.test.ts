import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ACTIONS, type Offer } from '@secxops/protocol/actions'
import { expect, test } from 'vitest'
import { COMMANDS } from './commands.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const catalog: Record<string, string[]> = JSON.parse(
  readFileSync(`${here}../secxops_jupyterlab/locale/zh_CN/LC_MESSAGES/secxops.json`, 'utf8'),
)
const sources = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.test)\.ts$/.test(name))
  .map((name) => readFileSync(here + name, 'utf8'))
  .join('\n')

/** Name of the command in {@link COMMANDS}. */
const nameOf = (id: string): string => Object.entries(COMMANDS).find(([, one]) => one === id)?.[0] ?? ''

const isOffered = (offer: Offer): boolean => {
  if ('command' in offer) return new RegExp(`(addCommand|add)\\(COMMANDS\\.${nameOf(offer.command)}\\b`).test(sources)
  if ('panel' in offer) return sources.includes(`@secxops/panels/${offer.panel}/mount.tsx`)
  if ('part' in offer) return existsSync(`${here}plugins/${offer.part}.ts`)
  return 'absent' in offer ? offer.absent !== '' : offer.builtin !== ''
}

test.each(Object.entries(ACTIONS))('the action %s is offered', (_, { jupyterlab }) => {
  expect(isOffered(jupyterlab)).toBe(true)
})

test('every command is in the registry of actions', () => {
  const known = Object.values(ACTIONS).flatMap(({ jupyterlab }) =>
    'command' in jupyterlab ? [jupyterlab.command] : [],
  )
  expect(Object.values<string>(COMMANDS).sort()).toEqual(known.sort())
})

test('commands are called as the registry does, in both languages', () => {
  for (const { jupyterlab, title } of Object.values(ACTIONS)) {
    if (!('command' in jupyterlab)) continue
    expect(sources).toContain(`trans.__('${title.en}')`)
    expect(catalog[title.en]).toEqual([title.zh])
  }
})
