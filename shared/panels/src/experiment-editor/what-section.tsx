import { isMap } from '@secxops/protocol/json'
import { type ReactNode, useState } from 'react'
import { Button, IconButton } from '../ui/button.tsx'
import { TextInput } from '../ui/field.tsx'
import { useHost } from '../ui/host-context.ts'
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

/** Sources of the input ports. */
export function InputsSection(): ReactNode {
  const { t, root, edited } = useForm()
  const inputs = isMap(root) && isMap(root.inputs) ? Object.keys(root.inputs) : []
  const { set, problem } = useFieldOf(['inputs'], false)
  const [name, setName] = useState('')
  const all = useFieldOf(['inputs']).value
  const map = isMap(all) ? all : {}
  const add = (): void => {
    set({ ...map, [name.trim()]: { file: '' } })
    setName('')
  }
  const remove = (gone: string): void => {
    const { [gone]: _, ...rest } = map
    edited.preview(undefined)
    set(Object.keys(rest).length > 0 ? rest : undefined)
  }
  return (
    <Section title={t('inputs')}>
      {problem && <p className="sx-field-problem">{problem}</p>}
      {inputs.map((input) => (
        <div key={input} className="sx-experiment-input">
          <SourceField path={['inputs', input]} label={input} />
          <IconButton icon="trash" label={t('removeInput', { name: input })} onClick={() => remove(input)} />
        </div>
      ))}
      <div className="sx-experiment-source">
        <TextInput
          mono
          value={name}
          aria-label={t('inputName')}
          placeholder={t('inputName')}
          onChange={({ target }) => setName(target.value)}
          onKeyDown={({ key }) => key === 'Enter' && name.trim() !== '' && add()}
        />
        <Button icon="add" disabled={name.trim() === '' || Object.hasOwn(map, name.trim())} onClick={add}>
          {t('addInput')}
        </Button>
      </div>
    </Section>
  )
}
