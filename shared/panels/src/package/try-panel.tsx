import type { ModuleFile, ParameterValue } from '@secxops/protocol/module'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { LogView } from '../log/log-view.tsx'
import { useRun } from '../run/use-run.ts'
import { Button } from '../ui/button.tsx'
import { ErrorView } from '../ui/error-view.tsx'
import { Field, TextInput } from '../ui/field.tsx'
import { useHost } from '../ui/host-context.ts'
import { StateBadge } from '../ui/state-badge.tsx'
import { Loaded } from '../view/loaded.tsx'
import { ParameterInput } from '../view/parameter-input.tsx'
import { Section } from '../view/section.tsx'
import { PACKAGE } from './text.ts'

export interface TryValues {
  values: Record<string, ParameterValue>
  inputs: Record<string, string>
}

/** What a try needs beyond the defaults, and how the last one goes: state, log, cause. */
export function TryPanel({
  module,
  given,
  setGiven,
  runId,
}: {
  module: ModuleFile
  given: TryValues
  setGiven(given: TryValues): void
  runId: string | undefined
}): ReactNode {
  const host = useHost()
  const t = useText(PACKAGE)
  const inputs = Object.keys(module.inputs ?? {})
  const open = Object.entries(module.parameters ?? {}).filter(
    ([, parameter]) => parameter.default === undefined && parameter.required !== false,
  )
  const setInput = (port: string, text: string): void => {
    const { [port]: _old, ...rest } = given.inputs
    setGiven({ ...given, inputs: text === '' ? rest : { ...rest, [port]: text } })
  }
  return (
    <Section title={t('tryOnce')} aside={<span className="sx-dim">{t('tryHelp')}</span>}>
      <div className="sx-fields">
        {inputs.map((port) => (
          <Field key={port} label={<code>{port}</code>} help={t('tryInput')}>
            <div className="sx-try-row">
              <TextInput
                mono
                aria-label={t('chooseInput', { port })}
                value={given.inputs[port] ?? ''}
                onChange={(event) => setInput(port, event.target.value)}
              />
              <Button
                onClick={() => {
                  void host.pickPath({ title: t('chooseInput', { port }) }).then((path) => path && setInput(port, path))
                }}
              >
                {t('choose')}
              </Button>
            </div>
          </Field>
        ))}
        {open.map(([name, parameter]) => (
          <ParameterInput
            key={name}
            name={name}
            parameter={parameter}
            value={given.values[name]}
            onChange={(value) => {
              const { [name]: _old, ...rest } = given.values
              setGiven({ ...given, values: value === undefined ? rest : { ...rest, [name]: value } })
            }}
          />
        ))}
      </div>
      {runId && <TryResult key={runId} runId={runId} />}
    </Section>
  )
}

function TryResult({ runId }: { runId: string }): ReactNode {
  const host = useHost()
  const t = useText(PACKAGE)
  const query = useRun(runId)
  return (
    <Loaded query={query} rows={3}>
      {(run) => {
        const node = run.nodes[0]
        const attempt = node?.attempts.at(-1)
        return (
          <div role="status" style={{ marginTop: 8 }}>
            <div className="sx-actions">
              <StateBadge state={run.state} />
              <Button icon="open" onClick={() => host.openView({ view: 'run', runId })}>
                {t('openRun')}
              </Button>
            </div>
            {attempt?.error && <ErrorView error={attempt.error} />}
            {node && attempt && (
              <div className="sx-try-log">
                <LogView runId={runId} nodeId={node.id} attempt={attempt.number} file={attempt.log} />
              </div>
            )}
          </div>
        )
      }}
    </Loaded>
  )
}
