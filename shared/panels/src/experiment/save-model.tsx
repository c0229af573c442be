import type { ExperimentDetail } from '@secxops/protocol/experiments'
import { type ReactNode, useState } from 'react'
import { useText } from '../i18n/text.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { useHost } from '../ui/host-context.ts'
import { artifactName, isArtifactName } from '../view/artifact-name.ts'
import { useAction } from '../view/use-action.ts'
import { EXPERIMENT } from './text.ts'

interface Kept {
  name: string
  version: number
}

/**
 * Keeps what was found as a version of a model, under a name that the user gives, and says where it is. `model`: this one of it, told by `label`;
 * default: the best.
 */
export function SaveModel({
  experiment,
  model,
  label,
}: {
  experiment: ExperimentDetail
  model?: string
  label?: string
}): ReactNode {
  const host = useHost()
  const t = useText(EXPERIMENT)
  const action = useAction()
  /** Taking a model out of AutoML takes seconds to minutes. */
  const [kept, setKept] = useState<Kept | 'saving'>()
  const open = ({ name, version }: Kept): void => host.openView({ view: 'artifact', kind: 'model', name, version })
  const save = async (): Promise<void> => {
    const name = await host.promptText({
      title: t('keepModel'),
      label: t('modelName'),
      value: artifactName(experiment.name, 'model'),
      check: (text) => (isArtifactName(text) ? undefined : t('badName')),
    })
    if (name === null) return
    setKept('saving')
    try {
      const saved = await host.client.call('experiments.saveModel', {
        params: { id: experiment.id },
        body: { name, model },
      })
      setKept(saved)
      host.notify('info', t('savedModel', { ref: refOf(saved) }))
      open(saved)
    } catch (failure) {
      setKept(undefined)
      throw failure
    }
  }
  const start = (): void => action.run(save)
  return (
    <span className="sx-save-model">
      {label === undefined ? (
        <Button icon="save" disabled={action.busy} onClick={start}>
          {t('saveModel')}
        </Button>
      ) : (
        <IconButton icon="save" label={label} disabled={action.busy} onClick={start} />
      )}
      <span role="status">
        {kept === 'saving' && <span className="sx-dim">{t('savingModel')}</span>}
        {typeof kept === 'object' && (
          <>
            <span className="sx-dim">{t('savedAs')}</span>{' '}
            <Button kind="link" onClick={() => open(kept)}>
              {refOf(kept)}
            </Button>
          </>
        )}
      </span>
      {action.error && <ErrorView error={action.error} />}
    </span>
  )
}

const refOf = ({ name, version }: Kept): string => `${name}@${version}`
