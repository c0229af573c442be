import { isMap, type Json } from '@secxops/protocol/json'
import { type ReactNode, useId } from 'react'
import { COMMON } from '../i18n/common.ts'
import { useText } from '../i18n/text.ts'
import { DraftInput } from '../search-space/draft-input.tsx'
import { Button } from '../ui/button.tsx'
import { Field, Select } from '../ui/field.tsx'
import { useHost } from '../ui/host-context.ts'
import { useQuery } from '../ui/use-client.ts'
import { useFieldOf, useForm } from './editor-context.ts'

const KINDS = ['file', 'dataset', 'model', 'code'] as const
type Kind = (typeof KINDS)[number]

/** Where data comes from: a file beside this one, or a version of the library. `kinds`: those that may be chosen; default all. */
export function SourceField({
  path,
  label,
  help,
  kinds = KINDS,
  optional,
}: {
  path: readonly string[]
  label: string
  help?: string
  kinds?: readonly Kind[] | undefined
  optional?: boolean
}): ReactNode {
  const host = useHost()
  const { t, edited } = useForm()
  const common = useText(COMMON)
  const list = useId()
  const { value, set, preview, cancel, problem } = useFieldOf(path)
  const { kind, text } = sourceOf(value)
  const library = kind === undefined || kind === 'file' ? undefined : kind
  const known = useQuery('library.list', library ? { params: { kind: library } } : null)
  const folder = edited.state.path.replace(/\/[^/]*$/, '')
  const browse = async (): Promise<void> => {
    const picked = await host.pickPath({ title: label })
    if (picked !== null)
      set({ file: picked.startsWith(`${folder}/`) ? `./${picked.slice(folder.length + 1)}` : picked })
  }
  return (
    <Field label={label} help={help} problem={problem}>
      <div className="sx-experiment-source">
        <Select
          value={kind ?? ''}
          aria-label={t('sourceKind', { name: label })}
          onChange={({ target }) => set(target.value === '' ? undefined : { [target.value]: '' })}
        >
          {(optional || kind === undefined) && <option value="">{t('none')}</option>}
          {KINDS.filter((one) => one === kind || kinds.includes(one)).map((one) => (
            <option key={one} value={one}>
              {common(one)}
            </option>
          ))}
        </Select>
        {kind && (
          <DraftInput
            mono
            label={t('source', { name: label })}
            value={text}
            list={library && list}
            read={(typed) => typed}
            preview={(typed) => (typed === undefined ? cancel() : preview({ [kind]: typed }))}
            commit={(typed) => set({ [kind]: typed })}
          />
        )}
        {library && (
          <datalist id={list}>
            {known.data?.map(({ name, latest }) => (
              <option key={name} value={`${name}@${latest.version}`} />
            ))}
          </datalist>
        )}
        {kind === 'file' && <Button onClick={() => void browse()}>{t('browse')}</Button>}
      </div>
    </Field>
  )
}

function sourceOf(value: Json | undefined): { kind?: Kind; text: string } {
  const kind = KINDS.find((one) => isMap(value) && Object.hasOwn(value, one))
  const given = kind && isMap(value) ? value[kind] : undefined
  return { ...(kind && { kind }), text: typeof given === 'string' ? given : '' }
}
