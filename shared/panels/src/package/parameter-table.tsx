import type { Evidence } from '@secxops/protocol/inspect'
import type { ModuleFile, Parameter } from '@secxops/protocol/module'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Checkbox, Select, TextInput } from '../ui/field.tsx'
import { Scroll } from '../view/scroll.tsx'
import { Section } from '../view/section.tsx'
import { DefaultCell, NameCell, NumberCell } from './cells.tsx'
import { type DraftEdit, freeName } from './draft.ts'
import { EvidenceLink } from './evidence.tsx'
import { PACKAGE } from './text.ts'

const TYPES = ['string', 'integer', 'number', 'boolean', 'choice', 'secret', 'json'] as const

/** Parameters of the draft, each with what was found about it. */
export function ParameterTable({
  module,
  evidence,
  edit,
}: {
  module: ModuleFile
  evidence: Record<string, Evidence>
  edit(edit: DraftEdit): void
}): ReactNode {
  const t = useText(PACKAGE)
  const rows = Object.entries(module.parameters ?? {})
  const set = (name: string, value: Parameter): void => edit({ type: 'set', section: 'parameters', name, value })
  const add = (
    <Button icon="add" onClick={() => set(freeName(module, 'parameter'), { type: 'string' })}>
      {t('add', { what: t('parameter') })}
    </Button>
  )
  return (
    <Section title={t('parameters')} aside={add}>
      {rows.length === 0 ? (
        <p className="sx-dim">{t('noneParameters')}</p>
      ) : (
        <Scroll label={t('parameters')}>
          <table className="sx-table sx-form-table">
            <thead>
              <tr>
                {(['name', 'type', 'default', 'range', 'required', 'description', 'foundAt'] as const).map((key) => (
                  <th key={key} scope="col">
                    {t(key)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, parameter]) => (
                <ParameterRow
                  key={name}
                  name={name}
                  parameter={parameter}
                  evidence={evidence[`parameters.${name}`]}
                  set={(value) => set(name, value)}
                  edit={edit}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Section>
  )
}

function ParameterRow({
  name,
  parameter,
  evidence,
  set,
  edit,
}: {
  name: string
  parameter: Parameter
  evidence: Evidence | undefined
  set(value: Parameter): void
  edit(edit: DraftEdit): void
}): ReactNode {
  const t = useText(PACKAGE)
  const label = (
    field: 'name' | 'type' | 'default' | 'minimum' | 'maximum' | 'choices' | 'required' | 'description',
  ): string => t('field', { field: t(field), name })
  // What has a default is never without a value; only one that has none can be required.
  const needed = parameter.default === undefined && parameter.required !== false
  const numeric = parameter.type === 'number' || parameter.type === 'integer'
  return (
    <tr>
      <td>
        <NameCell
          value={name}
          label={label('name')}
          onChange={(to) => edit({ type: 'rename', section: 'parameters', name, to })}
        />
      </td>
      <td>
        <Select
          aria-label={label('type')}
          value={parameter.type}
          onChange={(event) => {
            const type = TYPES.find((one) => one === event.target.value)
            if (type) set(withType(parameter, type))
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
        <DefaultCell
          parameter={parameter}
          label={label('default')}
          mustSet={parameter.required === false ? '' : t('mustSet')}
          onChange={(value) => set({ ...parameter, default: value })}
        />
      </td>
      <td>
        {numeric && (
          <span className="sx-range">
            <NumberCell
              value={parameter.minimum}
              label={label('minimum')}
              placeholder={t('minimum')}
              onChange={(minimum) => set({ ...parameter, minimum })}
            />
            <NumberCell
              value={parameter.maximum}
              label={label('maximum')}
              placeholder={t('maximum')}
              onChange={(maximum) => set({ ...parameter, maximum })}
            />
          </span>
        )}
        {parameter.type === 'choice' && (
          <TextInput
            mono
            aria-label={label('choices')}
            placeholder={t('choices')}
            value={(parameter.choices ?? []).join(', ')}
            onChange={(event) => set({ ...parameter, choices: readChoices(event.target.value, parameter) })}
          />
        )}
      </td>
      <td>
        <Checkbox
          aria-label={label('required')}
          checked={needed}
          disabled={parameter.default !== undefined}
          title={parameter.default === undefined ? undefined : t('hasDefault')}
          onChange={(event) => set({ ...parameter, required: event.target.checked ? undefined : false })}
        />
      </td>
      <td className="sx-wide-cell">
        <TextInput
          aria-label={label('description')}
          value={parameter.description ?? ''}
          onChange={(event) => set({ ...parameter, description: event.target.value })}
        />
      </td>
      <td>
        <EvidenceLink evidence={evidence} />
      </td>
      <td>
        <IconButton
          icon="trash"
          label={t('remove', { name })}
          onClick={() => edit({ type: 'remove', section: 'parameters', name })}
        />
      </td>
    </tr>
  )
}

/** Keeps only what the new type can have. */
function withType(parameter: Parameter, type: Parameter['type']): Parameter {
  const { required, description, default: value } = parameter
  const next: Parameter = { type, required, description }
  if (type === 'choice') next.choices = value === undefined || value === null ? ['a', 'b'] : [String(value)]
  const fits =
    type === 'json' ||
    (type === 'number' && typeof value === 'number') ||
    (type === 'integer' && Number.isSafeInteger(value)) ||
    (type === 'boolean' && typeof value === 'boolean') ||
    ((type === 'string' || type === 'secret') && typeof value === 'string')
  if (fits) next.default = value
  else if (value !== undefined && value !== null && (type === 'string' || type === 'choice'))
    next.default = String(value)
  return next
}

/** Choices stay numbers where they were numbers. */
function readChoices(text: string, { choices }: Parameter): (string | number)[] {
  const numeric = choices?.every((choice) => typeof choice === 'number') ?? false
  return text.split(',').map((part) => {
    const word = part.trim()
    return numeric && word !== '' && Number.isFinite(Number(word)) ? Number(word) : part.replace(/^\s/, '')
  })
}
