import type { BaseSummary } from '@secxops/protocol/labels'
import type { WindowHost } from '../host.ts'
import { defineText, translator } from '../i18n/translate.ts'
import { BASE_WORDS } from './base-words.ts'
import { createBase } from './create-base.ts'

const TEXT = defineText({
  labelFile: { en: 'Label a file', zh: '标注文件' },
  importInto: { en: 'Import references into', zh: '将参考样本导入到' },
  newBase: { en: 'New reference base…', zh: '新建参考库…' },
})

/** Asks the user for one of `items`, by its place; undefined when left. */
export type Choose = (title: string, items: { label: string; description: string }[]) => Promise<number | undefined>

/** Asks which base a file (absolute path) is to be labelled with, unless it is `given`, and opens the base, which asks where in it the texts are. */
export async function labelFile(host: WindowHost, file: string, choose: Choose, given?: string): Promise<void> {
  const base = given ?? (await pickBase(host, translator(TEXT, host.locale)('labelFile'), choose))
  if (base) host.openView({ view: 'base', name: base, file })
}

/** Imports a file of references (absolute path) into the base `given`, else one that the user chooses or makes, and opens the base. */
export async function importReferences(host: WindowHost, path: string, choose: Choose, given?: string): Promise<void> {
  const base = given ?? (await pickBase(host, translator(TEXT, host.locale)('importInto'), choose))
  if (!base) return
  await host.client.call('labels.references.import', { params: { base }, body: { path } })
  host.openView({ view: 'base', name: base })
}

/** Name of a base: there is always the choice of a new one. */
async function pickBase(host: WindowHost, title: string, choose: Choose): Promise<string | undefined> {
  const labels = translator(BASE_WORDS, host.locale)
  const bases = await host.client.call('labels.bases.list', {})
  const make = async (): Promise<string | undefined> => (await createBase(host))?.name
  if (bases.length === 0) return make()
  const items = bases.map(({ name, references }: BaseSummary) => ({
    label: name,
    description: labels('referenceCount', { n: references }),
  }))
  const chosen = await choose(title, [...items, { label: translator(TEXT, host.locale)('newBase'), description: '' }])
  if (chosen === undefined) return undefined
  return bases[chosen]?.name ?? make()
}
