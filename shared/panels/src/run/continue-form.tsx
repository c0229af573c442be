import type { Parameter, ParameterValue } from '@secxops/protocol/module'
import type { Attempt, Run, RunNode } from '@secxops/protocol/run'
import type { ReactNode } from 'react'
import { localReason } from '../i18n/reason-text.ts'
import { useLocale, useText } from '../i18n/text.ts'
import { ProblemList } from '../problems/problem-list.tsx'
import { useQuery } from '../ui/use-client.ts'
import { ParameterInput } from '../view/parameter-input.tsx'
import { Section } from '../view/section.tsx'
import { useLater } from '../view/use-later.ts'
import type { RunEdits } from './run-view.tsx'
import { RUN } from './text.ts'

/** Parameters of a node that did not succeed, to be changed, and what Continue would then run and why. */
export function ContinueForm({
  run,
  node,
  attempt,
  edits,
  setEdits,
}: {
  run: Run
  node: RunNode
  attempt: Attempt
  edits: RunEdits
  setEdits(edits: RunEdits): void
}): ReactNode {
  const t = useText(RUN)
  const locale = useLocale()
  const base = run.path.slice(0, run.path.lastIndexOf('/')) || '/'
  const module = useQuery('modules.resolve', { body: { ref: node.module, base } })
  const set = useLater(edits.set, 200)
  const plan = useQuery('runs.plan', { params: { id: run.id }, body: { set } }, (event) =>
    event.type === 'node' ? event.runId === run.id : false,
  )
  const names = Object.keys({ ...module.data?.module.parameters, ...attempt.parameters })
  const waiting = module.loading && !module.data
  const change = (name: string, value: ParameterValue | undefined, problem: string | undefined): void => {
    const field = `${node.id}.${name}`
    const { [name]: _old, ...rest } = edits.set[node.id] ?? {}
    const values = value === undefined || problem ? rest : { ...rest, [name]: value }
    setEdits({
      set: { ...edits.set, [node.id]: values },
      wrong: [...edits.wrong.filter((one) => one !== field), ...(problem ? [field] : [])],
    })
  }
  return (
    <Section title={t('fix')}>
      {names.length === 0 && <p className="sx-dim">{t('noParameters')}</p>}
      <div className="sx-fields">
        {!waiting &&
          names.map((name) => (
            <ParameterInput
              key={name}
              name={name}
              parameter={module.data?.module.parameters?.[name] ?? guess(attempt.parameters[name])}
              value={
                edits.set[node.id]?.[name] ??
                attempt.parameters[name] ??
                module.data?.module.parameters?.[name]?.default
              }
              onChange={(value, problem) => change(name, value, problem)}
            />
          ))}
      </div>
      {plan.data && (
        <div className="sx-run-plan">
          {plan.data.run.map((step) => (
            <span key={step.node}>
              {t('planRun', { nodes: step.node })}{' '}
              <span className="sx-dim">{step.why.map((why) => localReason(why, locale)).join(', ')}</span>
            </span>
          ))}
          {plan.data.run.length === 0 && <span>{t('planNothing')}</span>}
          {plan.data.keep.length > 0 && (
            <span className="sx-dim">{t('planKeep', { nodes: plan.data.keep.join(', ') })}</span>
          )}
          <ProblemList problems={plan.data.problems} />
        </div>
      )}
    </Section>
  )
}

/** Type of a value whose module can no longer be read. */
function guess(value: ParameterValue | undefined): Parameter {
  if (typeof value === 'number') return { type: 'number' }
  if (typeof value === 'boolean') return { type: 'boolean' }
  return typeof value === 'string' ? { type: 'string' } : { type: 'json' }
}
