import type { ModuleFile } from '@secxops/protocol/module'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Checkbox, Field, TextInput } from '../ui/field.tsx'
import { Section } from '../view/section.tsx'
import { NumberCell } from './cells.tsx'
import type { DraftEdit } from './draft.ts'
import { PACKAGE } from './text.ts'

/** How the module runs: Python, resources, time, retries, reuse. Empty means the default. */
export function RunSettings({ module, edit }: { module: ModuleFile; edit(edit: DraftEdit): void }): ReactNode {
  const t = useText(PACKAGE)
  const { environment, resources } = module
  return (
    <Section title={t('running')}>
      <div className="sx-settings">
        <Field label={t('python')}>
          <TextInput
            value={environment?.python ?? ''}
            placeholder={t('example', { value: '3.11' })}
            onChange={(event) => edit({ type: 'environment', field: 'python', value: event.target.value })}
          />
        </Field>
        <Field label={t('cpu')}>
          <NumberCell
            label={t('cpu')}
            value={resources?.cpu}
            onChange={(value) => edit({ type: 'resource', field: 'cpu', value })}
          />
        </Field>
        <Field label={t('memory')}>
          <TextInput
            value={resources?.memory ?? ''}
            placeholder={t('example', { value: '1Gi' })}
            onChange={(event) => edit({ type: 'resource', field: 'memory', value: event.target.value })}
          />
        </Field>
        <Field label={t('gpu')}>
          <NumberCell
            label={t('gpu')}
            value={resources?.gpu}
            onChange={(value) => edit({ type: 'resource', field: 'gpu', value })}
          />
        </Field>
        <Field label={t('timeout')}>
          <TextInput
            value={module.timeout ?? ''}
            placeholder={t('example', { value: '1h' })}
            onChange={(event) => edit({ type: 'field', field: 'timeout', value: event.target.value })}
          />
        </Field>
        <Field label={t('retries')}>
          <NumberCell
            label={t('retries')}
            value={module.retries}
            placeholder="0"
            onChange={(value) => edit({ type: 'field', field: 'retries', value })}
          />
        </Field>
      </div>
      <Field label={t('cache')} inline>
        <Checkbox
          checked={module.cache !== false}
          onChange={(event) => edit({ type: 'field', field: 'cache', value: event.target.checked ? undefined : false })}
        />
      </Field>
    </Section>
  )
}
