import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

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

test('the Chinese catalog has exactly the texts of the sources', () => {
  const translated = Object.keys(catalog).filter((key) => key !== '')
  expect(translated.sort()).toEqual(sourceTexts())
})

test('a translation keeps the places of its values', () => {
  for (const [text, translation] of Object.entries(catalog)) {
    if (text === '') continue
    const places = (value: unknown): string[] => [...String(value).matchAll(/%\d/g)].map(String).sort()
    expect(places(translation), text).toEqual(places(text))
  }
})
