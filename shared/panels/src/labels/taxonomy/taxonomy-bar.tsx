import { TAXONOMY_FORMATS } from '@secxops/protocol/label-words'
import type { TaxonomyFormat } from '@secxops/protocol/labels'
import { type ReactNode, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ErrorView } from '../../ui/error-view.tsx'
import { Banner } from '../../ui/feedback.tsx'
import { Checkbox, Field, TextInput } from '../../ui/field.tsx'
import { useHost } from '../../ui/host-context.ts'
import { Menu } from '../../ui/menu.tsx'
import { useAction } from '../../view/use-action.ts'
import { plainLine } from '../marked.ts'
import { LABELS } from '../text.ts'
import { TAXONOMY } from './text.ts'
import type { TreeEdits } from './use-tree-edits.ts'
import type { TreeImport } from './use-tree-import.ts'

/** Finds in the tree, and does what concerns all of it. */
export function TaxonomyBar({
  base,
  text,
  setText,
  weak,
  onlyWeak,
  setOnlyWeak,
  edits,
  files,
}: {
  base: string
  text: string
  setText(text: string): void
  /** Labels that are thin or at odds. */
  weak: number
  onlyWeak: boolean
  setOnlyWeak(only: boolean): void
  edits: TreeEdits
  files: TreeImport
}): ReactNode {
  const host = useHost()
  const t = useText(TAXONOMY)
  const labels = useText(LABELS)
  const action = useAction()
  const { changes } = edits
  const [menu, setMenu] = useState<{ x: number; y: number }>()
  const params = { base }
  const copyAs = (format: TaxonomyFormat): void =>
    action.run(async () => {
      const { text } = await host.client.call('labels.taxonomy.export', { params, query: { format } })
      host.copy(text)
      host.notify('info', t('copied', { format: t(format) }))
    })
  return (
    <>
      <div className="sx-bar">
        <TextInput
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setText('')}
        />
        {weak > 0 && (
          <span title={t('weak', { n: weak })}>
            <Field label={`${t('onlyWeak')} (${weak.toLocaleString()})`} inline>
              <Checkbox checked={onlyWeak} onChange={(event) => setOnlyWeak(event.target.checked)} />
            </Field>
          </span>
        )}
        <span className="sx-view-space" />
        <IconButton
          icon="undo"
          label={labels('undo')}
          title={changes.undoes === undefined ? labels('undo') : `${labels('undo')}: ${changes.undoes}`}
          disabled={changes.undoes === undefined || changes.action.busy}
          onClick={changes.undo}
        />
        <IconButton
          icon="redo"
          label={labels('redo')}
          title={changes.redoes === undefined ? labels('redo') : `${labels('redo')}: ${changes.redoes}`}
          disabled={changes.redoes === undefined || changes.action.busy}
          onClick={changes.redo}
        />
        <Button icon="add" onClick={() => edits.add(undefined)}>
          {t('add')}
        </Button>
        <Button icon="upload" onClick={files.pick}>
          {t('import')}
        </Button>
        <Button
          icon="copy"
          aria-haspopup="menu"
          onClick={(event) => {
            const { left, bottom } = event.currentTarget.getBoundingClientRect()
            setMenu({ x: left, y: bottom })
          }}
        >
          {t('export')}
        </Button>
      </div>
      {action.error && <ErrorView error={action.error} />}
      {files.warnings.length > 0 && (
        <Banner level="warning" onClose={files.forget}>
          {t('warnings', { n: files.warnings.length })}: {files.warnings.slice(0, 5).map(plainLine).join(' · ')}
        </Banner>
      )}
      {menu && (
        <Menu
          {...menu}
          label={t('export')}
          onClose={() => setMenu(undefined)}
          items={TAXONOMY_FORMATS.map((format) => ({ id: format, label: t(format), run: () => copyAs(format) }))}
        />
      )}
    </>
  )
}
