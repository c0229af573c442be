import type { Evidence } from '@secxops/protocol/inspect'
import type { InputPort, ModuleFile, OutputPort } from '@secxops/protocol/module'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Checkbox, Select, TextInput } from '../ui/field.tsx'
import { Scroll } from '../view/scroll.tsx'
import { Section } from '../view/section.tsx'
import { NameCell } from './cells.tsx'
import { type DraftEdit, freeName } from './draft.ts'
import { EvidenceLink } from './evidence.tsx'
import { PACKAGE } from './text.ts'

const TYPES = ['dataset', 'model', 'code', 'file'] as const

/** Inputs or outputs of the draft. */
export function PortTable({
  section,
  module,
  evidence,
  edit,
}: {
  section: 'inputs' | 'outputs'
  module: ModuleFile
  evidence: Record<string, Evidence>
  edit(edit: DraftEdit): void
}): ReactNode {
  const t = useText(PACKAGE)
  const what = section === 'inputs' ? ('input' as const) : ('output' as const)
  const ports: [string, InputPort | OutputPort][] = Object.entries(module[section] ?? {})
  const set = (name: string, port: InputPort | OutputPort): void =>
    section === 'inputs'
      ? edit({ type: 'set', section, name, value: port })
      : edit({ type: 'set', section, name, value: { ...port, path: port.path || name } })
  const add = (
    <Button
      icon="add"
      onClick={() => {
        const name = freeName(module, section === 'inputs' ? 'data' : 'result')
        set(name, { type: section === 'inputs' ? 'dataset' : 'file', path: name })
      }}
    >
      {t('add', { what: t(what) })}
    </Button>
  )
  return (
    <Section title={t(section)} aside={add}>
      {ports.length === 0 ? (
        <p className="sx-dim">{section === 'inputs' ? t('noneInputs') : t('noneOutputs')}</p>
      ) : (
        <Scroll label={t(section)}>
          <table className="sx-table sx-form-table">
            <thead>
              <tr>
                {(['name', 'type', 'path', 'required', 'description', 'foundAt'] as const).map((key) => (
                  <th key={key} scope="col">
                    {t(key)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {ports.map(([name, port]) => (
                <tr key={name}>
                  <td>
                    <NameCell
                      value={name}
                      label={t('field', { field: t('name'), name })}
                      onChange={(to) => edit({ type: 'rename', section, name, to })}
                    />
                  </td>
                  <td>
                    <Select
                      aria-label={t('field', { field: t('type'), name })}
                      value={port.type}
                      onChange={(event) => {
                        const type = TYPES.find((one) => one === event.target.value)
                        if (type) set(name, { ...port, type })
                      }}
                    >
                      {TYPES.map((type) => (
                        <option key={type} value={type}>
                          {t(type)}
                        </option>
                      ))}
                    </Select>
                  </td>
                  <td>
                    <TextInput
                      mono
                      aria-label={t('field', { field: t('path'), name })}
                      value={port.path ?? ''}
                      onChange={(event) => set(name, { ...port, path: event.target.value })}
                    />
                  </td>
                  <td>
                    <Checkbox
                      aria-label={t('field', { field: t('required'), name })}
                      checked={port.required !== false}
                      onChange={(event) => set(name, { ...port, required: event.target.checked ? undefined : false })}
                    />
                  </td>
                  <td className="sx-wide-cell">
                    <TextInput
                      aria-label={t('field', { field: t('description'), name })}
                      value={port.description ?? ''}
                      onChange={(event) => set(name, { ...port, description: event.target.value })}
                    />
                  </td>
                  <td>
                    <EvidenceLink evidence={evidence[`${section}.${name}`]} />
                  </td>
                  <td>
                    <IconButton
                      icon="trash"
                      label={t('remove', { name })}
                      onClick={() => edit({ type: 'remove', section, name })}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Section>
  )
}
