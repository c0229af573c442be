import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ACTIONS, type Offer } from '@secxops/protocol/actions'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../command-ids.ts'

const folder = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string): string => readFileSync(folder + path, 'utf8')
const json = (path: string) => JSON.parse(read(path))
const manifest = json('package.json')
const english: Record<string, string> = json('package.nls.json')
const chinese: Record<string, string> = json('package.nls.zh-cn.json')
const { contributes } = manifest
const commands: { command: string; title: string }[] = contributes.commands
const sources = readdirSync(`${folder}src`, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.test)\.ts$/.test(name))
  .map((name) => read(`src/${name}`))

const isOffered = (offer: Offer): boolean => {
  if ('command' in offer) return commands.some(({ command }) => command === offer.command)
  if ('panel' in offer) return existsSync(`${folder}src/pages/${offer.panel}.ts`)
  if ('part' in offer) {
    const named = offer.part in contributes || manifest.activationEvents.includes(offer.part)
    return named || existsSync(`${folder}src/${offer.part}`)
  }
  return 'absent' in offer ? offer.absent !== '' : offer.builtin !== ''
}

describe('the manifest', () => {
  test.each(Object.entries(ACTIONS))('offers the action %s', (_, action) => {
    expect(isOffered(action.vscode)).toBe(true)
  })

  test('has no command that the registry of actions does not know', () => {
    const known = Object.values(ACTIONS).flatMap(({ vscode }) => ('command' in vscode ? [vscode.command] : []))
    expect(commands.map(({ command }) => command).sort()).toEqual(known.sort())
    expect(Object.values<string>(COMMANDS).sort()).toEqual(known.sort())
  })

  test.each(
    Object.values(ACTIONS).flatMap(({ vscode, title }) => ('command' in vscode ? [{ ...vscode, ...title }] : [])),
  )('calls $command as the registry does, in both languages', ({ command, en, zh }) => {
    const key = commands.find((one) => one.command === command)?.title.replaceAll('%', '') ?? ''
    expect([english[key], chinese[key]]).toEqual([en, zh])
  })

  test('has every text in both languages, and none that nobody shows', () => {
    const used = [...read('package.json').matchAll(/"%([\w.]+)%"/g)].map((match) => match[1])
    expect(Object.keys(english).sort()).toEqual([...new Set(used)].sort())
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort())
  })

  test('names only commands in menus, welcomes and walkthroughs that there are', () => {
    const text = read('package.json') + read('package.nls.json')
    const named = [...text.matchAll(/(?:command:|onCommand:|"command": ")(secxops\.[\w.]+)/g)].map(
      (match) => match[1] ?? '',
    )
    const known = commands.map(({ command }) => command)
    expect([...new Set(named)].filter((id) => !known.includes(id))).toEqual([])
  })

  test('sets every context key that its conditions ask for', () => {
    const asked = [
      ...read('package.json').matchAll(/(?<!view == |onView:)\bsecxops\.(backend|remedy|activeRuns|has\w+)\b/g),
    ].map((match) => match[1] ?? '')
    const set = sources.join('\n')
    expect([...new Set(asked)].filter((key) => !new RegExp(`'${key}'|\\b${key}:`).test(set))).toEqual([])
  })

  test('does not start with the editor', () => {
    expect(manifest.activationEvents).not.toContain('*')
    expect(manifest.activationEvents).not.toContain('onStartupFinished')
  })

  test('keeps addresses and paths out of the hands of an untrusted folder', () => {
    const settings: Record<string, { scope: string }> = contributes.configuration.properties
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces
    expect(restrictedConfigurations.sort()).toEqual(Object.keys(settings).sort())
    expect(Object.values(settings).map(({ scope }) => scope)).toEqual(Object.keys(settings).map(() => 'machine'))
    expect(Object.keys(settings).length).toBeLessThanOrEqual(12)
  })

  test('shows at most two actions on a row', () => {
    const items: { group: string }[] = contributes.menus['view/item/context']
    const inline = items.filter(({ group }) => group.startsWith('inline'))
    expect(inline.every(({ group }) => /^inline@[12]$/.test(group))).toBe(true)
  })

  test('has pictures and texts of every step of the walkthrough, in both languages', () => {
    const [{ steps }] = contributes.walkthroughs
    expect(steps.length).toBeLessThanOrEqual(6)
    for (const { media, completionEvents } of steps) {
      expect(existsSync(folder + media.markdown)).toBe(true)
      expect(existsSync(folder + media.markdown.replace(/\.md$/, '.nls.zh-cn.md'))).toBe(true)
      expect(completionEvents.length).toBeGreaterThan(0)
    }
  })
})

test('the Chinese catalog has exactly the texts of the sources', () => {
  const texts = sources.flatMap((source) =>
    [...source.matchAll(/l10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")/g)].map((match) => match[1] ?? match[2] ?? ''),
  )
  const catalog: Record<string, string> = json('l10n/bundle.l10n.zh-cn.json')
  expect(Object.keys(catalog).sort()).toEqual([...new Set(texts)].sort())
  const places = (text: string): string[] => [...text.matchAll(/\{\d\}/g)].map(String).sort()
  for (const [text, translation] of Object.entries(catalog)) expect(places(translation), text).toEqual(places(text))
})
