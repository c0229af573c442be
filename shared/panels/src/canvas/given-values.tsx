import type { RunPlan } from '@secxops/protocol/api'
import type { Parameter, ParameterValue } from '@secxops/protocol/module'
import { parameterOf } from '@secxops/protocol/node-value'
import { formatValue } from '@secxops/protocol/value'
import type { NodeValue } from '@secxops/protocol/workflow'
import type { ReactNode } from 'react'
import { type GivenChange, useCanvas } from './canvas.ts'
import { ValueField } from './value-field.tsx'

type Given = NonNullable<RunPlan['given']>

/** What a run was given by its user and keeps on Continue although the file may say something else now; values can be changed here. */
export function GivenValues({
  given,
  change,
  onChange,
}: {
  given: Given
  change: GivenChange
  onChange(change: GivenChange): void
}): ReactNode {
  const { t, state, check } = useCanvas()
  const { workflow } = state
  return (
    <>
      <h3>{t('planGiven')}</h3>
      <div className="sx-form">
        {Object.entries(given.parameters).map(([name, value]) => (
          <GivenField
            key={name}
            name={name}
            parameter={workflow.parameters?.[name]}
            value={value}
            file={workflow.parameters?.[name]?.default}
            onChange={(next) => onChange({ ...change, parameters: { ...change.parameters, [name]: next } })}
          />
        ))}
        {Object.entries(given.set).flatMap(([id, values]) =>
          Object.entries(values).map(([name, value]) => {
            const parameter = check.modules[id]?.module.parameters?.[name]
            return (
              <GivenField
                key={`${id}.${name}`}
                name={`${id}.${name}`}
                parameter={parameter}
                value={value}
                file={literal(workflow.nodes[id]?.with?.[name]) ?? parameter?.default}
                onChange={(next) =>
                  onChange({ ...change, set: { ...change.set, [id]: { ...change.set[id], [name]: next } } })
                }
              />
            )
          }),
        )}
      </div>
      {Object.entries(given.inputs).map(([name, source]) => (
        <p key={name} className="sx-dim">
          {t('planGivenInput', { name, source })}
        </p>
      ))}
    </>
  )
}

function GivenField({
  name,
  parameter = { type: 'json' },
  value,
  file,
  onChange,
}: {
  name: string
  parameter: Parameter | undefined
  value: ParameterValue
  /** What the file says, which does not hold. */
  file: ParameterValue | undefined
  onChange(value: ParameterValue): void
}): ReactNode {
  const { t } = useCanvas()
  const differs = file !== undefined && JSON.stringify(file) !== JSON.stringify(value)
  return (
    <ValueField
      name={name}
      parameter={differs ? { ...parameter, description: t('planDefault', { value: formatValue(file) }) } : parameter}
      value={value}
      fallback={file}
      onChange={(next) => onChange(next ?? file ?? null)}
    />
  )
}

/** A value that stands in the file itself, not one taken from a parameter of the workflow. */
const literal = (value: NodeValue | undefined): ParameterValue | undefined =>
  parameterOf(value) === undefined ? (value as ParameterValue | undefined) : undefined
