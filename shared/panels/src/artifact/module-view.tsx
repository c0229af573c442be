import '../view/view.css'
import './artifact.css'
import type { ModuleVersionInfo } from '@secxops/protocol/library'
import type { InputPort, OutputPort, Parameter } from '@secxops/protocol/module'
import { expectedWords, formatValue } from '@secxops/protocol/value'
import { type ReactNode, useState } from 'react'
import { COMMON } from '../i18n/common.ts'
import { formatBytes } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { Button } from '../ui/button.tsx'
import { ConnectionBanner } from '../ui/connection-banner.tsx'
import { Select } from '../ui/field.tsx'
import { useHost } from '../ui/host-context.ts'
import { Icon } from '../ui/icon.tsx'
import { useQuery } from '../ui/use-client.ts'
import { Ago } from '../view/ago.tsx'
import { CopyLine } from '../view/copy-line.tsx'
import { CopyLink } from '../view/copy-link.tsx'
import { Loaded } from '../view/loaded.tsx'
import { Scroll } from '../view/scroll.tsx'
import { Facts, Section } from '../view/section.tsx'
import { StartText } from '../view/start-text.tsx'
import { ARTIFACT } from './text.ts'

/** A saved module: what it takes, what it gives, how it starts. */
export function ModuleView({ name, version }: { name: string; version?: string }): ReactNode {
  const [chosen, choose] = useState(version)
  const changed = (event: { type: string; name?: string }): boolean => event.type === 'module' && event.name === name
  const query = useQuery('modules.get', { params: { name }, query: chosen ? { version: chosen } : {} }, changed)
  const all = useQuery('modules.list', {}, changed)
  const versions = all.data?.find((module) => module.name === name)?.versions ?? []
  return (
    <div className="sx-view sx-artifact">
      <ConnectionBanner />
      <Loaded query={query} rows={10}>
        {(info) => <Detail info={info} versions={versions} onVersion={choose} />}
      </Loaded>
    </div>
  )
}

function Detail({
  info,
  versions,
  onVersion,
}: {
  info: ModuleVersionInfo
  versions: string[]
  onVersion(version: string): void
}): ReactNode {
  const host = useHost()
  const t = useText(ARTIFACT)
  const common = useText(COMMON)
  const { module } = info
  const ref = `${info.name}@${info.version}`
  const { resources, environment } = module
  return (
    <>
      <header className="sx-view-head">
        <Icon name="module" label={common('module')} />
        <h1>{info.name}</h1>
        <Select
          aria-label={t('version')}
          style={{ width: 'auto' }}
          value={info.version}
          onChange={(event) => onVersion(event.target.value)}
        >
          {[...new Set([...versions, info.version])].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Select>
        <span className="sx-dim">
          {info.builtin ? t('builtin') : <Ago iso={info.createdAt} />} · {formatBytes(info.size)} ·{' '}
          {t('fileCount', { n: info.files })}
        </span>
        <span className="sx-view-space" />
        <div className="sx-actions">
          <CopyLink address={{ view: 'module', name: info.name, version: info.version }} />
          <Button icon="copy" onClick={() => host.copy(ref)}>
            {t('copyRef')}
          </Button>
          <Button icon="open" onClick={() => host.openFile(`${info.path}/module.yaml`)}>
            {t('openSource')}
          </Button>
        </div>
      </header>
      <div className="sx-view-body">
        {module.description && <p className="sx-wrap">{module.description}</p>}
        <p className="sx-dim sx-wrap">{t('hint')}</p>
        <Section title={t('start')}>
          <StartText start={module.start} />
        </Section>
        <Section title={t('parameters')}>
          <ParameterTable parameters={module.parameters ?? {}} />
        </Section>
        <Section title={t('ports')}>
          <PortTable inputs={module.inputs ?? {}} outputs={module.outputs ?? {}} />
        </Section>
        <Facts
          rows={[
            [t('reference'), <CopyLine key="ref" text={ref} />],
            [t('digest'), <CopyLine key="digest" text={info.digest.slice(0, 19)} copy={info.digest} />],
            [
              t('resources'),
              resources &&
                [resources.cpu && `${resources.cpu} CPU`, resources.memory, resources.gpu && `${resources.gpu} GPU`]
                  .filter(Boolean)
                  .join(', '),
            ],
            [
              t('environment'),
              environment &&
                [
                  environment.interpreter,
                  environment.python && `Python ${environment.python}`,
                  environment.requirements,
                ]
                  .filter(Boolean)
                  .join(', '),
            ],
          ]}
        />
      </div>
    </>
  )
}

function ParameterTable({ parameters }: { parameters: Record<string, Parameter> }): ReactNode {
  const t = useText(ARTIFACT)
  const rows = Object.entries(parameters)
  if (rows.length === 0) return <p className="sx-dim">{t('noParameters')}</p>
  return (
    <Scroll label={t('parameters')}>
      <table className="sx-table">
        <thead>
          <tr>
            {(['name', 'default', 'allowed', 'description'] as const).map((key) => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, parameter]) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>
                {parameter.default !== undefined ? (
                  <code>{parameter.type === 'secret' ? '••••' : formatValue(parameter.default)}</code>
                ) : (
                  <span className="sx-dim">{parameter.required === false ? t('optional') : t('must')}</span>
                )}
              </td>
              <td>{expectedWords(parameter)}</td>
              <td className="sx-cell" title={parameter.description}>
                {parameter.description}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function PortTable({
  inputs,
  outputs,
}: {
  inputs: Record<string, InputPort>
  outputs: Record<string, OutputPort>
}): ReactNode {
  const t = useText(ARTIFACT)
  const common = useText(COMMON)
  const rows = [
    ...Object.entries(inputs).map(([name, port]) => ({ name, port, icon: 'input' as const })),
    ...Object.entries(outputs).map(([name, port]) => ({ name, port, icon: 'output' as const })),
  ]
  if (rows.length === 0) return <p className="sx-dim">{t('none')}</p>
  return (
    <ul className="sx-list">
      {rows.map(({ name, port, icon }) => (
        <li key={name}>
          <Icon name={icon} label={t(icon)} />
          <code>{name}</code>
          <span>{common(port.type)}</span>
          {port.path && <code className="sx-dim">{port.path}</code>}
          {port.required === false && <span className="sx-dim">{t('optional')}</span>}
          {port.description && <span className="sx-dim">{port.description}</span>}
        </li>
      ))}
    </ul>
  )
}
