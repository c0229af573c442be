import { isMap } from '@secxops/protocol/json'
import { isCombined, SPACE_TYPES, type SpaceEntry, type SpaceType } from '@secxops/protocol/search-space/space'
import { type ReactNode, useState } from 'react'
import { Select } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Branches } from './branches.tsx'
import { ChoiceField } from './choice-field.tsx'
import { convertValues } from './convert.ts'
import { EntryDetails } from './entry-details.tsx'
import { EntryMenu } from './entry-menu.tsx'
import { Histogram } from './histogram.tsx'
import { KIND_ORDER } from './kinds.ts'
import { NameField } from './name-field.tsx'
import { NumberFields } from './number-fields.tsx'
import { ProblemLines } from './problem-lines.tsx'
import { useSpace } from './space-context.ts'
import type { Reorder } from './use-reorder.ts'

/** One parameter: its name, kind, values, what is drawn of it, and what is wrong with it. */
export function EntryRow({ entry, reorder }: { entry: SpaceEntry; reorder: Reorder }): ReactNode {
  const { t } = useSpace()
  const [open, setOpen] = useState(false)
  const { path, name, branches, sound } = entry
  const pictured = sound && !isCombined(entry)
  return (
    <div className="sx-space-entry" data-edge={reorder.edge(path)} {...reorder.row(path)}>
      <div className="sx-space-row">
        <button
          type="button"
          className="sx-space-handle"
          aria-label={t('move', { name })}
          title={t('move', { name })}
          {...reorder.handle(path)}
          onKeyDown={reorder.keys(path)}
        >
          <Icon name="grip" />
        </button>
        <NameField entry={entry} />
        <KindSelect entry={entry} />
        <div className="sx-space-values">
          {branches ? null : entry.type === 'choice' ? (
            <ChoiceField entry={entry} />
          ) : !SPACE_TYPES.some((type) => type === entry.type) ? null : (
            <NumberFields entry={entry} />
          )}
        </div>
        {pictured ? (
          <button
            type="button"
            className="sx-space-picture"
            aria-expanded={open}
            aria-label={t('details', { name })}
            onClick={() => setOpen(!open)}
          >
            <Histogram entry={entry} seed={0} width={120} height={24} />
          </button>
        ) : (
          <span className="sx-space-picture" />
        )}
        <EntryMenu entry={entry} reorder={reorder} />
      </div>
      <ProblemLines path={path} />
      {open && pictured && <EntryDetails entry={entry} />}
      {branches && <Branches entry={entry} branches={branches} />}
    </div>
  )
}

function KindSelect({ entry }: { entry: SpaceEntry }): ReactNode {
  const { t, edit, valueAt } = useSpace()
  const known = KIND_ORDER.some((kind) => kind === entry.type)
  const change = (type: SpaceType): void => {
    const written = valueAt(entry.path)
    const values = entry.branches ? null : entry.value
    // Keys of the entry that are not ours stay.
    const rest = isMap(written) ? written : {}
    edit([{ kind: 'set', path: entry.path, value: { ...rest, _type: type, _value: convertValues(values, type) } }])
  }
  return (
    <Select
      value={known ? entry.type : ''}
      aria-label={t('type', { name: entry.name })}
      title={known ? t(entry.type as SpaceType) : undefined}
      onChange={({ target }) => change(target.value as SpaceType)}
    >
      {!known && <option value="">{entry.type}</option>}
      {KIND_ORDER.filter((kind) => kind !== 'nested').map((kind) => (
        <option key={kind} value={kind} title={t(kind)}>
          {kind}
        </option>
      ))}
    </Select>
  )
}
