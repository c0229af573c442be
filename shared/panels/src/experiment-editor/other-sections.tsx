import { AUTOML_METRICS, AUTOML_PRESETS, NAS_STRATEGIES } from '@secxops/protocol/experiment-choices'
import type { ReactNode } from 'react'
import { Checkbox, Field } from '../ui/field.tsx'
import { Section } from '../view/section.tsx'
import { useFieldOf, useForm } from './editor-context.ts'
import { LimitsSection, ObjectiveSection } from './search-sections.tsx'
import { valueAt } from './set-at.ts'
import { ChoiceSetting, TextSetting } from './settings.tsx'
import { SourceField } from './source-field.tsx'
import { InputsSection } from './what-section.tsx'

/** A search over architectures. */
export function NasSections(): ReactNode {
  const { t } = useForm()
  return (
    <>
      <Section title={t('architecture')}>
        <div className="sx-experiment-fields">
          <TextSetting path={['nas', 'space']} label={t('nasSpace')} help={t('fileAndName')} mono />
          <TextSetting path={['nas', 'evaluator']} label={t('evaluator')} help={t('fileAndName')} mono />
          <ChoiceSetting
            path={['nas', 'strategy']}
            label={t('strategy')}
            options={NAS_STRATEGIES.map((value) => ({ value, label: value }))}
          />
        </div>
      </Section>
      <InputsSection />
      <ObjectiveSection />
      <LimitsSection at="nas" />
    </>
  )
}

/** Ready-made learners over a table. */
export function AutomlSections(): ReactNode {
  const { t, root, check } = useForm()
  return (
    <Section title={t('automl')}>
      <div className="sx-experiment-rows">
        <SourceField path={['automl', 'train']} label={t('train')} />
        <SourceField path={['automl', 'validation']} label={t('validation')} optional />
        <SourceField path={['automl', 'test']} label={t('test')} optional />
        <div className="sx-experiment-fields">
          <TextSetting path={['automl', 'label']} label={t('label')} offered={check?.columns} mono />
          <TextSetting
            path={['automl', 'metric']}
            label={t('evalMetric')}
            help={t('evalMetricHelp')}
            offered={metricsOf(valueAt(root, ['automl', 'problem']))}
            mono
          />
          <TextSetting
            path={['automl', 'timeLimit']}
            label={t('timeLimit')}
            help={t('durationHelp')}
            placeholder="10m"
          />
          <TextSetting path={['automl', 'earlyStop']} label={t('earlyStop')} help={t('durationHelp')} />
        </div>
        <Presets />
      </div>
    </Section>
  )
}

/** Of one kind of problem, else of any: what it is may only be known from the column. */
const metricsOf = (problem: unknown): readonly string[] =>
  Object.entries(AUTOML_METRICS).find(([kind]) => kind === problem)?.[1] ?? [
    ...new Set(Object.values(AUTOML_METRICS).flat()),
  ]

function Presets(): ReactNode {
  const { t } = useForm()
  const { value, set, problem } = useFieldOf(['automl', 'presets'])
  const chosen = Array.isArray(value) ? value : ['medium_quality']
  return (
    <Field label={t('presets')} problem={problem}>
      <div className="sx-experiment-presets">
        {AUTOML_PRESETS.map((preset) => (
          <Field key={preset} label={<span className="sx-mono">{preset}</span>} inline>
            <Checkbox
              checked={chosen.includes(preset)}
              onChange={({ target }) => {
                const next = AUTOML_PRESETS.filter((one) => (one === preset ? target.checked : chosen.includes(one)))
                set(next.length > 0 ? next : undefined)
              }}
            />
          </Field>
        ))}
      </div>
    </Field>
  )
}
