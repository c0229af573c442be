import type { Parameter } from '@secxops/protocol/module'
import { parameterOf } from '@secxops/protocol/node-value'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/button.tsx'
import { Skeleton } from '../ui/feedback.tsx'
import { Field, Select } from '../ui/field.tsx'
import { useCanvas } from './canvas.ts'
import { checkNew } from './names.ts'
import { ValueField } from './value-field.tsx'

const NEW = '+'

/** A parameter of which only a value is known: a text stays a text, whatever is typed. */
const unknownOf = (value: unknown): Parameter => ({
  type: typeof value === 'string' ? 'string' : 'json',
  required: false,
})

/** Parameters of a node's module as a form; each may take its value from a parameter of the workflow instead. */
export function NodeParameters({ id }: { id: string }): ReactNode {
  const canvas = useCanvas()
  const { t } = canvas
  // A guess at the types would be taken away under the hands of who is typing already.
  if (canvas.check.awaited) return <Skeleton rows={2} />
  const values = canvas.state.workflow.nodes[id]?.with ?? {}
  const parameters: Record<string, Parameter> = { ...canvas.check.modules[id]?.module.parameters }
  // A value for a parameter the module does not have stays visible, so that it can be taken away.
  for (const [name, value] of Object.entries(values)) parameters[name] ??= unknownOf(value)
  const names = Object.keys(parameters)
  if (names.length === 0 && !canvas.check.modules[id])
    return canvas.check.current || canvas.check.error ? null : <Skeleton rows={2} />
  if (names.length === 0) return <p className="sx-dim">{t('noParameters')}</p>
  const set = (name: string, value: Parameters<typeof ValueField>[0]['value']): void =>
    canvas.edit([{ type: 'set-value', id, name, value }], t('didSet', { name: `${id}.${name}` }))
  return (
    <div className="sx-form">
      {names.map((name, index) => {
        const parameter = parameters[name]
        if (!parameter) return null
        const link = parameterOf(values[name])
        if (link !== undefined)
          return <Linked key={name} id={id} name={name} parameter={parameter} link={link} first={index === 0} />
        return (
          <ValueField
            key={name}
            name={name}
            parameter={parameter}
            value={values[name]}
            fallback={parameter.default}
            first={index === 0}
            onChange={(value) => set(name, value)}
            extra={
              <IconButton
                icon="link"
                label={`${t('fromWorkflow')}: ${name}`}
                disabled={canvas.readOnly !== undefined}
                onClick={() => void linkTo(id, name, parameter)}
              />
            }
          />
        )
      })}
    </div>
  )

  /** Takes the workflow parameter of the same name, made on the way if there is none. */
  async function linkTo(node: string, name: string, parameter: Parameter): Promise<void> {
    const known = canvas.state.workflow.parameters ?? {}
    const own = values[name]
    const start = own !== undefined && parameterOf(own) === undefined ? { default: own as Parameter['default'] } : {}
    canvas.edit(
      [
        ...(known[name] ? [] : [{ type: 'set-parameter' as const, name, parameter: { ...parameter, ...start } }]),
        { type: 'set-value', id: node, name, value: { parameter: name } },
      ],
      t('didSet', { name: `${node}.${name}` }),
    )
  }
}

function Linked({
  id,
  name,
  parameter,
  link,
  first,
}: {
  id: string
  name: string
  parameter: Parameter
  link: string
  first: boolean
}): ReactNode {
  const canvas = useCanvas()
  const { t } = canvas
  const known = Object.keys(canvas.state.workflow.parameters ?? {})
  const choose = async (choice: string): Promise<void> => {
    let chosen = choice
    if (choice === NEW) {
      const answer = await canvas.host.promptText({
        title: t('newParameter'),
        label: t('newName'),
        value: name,
        check: checkNew('identifier', known, t),
      })
      if (answer === null) return
      chosen = answer
    }
    canvas.edit(
      [
        ...(known.includes(chosen) ? [] : [{ type: 'set-parameter' as const, name: chosen, parameter }]),
        { type: 'set-value', id, name, value: { parameter: chosen } },
      ],
      t('didSet', { name: `${id}.${name}` }),
    )
  }
  return (
    <div className="sx-value">
      <Field label={name} help={t('fromWorkflow')}>
        <Select
          value={link}
          disabled={canvas.readOnly !== undefined}
          {...(first ? { 'data-sx-first': true } : {})}
          onChange={(event) => void choose(event.target.value)}
        >
          {!known.includes(link) && <option value={link}>{link}</option>}
          {known.map((one) => (
            <option key={one}>{one}</option>
          ))}
          <option value={NEW}>{t('newParameter')}</option>
        </Select>
      </Field>
      <span className="sx-value-tools">
        <IconButton
          icon="link"
          aria-pressed
          label={`${t('ownValue')}: ${name}`}
          disabled={canvas.readOnly !== undefined}
          onClick={() => {
            const value = canvas.state.workflow.parameters?.[link]?.default
            canvas.edit([{ type: 'set-value', id, name, value }], t('didSet', { name: `${id}.${name}` }))
          }}
        />
      </span>
    </div>
  )
}
