import type { Parameter } from '@secxops/protocol/module'
import type { WorkflowInput } from '@secxops/protocol/workflow'
import type { ReactNode } from 'react'
import { KINDS } from '../i18n/kinds.ts'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../ui/button.tsx'
import { Field, Select } from '../ui/field.tsx'
import { useQuery } from '../ui/use-client.ts'
import { useCanvas } from './canvas.ts'
import { Section } from './inspector.tsx'
import { checkNew, freeId } from './names.ts'
import { SaveAs } from './save-as.tsx'
import { ValueField } from './value-field.tsx'

const PARAMETER_TYPES = ['string', 'integer', 'number', 'boolean', 'choice', 'secret', 'json'] as const
const PORT_TYPES = ['dataset', 'model', 'code', 'file'] as const

/** The workflow's own parameters, inputs and outputs; shown when no node is selected. */
export function WorkflowInspector(): ReactNode {
  return (
    <>
      <ParametersPart />
      <InputsPart />
      <OutputsPart />
    </>
  )
}

function ParametersPart(): ReactNode {
  const canvas = useCanvas()
  const { t, host, readOnly } = canvas
  const parameters = canvas.state.workflow.parameters ?? {}
  const set = (name: string, parameter: Parameter | undefined): void =>
    canvas.edit(
      [{ type: 'set-parameter', name, parameter }],
      t(parameter ? 'didSet' : 'didRemove', { name, ids: name }),
    )
  const add = async (): Promise<void> => {
    const name = await host.promptText({
      title: t('addParameter'),
      label: t('newName'),
      check: checkNew('identifier', Object.keys(parameters), t),
    })
    if (name) set(name, { type: 'string', default: '' })
  }
  return (
    <Section
      title={t('parameters')}
      tools={
        <IconButton icon="add" label={t('addParameter')} disabled={readOnly !== undefined} onClick={() => void add()} />
      }
    >
      {Object.keys(parameters).length === 0 && <p className="sx-dim">{t('noWorkflowParameters')}</p>}
      <div className="sx-form">
        {Object.entries(parameters).map(([name, parameter]) => (
          <ValueField
            key={name}
            name={name}
            parameter={{ ...parameter, required: false }}
            value={parameter.default}
            fallback={undefined}
            onChange={(value) => {
              const { default: _, ...rest } = parameter
              set(name, value === undefined ? rest : { ...rest, default: value })
            }}
            extra={
              <>
                <TypeSelect
                  label={`${t('type')}: ${name}`}
                  value={parameter.type}
                  types={PARAMETER_TYPES.filter((type) => type !== 'choice' || parameter.choices)}
                  onChange={(type) => set(name, { ...parameter, type, default: undefined })}
                />
                <IconButton
                  icon="close"
                  label={t('removeNamed', { name })}
                  disabled={readOnly !== undefined}
                  onClick={() => set(name, undefined)}
                />
              </>
            }
          />
        ))}
      </div>
    </Section>
  )
}

function InputsPart(): ReactNode {
  const canvas = useCanvas()
  const { t, host, readOnly } = canvas
  const inputs = canvas.state.workflow.inputs ?? {}
  const set = (name: string, input: WorkflowInput | undefined): void =>
    canvas.edit([{ type: 'set-input', name, input }], t(input ? 'didSet' : 'didRemove', { name, ids: name }))
  const add = async (): Promise<void> => {
    const name = await host.promptText({
      title: t('addInput'),
      label: t('newName'),
      check: checkNew('identifier', Object.keys(inputs), t),
    })
    if (name) set(name, { type: 'dataset' })
  }
  return (
    <Section
      title={t('inputs')}
      tools={
        <IconButton icon="add" label={t('addInput')} disabled={readOnly !== undefined} onClick={() => void add()} />
      }
    >
      {Object.keys(inputs).length === 0 && <p className="sx-dim">{t('noWorkflowInputs')}</p>}
      <div className="sx-form">
        {Object.entries(inputs).map(([name, input]) => (
          <InputRow key={name} name={name} input={input} onChange={(next) => set(name, next)} />
        ))}
      </div>
    </Section>
  )
}

function InputRow({
  name,
  input,
  onChange,
}: {
  name: string
  input: WorkflowInput
  onChange(input: WorkflowInput | undefined): void
}): ReactNode {
  const { t, readOnly } = useCanvas()
  const kind = input.type === 'model' || input.type === 'code' ? input.type : 'dataset'
  const { data } = useQuery('library.list', { params: { kind } }, ({ type }) => type === 'library')
  const known = (data ?? []).map(({ name: one, latest }) => `${one}@${latest.version}`)
  const now = input.default ?? ''
  return (
    <div className="sx-value">
      <Field label={name} help={input.description}>
        <Select
          value={now}
          disabled={readOnly !== undefined}
          onChange={(event) => {
            const { default: _, ...rest } = input
            onChange(event.target.value ? { ...rest, default: event.target.value } : rest)
          }}
        >
          <option value="">{t('none')}</option>
          {now && !known.includes(now) && <option>{now}</option>}
          {known.map((ref) => (
            <option key={ref}>{ref}</option>
          ))}
        </Select>
      </Field>
      <span className="sx-value-tools">
        <TypeSelect
          label={`${t('type')}: ${name}`}
          value={input.type}
          types={PORT_TYPES}
          onChange={(type) => onChange({ ...input, type })}
        />
        <IconButton
          icon="close"
          label={t('removeNamed', { name })}
          disabled={readOnly !== undefined}
          onClick={() => onChange(undefined)}
        />
      </span>
    </div>
  )
}

function OutputsPart(): ReactNode {
  const canvas = useCanvas()
  const { t, readOnly } = canvas
  const outputs = canvas.state.workflow.outputs ?? {}
  const ports = canvas.graph.nodes.flatMap(({ id, data }) => data.ports.outputs.map(({ name }) => `${id}.${name}`))
  const free = ports.find((ref) => !Object.values(outputs).some(({ from }) => from === ref)) ?? ports[0]
  const set = (name: string, output: { from: string; saveAs?: string } | undefined): void =>
    canvas.edit([{ type: 'set-output', name, output }], t(output ? 'didSet' : 'didRemove', { name, ids: name }))
  return (
    <Section
      title={t('outputs')}
      tools={
        <IconButton
          icon="add"
          label={t('addOutput')}
          disabled={readOnly !== undefined || !free}
          onClick={() => free && set(freeId(free.split('.')[1] ?? 'output', Object.keys(outputs), '_'), { from: free })}
        />
      }
    >
      {Object.keys(outputs).length === 0 && <p className="sx-dim">{t('noWorkflowOutputs')}</p>}
      <div className="sx-form">
        {Object.entries(outputs).map(([name, output]) => (
          <div key={name} className="sx-value">
            <div className="sx-form">
              <Field label={name}>
                <Select
                  value={output.from}
                  disabled={readOnly !== undefined}
                  onChange={(event) => set(name, { ...output, from: event.target.value })}
                >
                  {!ports.includes(output.from) && <option>{output.from}</option>}
                  {ports.map((ref) => (
                    <option key={ref}>{ref}</option>
                  ))}
                </Select>
              </Field>
              <SaveAs
                value={output.saveAs}
                onChange={(saveAs) => set(name, saveAs ? { from: output.from, saveAs } : { from: output.from })}
              />
            </div>
            <span className="sx-value-tools">
              <IconButton
                icon="close"
                label={t('removeNamed', { name })}
                disabled={readOnly !== undefined}
                onClick={() => set(name, undefined)}
              />
            </span>
          </div>
        ))}
      </div>
    </Section>
  )
}

function TypeSelect<T extends (typeof PARAMETER_TYPES)[number] | (typeof PORT_TYPES)[number]>({
  label,
  value,
  types,
  onChange,
}: {
  label: string
  value: T
  types: readonly T[]
  onChange(type: T): void
}): ReactNode {
  const { readOnly } = useCanvas()
  const kind = useText(KINDS)
  return (
    <span className="sx-type-select">
      <Select
        aria-label={label}
        value={value}
        disabled={readOnly !== undefined}
        onChange={(event) => {
          const type = types.find((one) => one === event.target.value)
          if (type) onChange(type)
        }}
      >
        {types.map((type) => (
          <option key={type} value={type}>
            {kind(type)}
          </option>
        ))}
      </Select>
    </span>
  )
}
