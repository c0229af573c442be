import '../view/view.css'
import './package.css'
import type { Inspection } from '@secxops/protocol/inspect'
import { type ReactNode, useState } from 'react'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { ConnectionBanner } from '../ui/connection-banner.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { Banner } from '../ui/feedback.tsx'
import { Field, TextInput } from '../ui/field.tsx'
import { useQuery } from '../ui/use-client.ts'
import { Loaded } from '../view/loaded.tsx'
import { Dockerfile, Files } from './contents.tsx'
import type { Draft } from './draft.ts'
import { OutcomeBanner } from './outcome.tsx'
import { ParameterTable } from './parameter-table.tsx'
import { PortTable } from './port-table.tsx'
import { Requirements } from './requirements.tsx'
import { RunSettings } from './settings.tsx'
import { StartField } from './start-field.tsx'
import { PACKAGE } from './text.ts'
import { TryPanel, type TryValues } from './try-panel.tsx'
import { type DraftState, useDraft } from './use-draft.ts'
import { usePackage } from './use-package.ts'
import { useProblems } from './use-problems.ts'

/** "Package as module": what was found in a source, everything to be changed, on one page. */
export function PackageView({ path }: { path: string }): ReactNode {
  const query = useQuery('modules.inspect', { body: { path } })
  const drafting = useDraft(path, query.data)
  return (
    <div className="sx-view sx-package">
      <ConnectionBanner />
      <Loaded query={query} rows={14}>
        {(inspection) =>
          drafting.draft && (
            <PackageForm inspection={inspection} drafting={drafting} draft={drafting.draft} refresh={query.refresh} />
          )
        }
      </Loaded>
    </div>
  )
}

function PackageForm({
  inspection,
  drafting,
  draft,
  refresh,
}: {
  inspection: Inspection
  drafting: DraftState
  draft: Draft
  refresh(): void
}): ReactNode {
  const t = useText(PACKAGE)
  const { module } = draft
  const { edit } = drafting
  const own = useProblems(module)
  const problems = [...own, ...inspection.problems]
  const actions = usePackage(inspection, drafting, refresh)
  const [given, setGiven] = useState<TryValues>({ values: {}, inputs: {} })
  const wrong = own.some((problem) => problem.severity === 'error')
  const blocked = { disabled: wrong || actions.action.busy, title: wrong ? t('fixFirst') : undefined }
  const file = inspection.path.slice(inspection.path.lastIndexOf('/') + 1)
  const state = draft.touched
    ? t('unsaved')
    : inspection.exists || actions.outcome || actions.tried
      ? ''
      : t('notSaved')
  return (
    <>
      <header>
        <div className="sx-view-head">
          <h1>{t('title', { file })}</h1>
          <span className="sx-dim">{state}</span>
          <span className="sx-view-space" />
          <div className="sx-actions">
            <Button kind="primary" icon="save" {...blocked} onClick={actions.save}>
              {t('save')}
            </Button>
            <Button icon="play" {...blocked} onClick={() => actions.tryOnce(given)}>
              {t('tryOnce')}
            </Button>
            <Button icon="tag" {...blocked} onClick={actions.saveVersion}>
              {t('saveVersion')}
            </Button>
            <Button icon="upload" {...blocked} onClick={actions.publish}>
              {t('publish')}
            </Button>
          </div>
        </div>
        {actions.action.error && <ErrorView error={actions.action.error} />}
        <OutcomeBanner actions={actions} hasDockerfile={inspection.dockerfile.exists} />
        {drafting.restored && (
          <Banner level="info" actions={[{ label: t('discard'), run: drafting.discard }]}>
            {t('restored')}
          </Banner>
        )}
      </header>
      <div className="sx-view-body">
        <div className="sx-package-top">
          <Field label={t('name')} required>
            <TextInput
              mono
              value={module.name}
              onChange={(event) => edit({ type: 'field', field: 'name', value: event.target.value })}
            />
          </Field>
          <Field label={t('description')}>
            <TextInput
              value={module.description ?? ''}
              onChange={(event) => edit({ type: 'field', field: 'description', value: event.target.value })}
            />
          </Field>
        </div>
        <StartField module={module} problems={problems} evidence={inspection.evidence.start} edit={edit} />
        <ParameterTable module={module} evidence={inspection.evidence} edit={edit} />
        <PortTable section="inputs" module={module} evidence={inspection.evidence} edit={edit} />
        <PortTable section="outputs" module={module} evidence={inspection.evidence} edit={edit} />
        <TryPanel module={module} given={given} setGiven={setGiven} runId={actions.tried} />
        <div className="sx-package-columns">
          <Requirements inspection={inspection} text={draft.requirements} edit={edit} />
          <div>
            <RunSettings module={module} edit={edit} />
            <Files inspection={inspection} />
          </div>
        </div>
        <Dockerfile
          inspection={inspection}
          action={
            <Button {...blocked} onClick={actions.writeDockerfile}>
              {t('writeDockerfile')}
            </Button>
          }
        />
      </div>
    </>
  )
}
