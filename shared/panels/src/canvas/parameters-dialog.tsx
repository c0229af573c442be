import type { WorkflowInput } from '@secxops/protocol/workflow'
import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Field, Select } from '../ui/field.tsx'
import { useQuery } from '../ui/use-client.ts'
import { action } from './actions.ts'
import { useCanvas } from './canvas.ts'
import { OverlayBox } from './overlay-box.tsx'
import { ValueField } from './value-field.tsx'

/** Not the name of any version, nor a path. */
const DISK = '\u0000disk'

/** Values of the workflow's parameters and inputs for the next run alone; the file keeps its defaults. */
export function ParametersDialog(): ReactNode {
  const canvas = useCanvas()
  const { t, run, state } = canvas
  const reason =
    action('run').when?.(canvas) ??
    (run.missing.length > 0 ? t('missingValues', { names: run.missing.join(', ') }) : undefined)
  const goOn = action('continue')
  return (
    <OverlayBox title={t('runParameters')}>
      <div className="sx-form">
        {Object.entries(state.workflow.parameters ?? {}).map(([name, parameter]) => (
          <ValueField
            key={name}
            name={name}
            parameter={parameter}
            value={run.values[name]}
            fallback={parameter.default}
            live
            onChange={(value) => run.setValue(name, value)}
          />
        ))}
        {Object.entries(state.workflow.inputs ?? {}).map(([name, input]) => (
          <RunInput key={name} name={name} input={input} />
        ))}
        <div className="sx-actions">
          <Button
            kind="primary"
            icon="play"
            disabled={reason !== undefined}
            title={reason}
            onClick={() => {
              canvas.show(undefined)
              void run.start()
            }}
          >
            {t('run')}
          </Button>
          {canvas.store.run() && (
            <Button
              icon="continue"
              disabled={goOn.when?.(canvas) !== undefined}
              title={goOn.when?.(canvas)}
              onClick={() => goOn.run(canvas)}
            >
              {t('continue')}
            </Button>
          )}
        </div>
      </div>
    </OverlayBox>
  )
}

/** Source of one workflow input for the next run: a library version, or a file or folder. */
function RunInput({ name, input }: { name: string; input: WorkflowInput }): ReactNode {
  const { t, run, host } = useCanvas()
  const kind = input.type === 'model' || input.type === 'code' ? input.type : 'dataset'
  const { data } = useQuery('library.list', { params: { kind } }, ({ type }) => type === 'library')
  const now = run.inputs[name] ?? input.default ?? ''
  const known = (data ?? []).map((one) => `${one.name}@${one.latest.version}`)
  const choose = async (value: string): Promise<void> => {
    const source = value === DISK ? await host.pickPath({ title: t('fromDisk') }) : value
    if (source !== null) run.setInput(name, source === '' || source === input.default ? undefined : source)
  }
  return (
    <Field label={name} required={!input.default} help={input.description}>
      <Select value={now} onChange={(event) => void choose(event.target.value)}>
        {!input.default && <option value="">{t('none')}</option>}
        {now && !known.includes(now) && <option value={now}>{now}</option>}
        {known.map((ref) => (
          <option key={ref}>{ref}</option>
        ))}
        <option value={DISK}>{t('fromDisk')}</option>
      </Select>
    </Field>
  )
}
