import type { BaseSummary, TextsIn } from '@secxops/protocol/labels'
import type { WindowHost } from '../host.ts'
import { defineText, translator } from '../i18n/translate.ts'
import { createBase } from './create-base.ts'
import { LABELS } from './text.ts'

const TEXT = defineText({
  labelFile: { en: 'Label a file', zh: '标注文件' },
  labelWith: { en: 'Label {file} with {base}', zh: '用 {base} 标注 {file}' },
  texts: {
    en: 'Column of a table, or a regular expression between slashes: /msg="(.*)"/. Empty: each line, or the column "text".',
    zh: '表格的列名，或斜杠之间的正则表达式：/msg="(.*)"/。留空：每一行，或 text 列。',
  },
  badPattern: { en: 'This is no regular expression: {cause}', zh: '这不是正则表达式：{cause}' },
  importInto: { en: 'Import references into', zh: '将参考样本导入到' },
  newBase: { en: 'New reference base…', zh: '新建参考库…' },
})

/** Asks the user for one of `items`, by its place; undefined when left. */
export type Choose = (title: string, items: { label: string; description: string }[]) => Promise<number | undefined>

/** Labels the texts of a file (absolute path) with a base that the user chooses, and opens them to be reviewed. */
export async function labelFile(host: WindowHost, path: string, choose: Choose): Promise<void> {
  const t = translator(TEXT, host.locale)
  const base = await pickBase(host, t('labelFile'), choose)
  if (!base) return
  const asked = await host.promptText({
    title: t('labelWith', { file: path.replace(/.*[\\/]/, ''), base }),
    label: t('texts'),
    check(text) {
      try {
        textsIn(text)
        return undefined
      } catch (error) {
        return t('badPattern', { cause: error instanceof Error ? error.message : String(error) })
      }
    },
  })
  if (asked === null) return
  const body = { file: path, texts: textsIn(asked) }
  const job = await host.client.call('labels.label', { params: { base }, body })
  host.openView({ view: 'review', jobId: job.id })
}

/** Imports a file of references (absolute path) into a base that the user chooses or makes, and opens the base. */
export async function importReferences(host: WindowHost, path: string, choose: Choose): Promise<void> {
  const base = await pickBase(host, translator(TEXT, host.locale)('importInto'), choose)
  if (!base) return
  await host.client.call('labels.references.import', { params: { base }, body: { path } })
  host.openView({ view: 'base', name: base })
}

/** `/pattern/`, else a column, else what the kind of file says. Throws for a pattern that is none. */
export function textsIn(asked: string): TextsIn {
  const text = asked.trim()
  const pattern = /^\/(.+)\/$/s.exec(text)?.[1]
  if (pattern !== undefined) {
    new RegExp(pattern, 'u')
    return { pattern }
  }
  return text === '' ? {} : { column: text }
}

/** Name of a base: there is always the choice of a new one. */
async function pickBase(host: WindowHost, title: string, choose: Choose): Promise<string | undefined> {
  const labels = translator(LABELS, host.locale)
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
