import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TranslationManager } from '@jupyterlab/translation'
import { expect, test, vi } from 'vitest'
import { translateSchema } from './settings/translate-schema.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const catalog: Record<string, unknown> = JSON.parse(
  readFileSync(join(here, '../secxops_jupyterlab/locale/zh_CN/LC_MESSAGES/secxops.json'), 'utf8'),
)

/** Every text that the sources give to the translator. */
function sourceTexts(): string[] {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.test)\.ts$/.test(name))
  const texts = files.flatMap((name) =>
    [...readFileSync(join(here, name), 'utf8').matchAll(/trans\.__\(\s*'([^']+)'/g)].map((match) => match[1] ?? ''),
  )
  return [...new Set(texts)].sort()
}

/** What is before a text of a settings schema in the catalog. */
const SCHEMA = 'schema\u0004'

test('the Chinese catalog has exactly the texts of the sources and of the settings', () => {
  const translated = Object.keys(catalog).filter((key) => key !== '')
  const settings = JSON.parse(readFileSync(join(here, '../schema/settings.json'), 'utf8'))
  const wanted = new Set<string>()
  translateSchema(settings, { _p: (context, text) => wanted.add(`${context}\u0004${text}`) && text })
  expect(translated.filter((key) => !key.startsWith(SCHEMA)).sort()).toEqual(sourceTexts())
  expect(translated.filter((key) => key.startsWith(SCHEMA)).sort()).toEqual([...wanted].sort())
})

test('every text of the settings is translated, and nothing else of them changes', () => {
  const settings = JSON.parse(readFileSync(join(here, '../schema/settings.json'), 'utf8'))
  const shown = translateSchema(settings, { _p: (_, text) => `<${text}>` })
  expect(shown).toMatchObject({ title: '<SecXOps>', properties: { maxParallel: { title: '<Nodes at once>' } } })
  expect(translateSchema(shown, { _p: (_, text) => text.slice(1, -1) })).toEqual(settings)
})

test('a translation keeps the places of its values', () => {
  for (const [text, translation] of Object.entries(catalog)) {
    if (text === '') continue
    const places = (value: unknown): string[] => [...String(value).matchAll(/%\d/g)].map(String).sort()
    expect(places(translation), text).toEqual(places(text))
  }
})

test('JupyterLab finds the texts in the page language', async () => {
  vi.stubGlobal('document', { documentElement: { getAttribute: () => 'en' } })
  const manager = new TranslationManager('', '', undefined, {
    fetch: async () => ({ data: { secxops: catalog }, message: '' }),
  } as unknown as ConstructorParameters<typeof TranslationManager>[3])
  await manager.fetch('zh_CN')
  const trans = manager.load('secxops')
  expect(trans.__('New workflow')).toBe('新建工作流')
  expect(trans.__('Run %1', 'x')).toBe('运行 x')
  expect(trans._p('schema', 'Nodes at once')).toBe('同时运行的节点')
})
