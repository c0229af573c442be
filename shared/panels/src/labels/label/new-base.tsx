import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorView } from '../../ui/error-view.tsx'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import { useHost } from '../../ui/host-context.ts'
import { isArtifactName } from '../../view/artifact-name.ts'
import { useAction } from '../../view/use-action.ts'
import { LABELS } from '../text.ts'
import { LABEL } from './text.ts'

/** Makes the first base: its name, and what it begins with. */
export function NewBase({ onCreated }: { onCreated(name: string): void }): ReactNode {
  const host = useHost()
  const t = useText(LABEL)
  const labels = useText(LABELS)
  const action = useAction()
  const [name, setName] = useState('')
  const [from, setFrom] = useState<'references' | 'taxonomy'>('references')
  const good = isArtifactName(name)
  const create = (path?: string): void =>
    action.run(async () => {
      await host.client.call('labels.bases.create', { body: { name } })
      onCreated(name)
      if (path === undefined) return
      const params = { base: name }
      if (from === 'references') await host.client.call('labels.references.import', { params, body: { path } })
      else await host.client.call('labels.taxonomy.import', { params, body: { path } })
      host.openView({ view: 'base', name, part: from })
    })
  const pick = (): void => {
    const title = t(from === 'references' ? 'fromReferences' : 'fromTaxonomy')
    void host.pickPath({ title }).then((path) => path !== null && create(path))
  }
  return (
    <form
      className="sx-label-entry"
      onSubmit={(event) => {
        event.preventDefault()
        if (good) pick()
      }}
    >
      <p>{t('noBase')}</p>
      <Field label={labels('createLabel')} problem={name === '' || good ? undefined : labels('badName')}>
        <TextInput value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('what')}>
        <Select
          value={from}
          onChange={(event) => setFrom(event.target.value === 'taxonomy' ? 'taxonomy' : 'references')}
        >
          <option value="references">{t('fromReferences')}</option>
          <option value="taxonomy">{t('fromTaxonomy')}</option>
        </Select>
      </Field>
      {action.error && <ErrorView error={action.error} />}
      <div className="sx-actions">
        <Button kind="primary" submit disabled={!good || action.busy}>
          {t('createAnd')}
        </Button>
        <Button disabled={!good || action.busy} onClick={() => create()}>
          {t('createEmpty')}
        </Button>
      </div>
    </form>
  )
}
