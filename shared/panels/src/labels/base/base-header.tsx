import type { BaseDetail } from '@secxops/protocol/labels'
import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorView } from '../../ui/error-view.tsx'
import { Banner } from '../../ui/feedback.tsx'
import { useHost } from '../../ui/host-context.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import { CopyLink } from '../../view/copy-link.tsx'
import { useAction } from '../../view/use-action.ts'
import { BaseStateBadge } from '../base-state.tsx'
import { LABELS } from '../text.ts'
import { BASE } from './text.ts'

/** What comes next: an empty base is filled, any other labels. */
const PRIMARY = { kind: 'primary' } as const

/** Name, state and size of a base, and what can be done with it. */
export function BaseHeader({
  base,
  onFile,
  onWrite,
}: {
  base: BaseDetail
  onFile(): void
  onWrite(): void
}): ReactNode {
  const host = useHost()
  const t = useText(BASE)
  const labels = useText(LABELS)
  const action = useAction()
  const [menu, setMenu] = useState<{ x: number; y: number }>()
  const [removed, setRemoved] = useState(false)
  const { name } = base
  const empty = base.state.state === 'empty'
  const params = { base: name }
  const importReferences = (): void =>
    action.run(async () => {
      const path = await host.pickPath({ title: t('importReferences') })
      if (path !== null) await host.client.call('labels.references.import', { params, body: { path } })
    })
  const learn = (): void =>
    action.run(async () => void (await host.client.call('labels.bases.learn', { params, body: {} })))
  const remove = (): void =>
    action.run(async () => {
      await host.client.call('labels.bases.remove', { params, body: { confirm: name } })
      setRemoved(true)
    })
  const restore = (): void =>
    action.run(async () => {
      await host.client.call('labels.bases.restore', { params, body: {} })
      setRemoved(false)
    })
  return (
    <header>
      <div className="sx-view-head">
        <Icon name="tag" label={labels('base')} />
        <h1>{name}</h1>
        <BaseStateBadge state={base.state} />
        <span className="sx-dim">
          {labels('referenceCount', { n: base.references })} · {labels('leafCount', { n: base.leaves })}
        </span>
        <span className="sx-view-space" />
        <div className="sx-actions">
          <CopyLink address={{ view: 'base', name }} />
          <Button {...(empty ? {} : PRIMARY)} icon="tag" disabled={removed || empty} onClick={onFile}>
            {t('labelFile')}
          </Button>
          <Button
            {...(empty ? PRIMARY : {})}
            icon="upload"
            disabled={removed || action.busy}
            onClick={importReferences}
          >
            {t('importReferences')}
          </Button>
          <IconButton
            icon="more"
            label={t('more')}
            aria-haspopup="menu"
            disabled={removed}
            onClick={(event) => {
              const { left, bottom } = event.currentTarget.getBoundingClientRect()
              setMenu({ x: left, y: bottom })
            }}
          />
        </div>
      </div>
      {action.error && <ErrorView error={action.error} />}
      {removed && (
        <Banner level="info" actions={[{ label: t('restore'), run: restore }]}>
          {t('removed', { name })}
        </Banner>
      )}
      {menu && (
        <Menu
          {...menu}
          label={t('more')}
          onClose={() => setMenu(undefined)}
          items={[
            { id: 'write', label: t('write'), icon: 'edit', run: onWrite },
            { id: 'learn', label: t('learn'), icon: 'refresh', run: learn },
            { id: 'remove', label: t('remove'), icon: 'trash', danger: true, separated: true, run: remove },
          ]}
        />
      )}
    </header>
  )
}
