import { isMap } from '@secxops/protocol/json'
import type { ReactNode } from 'react'
import { SpaceForm } from '../search-space/space-form.tsx'
import { Button } from '../ui/button.tsx'
import { useHost } from '../ui/host-context.ts'
import { Section } from '../view/section.tsx'
import { AssessorSection, TunerSection } from './algorithm-section.tsx'
import { useForm } from './editor-context.ts'
import { valueAt } from './set-at.ts'
import { ChoiceSetting, NumberSetting, TextSetting } from './settings.tsx'
import { InputsSection, WhatSection } from './what-section.tsx'

/** Where the space of a search stands in its file. */
export const INLINE_SPACE = { format: 'yaml', at: ['nni', 'searchSpace'] } as const

/** A search over parameters. */
export function SearchSections(): ReactNode {
  const { root } = useForm()
  const config = isMap(root) && typeof root.nni === 'string' ? root.nni : undefined
  return (
    <>
      {config === undefined && <WhatSection />}
      <InputsSection />
      <ObjectiveSection />
      {config === undefined ? (
        <>
          <SpaceSection />
          <TunerSection />
          <AssessorSection />
          <LimitsSection at="nni" />
        </>
      ) : (
        <LinkedFile words="configFile" file={config} />
      )}
      <ResourcesSection />
    </>
  )
}

function SpaceSection(): ReactNode {
  const { t, root, edited } = useForm()
  const file = valueAt(root, ['nni', 'searchSpaceFile'])
  const module = isMap(root) && typeof root.module === 'string' && root.module.startsWith('.') ? root.module : '.'
  if (typeof file === 'string') return <LinkedFile words="spaceFile" file={file} />
  return (
    <Section title={t('space')}>
      <SpaceForm edited={edited} options={INLINE_SPACE} source={resolvePath(edited.state.path, module)} />
    </Section>
  )
}

/** What stands in another file. */
function LinkedFile({ words, file }: { words: 'spaceFile' | 'configFile'; file: string }): ReactNode {
  const host = useHost()
  const { t, edited } = useForm()
  return (
    <Section title={t('space')}>
      <p>
        {t(words, { file })}{' '}
        <Button kind="link" onClick={() => host.openFile(resolvePath(edited.state.path, file))}>
          {t('openSpace', { file: file.replace(/.*\//, '') })}
        </Button>
      </p>
    </Section>
  )
}

/** A path as seen from a file. */
function resolvePath(from: string, path: string): string {
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return path.startsWith('/') ? path : parts.join('/')
}

export function ObjectiveSection(): ReactNode {
  const { t } = useForm()
  return (
    <Section title={t('objective')}>
      <div className="sx-experiment-fields">
        <TextSetting path={['objective', 'metric']} label={t('metric')} help={t('metricHelp')} mono />
        <ChoiceSetting
          path={['objective', 'direction']}
          label={t('direction')}
          options={[
            { value: 'maximize', label: t('maximize') },
            { value: 'minimize', label: t('minimize') },
          ]}
        />
      </div>
    </Section>
  )
}

export function LimitsSection({ at }: { at: 'nni' | 'nas' }): ReactNode {
  const { t } = useForm()
  const none = { placeholder: t('noLimit') }
  return (
    <Section title={t('limits')}>
      <div className="sx-experiment-fields">
        <NumberSetting path={[at, 'trialConcurrency']} label={t('concurrency')} placeholder="1" />
        <NumberSetting path={[at, 'maxTrialNumber']} label={t('trials')} {...none} />
        <TextSetting path={[at, 'maxExperimentDuration']} label={t('duration')} help={t('durationHelp')} {...none} />
        {at === 'nni' && (
          <TextSetting path={[at, 'maxTrialDuration']} label={t('trialDuration')} help={t('durationHelp')} {...none} />
        )}
      </div>
    </Section>
  )
}

function ResourcesSection(): ReactNode {
  const { t } = useForm()
  return (
    <Section title={t('resources')}>
      <div className="sx-experiment-fields">
        <NumberSetting path={['resources', 'cpu']} label={t('cpu')} />
        <TextSetting path={['resources', 'memory']} label={t('memory')} placeholder="1Gi" mono />
        <NumberSetting path={['resources', 'gpu']} label={t('gpu')} />
        <ChoiceSetting
          path={['engine']}
          label={t('engine')}
          options={[
            { value: '', label: t('engineSecxops') },
            { value: 'nni', label: t('engineNni') },
          ]}
        />
      </div>
    </Section>
  )
}
