import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { action } from './actions.ts'
import { useCanvas } from './canvas.ts'
import { OverlayBox } from './overlay-box.tsx'
import { ValueField } from './value-field.tsx'

/** Values of the workflow's parameters for the next run alone; the file keeps its defaults. */
export function ParametersDialog(): ReactNode {
  const canvas = useCanvas()
  const { t, run, state } = canvas
  const reason = action('run').when?.(canvas)
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
            onChange={(value) => run.setValue(name, value)}
          />
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
        </div>
      </div>
    </OverlayBox>
  )
}
