import type { ResolvedModule } from '@secxops/protocol/api'
import { isMap, type Json } from '@secxops/protocol/json'
import { type ReactNode, useState } from 'react'
import { Button, IconButton } from '../ui/button.tsx'
import { TextInput } from '../ui/field.tsx'
import { useHost } from '../ui/host-context.ts'
import { useQuery } from '../ui/use-client.ts'
import { Section } from '../view/section.tsx'
import { useFieldOf, useForm } from './editor-context.ts'
import { TextSetting } from './settings.tsx'
import { SourceField } from './source-field.tsx'

/** The module or command of a trial, and the command as it will be. */
export function WhatSection(): ReactNode {
  const { t, root, check } = useForm()
  const code = useFieldOf(['code'])
  const module = useFieldOf(['module'])
  const isCode = isMap(root) && root.code !== undefined
  return (
    <Section
      title={t('what')}
      aside={
        isCode || module.value !== undefined ? null : (
          <span className="sx-actions">
            <Button onClick={() => module.set('./')}>{t('useModule')}</Button>
            <Button onClick={() => code.set({ command: 'python3 trial.py' })}>{t('useCode')}</Button>
          </span>
        )
      }
    >
      {isCode && (
        <div className="sx-experiment-fields">
          <TextSetting path={['code', 'command']} label={t('command')} help={t('commandHelp')} mono />
          <TextSetting path={['code', 'directory']} label={t('directory')} placeholder="." mono />
        </div>
      )}
      {module.value !== undefined && <ModuleField />}
      {check?.command && !isCode && (
        <p className="sx-experiment-command">
          <span className="sx-dim">{t('oneTrial')}</span> <code>{check.command.join(' ')}</code>
        </p>
      )}
    </Section>
  )
}

function ModuleField(): ReactNode {
  const host = useHost()
  const { t, edited } = useForm()
  const { value, set } = useFieldOf(['module'])
  const folder = edited.state.path.replace(/\/[^/]*$/, '')
  const browse = async (): Promise<void> => {
    const picked = await host.pickPath({ title: t('module'), folder: true })
    if (picked !== null) set(relativeTo(folder, picked))
  }
  return (
    <div className="sx-experiment-source">
      <TextSetting path={['module']} label={t('module')} help={t('moduleHelp')} mono />
      {String(value).startsWith('.') && <Button onClick={() => void browse()}>{t('browse')}</Button>}
    </div>
  )
}

/** `./train` for a folder beside the file. */
function relativeTo(folder: string, path: string): string {
  if (path === folder) return './'
  let base = folder
  let up = ''
  while (base !== '' && !path.startsWith(`${base}/`)) {
    base = base.slice(0, base.lastIndexOf('/'))
    up += '../'
  }
  return (up === '' ? './' : up) + path.slice(base.length + 1)
}

/** Sources of the inputs: of those that the module has, else of those that are named here. */
export function InputsSection(): ReactNode {
  const { t, root, edited } = useForm()
  const { value, set, problem } = useFieldOf(['inputs'], false)
  const ports = usePorts(isMap(root) ? root.module : undefined, edited.state.path)
  const map = isMap(value) ? value : {}
  const unknown = Object.keys(map).filter((name) => !ports || !Object.hasOwn(ports, name))
  const remove = (gone: string): void => {
    const { [gone]: _, ...rest } = map
    edited.preview(undefined)
    set(Object.keys(rest).length > 0 ? rest : undefined)
  }
  return (
    <Section title={t('inputs')}>
      <div className="sx-experiment-rows">
        {problem && <p className="sx-field-problem">{problem}</p>}
        {Object.entries(ports ?? {}).map(([name, { type, required }]) => (
          <SourceField
            key={name}
            path={['inputs', name]}
            label={name}
            help={t(required === false ? 'portOptional' : 'portType', { type })}
            kinds={type === 'file' ? undefined : ['file', type]}
            optional
          />
        ))}
        {unknown.map((name) => (
          <div key={name} className="sx-experiment-input">
            <SourceField path={['inputs', name]} label={name} />
            <IconButton icon="trash" label={t('removeInput', { name })} onClick={() => remove(name)} />
          </div>
        ))}
        {ports ? (
          Object.keys(ports).length === 0 && <p className="sx-dim">{t('noInputs')}</p>
        ) : (
          <NewInput taken={map} add={(name) => set({ ...map, [name]: { file: '' } })} />
        )}
      </div>
    </Section>
  )
}

/** What the module takes, as it is now; undefined: there is no module, or it cannot be read. */
function usePorts(module: Json | undefined, path: string): ResolvedModule['module']['inputs'] {
  const ref = typeof module === 'string' && module !== '' ? module : undefined
  const body = ref && { ref, base: path.replace(/\/[^/]*$/, '') }
  const found = useQuery('modules.resolve', body ? { body } : null, ({ type }) => type === 'module')
  return found.data && (found.data.module.inputs ?? {})
}

function NewInput({ taken, add }: { taken: Readonly<Record<string, Json>>; add(name: string): void }): ReactNode {
  const { t } = useForm()
  const [name, setName] = useState('')
  const given = name.trim()
  const free = given !== '' && !Object.hasOwn(taken, given)
  const done = (): void => {
    add(given)
    setName('')
  }
  return (
    <div className="sx-experiment-source">
      <TextInput
        mono
        value={name}
        aria-label={t('inputName')}
        placeholder={t('inputName')}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={({ key }) => key === 'Enter' && free && done()}
      />
      <Button icon="add" disabled={!free} onClick={done}>
        {t('addInput')}
      </Button>
    </div>
  )
}
