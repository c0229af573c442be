import { isMap, type Json } from '@secxops/protocol/json'
import type { Algorithm } from '@secxops/protocol/search-space/algorithm'
import { ASSESSORS } from '@secxops/protocol/search-space/assessors'
import { checkSpaceValue } from '@secxops/protocol/search-space/check-space'
import { findAssessor, findTuner } from '@secxops/protocol/search-space/find-algorithm'
import { assessorConflict, fits } from '@secxops/protocol/search-space/fits'
import type { Words } from '@secxops/protocol/search-space/space'
import { TUNERS } from '@secxops/protocol/search-space/tuners'
import { type ReactNode, useMemo } from 'react'
import { useLocale } from '../i18n/text.ts'
import { Field, Select } from '../ui/field.tsx'
import { Section } from '../view/section.tsx'
import { ClassArgs } from './class-args.tsx'
import { useFieldOf, useForm } from './editor-context.ts'
import { valueAt } from './set-at.ts'

const useWords = (): ((words: Words) => string) => {
  const locale = useLocale()
  return ({ en, zh }) => (locale === 'en' ? en : zh)
}

const nameOf = (value: Json | undefined): string | undefined =>
  isMap(value) && typeof value.name === 'string' ? value.name : undefined

/** The tuner: which, what it does, its arguments. Those that cannot take the space are said to. */
export function TunerSection(): ReactNode {
  const { t, root } = useForm()
  const { value, set, problem } = useFieldOf(['nni', 'tuner'])
  const space = valueAt(root, ['nni', 'searchSpace'])
  const check = useMemo(() => checkSpaceValue(space), [space])
  /** Of a space with errors nobody can tell. */
  const takes = (one: Algorithm): boolean => check.space === undefined || fits(one, check.entries).ok
  const own = isMap(value) && typeof value.className === 'string' ? value.className : undefined
  const name = nameOf(value) ?? 'TPE'
  const tuner = own === undefined ? findTuner(name) : undefined
  return (
    <Section title={t('tuner')}>
      <Field label={<span className="sx-hidden">{t('tuner')}</span>} problem={problem}>
        <Select
          value={own === undefined ? (tuner?.name ?? name) : ''}
          onChange={({ target }) => set({ name: target.value })}
        >
          {own !== undefined && <option value="">{t('ownTuner', { name: own })}</option>}
          {own === undefined && !tuner && <option>{name}</option>}
          {TUNERS.map((one) => (
            <option key={one.name} value={one.name}>
              {takes(one) ? one.name : `${one.name} — ${t('cannotTake')}`}
            </option>
          ))}
        </Select>
      </Field>
      {tuner && <About algorithm={tuner} path={['nni', 'tuner', 'classArgs']} />}
    </Section>
  )
}

/** The assessor, or why the tuner has none. */
export function AssessorSection(): ReactNode {
  const { t, root } = useForm()
  const words = useWords()
  const { value, set, problem } = useFieldOf(['nni', 'assessor'])
  const tuner = findTuner(nameOf(valueAt(root, ['nni', 'tuner'])) ?? 'TPE')
  const conflict = tuner && assessorConflict(tuner)
  const name = nameOf(value)
  const assessor = name === undefined ? undefined : findAssessor(name)
  const choose = (chosen: string): void => {
    if (chosen === '') set(undefined)
    else if (findAssessor(chosen)?.classArgs.epoch_num?.required) set({ name: chosen, classArgs: { epoch_num: 20 } })
    else set({ name: chosen })
  }
  return (
    <Section title={t('assessor')}>
      <Field
        label={<span className="sx-hidden">{t('assessor')}</span>}
        problem={problem}
        help={conflict && value === undefined ? words(conflict) : undefined}
      >
        <Select value={assessor?.name ?? name ?? ''} onChange={({ target }) => choose(target.value)}>
          <option value="">{t('noAssessor')}</option>
          {name !== undefined && !assessor && <option>{name}</option>}
          {ASSESSORS.map((one) => (
            <option key={one.name} disabled={conflict !== undefined}>
              {one.name}
            </option>
          ))}
        </Select>
      </Field>
      {assessor && <About algorithm={assessor} path={['nni', 'assessor', 'classArgs']} />}
    </Section>
  )
}

function About({ algorithm, path }: { algorithm: Algorithm; path: readonly string[] }): ReactNode {
  const { t } = useForm()
  const words = useWords()
  const count = Object.keys(algorithm.classArgs).filter((name) => name !== 'optimize_mode').length
  return (
    <>
      <p className="sx-dim">{[algorithm.summary, ...(algorithm.notes ?? [])].map(words).join(' ')}</p>
      {count > 0 && (
        <details className="sx-experiment-arguments">
          <summary>{t('arguments', { name: algorithm.name })}</summary>
          <ClassArgs path={path} args={algorithm.classArgs} />
        </details>
      )}
    </>
  )
}
