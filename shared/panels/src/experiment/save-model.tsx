import type { ExperimentDetail } from '@secxops/protocol/experiments'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { useHost } from '../ui/host-context.ts'
import { artifactName, isArtifactName } from '../view/artifact-name.ts'
import { useAction } from '../view/use-action.ts'
import { EXPERIMENT } from './text.ts'

/** Keeps what was found as a version of a model, under a name that the user gives. `model`: this one of it, told by `label`; default: the best. */
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
  const save = async (): Promise<void> => {
    const name = await host.promptText({
      title: t('saveModel'),
      label: t('modelName'),
      value: artifactName(experiment.name, 'model'),
      check: (text) => (isArtifactName(text) ? undefined : t('badName')),
    })
    if (name === null) return
    const kept = await host.client.call('experiments.saveModel', {
      params: { id: experiment.id },
      body: { name, model },
    })
    host.notify('info', t('savedModel', { ref: `${kept.name}@${kept.version}` }))
    host.openView({ view: 'artifact', kind: 'model', name: kept.name, version: kept.version })
  }
  return (
    <>
      {label === undefined ? (
        <Button icon="save" disabled={action.busy} onClick={() => action.run(save)}>
          {t('saveModel')}
        </Button>
      ) : (
        <IconButton icon="save" label={label} disabled={action.busy} onClick={() => action.run(save)} />
      )}
      {action.error && <ErrorView error={action.error} />}
    </>
  )
}
