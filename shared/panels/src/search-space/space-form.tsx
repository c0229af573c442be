import './search-space.css'
import type { TextOptions } from '@secxops/protocol/search-space/check-space'
import { gridSize } from '@secxops/protocol/search-space/grid-size'
import { allEntries, isCombined } from '@secxops/protocol/search-space/space'
import { type ReactNode, useState } from 'react'
import type { EditedText } from '../text-document/use-text-document.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/feedback.tsx'
import { EntryList } from './entry-list.tsx'
import { FromCode } from './from-code.tsx'
import { ProblemLines } from './problem-lines.tsx'
import { SpaceContext, useSpace, useSpaceForm } from './space-context.ts'
import { TunerFits } from './tuner-fits.tsx'

/** A search space as a form. `source`: code whose parameters are looked for (absolute path). */
export function SpaceForm({
  edited,
  options,
  source,
}: {
  edited: EditedText
  options: TextOptions
  source: string
}): ReactNode {
  const form = useSpaceForm(edited, options)
  return (
    <SpaceContext.Provider value={form}>
      <Parts source={source} />
    </SpaceContext.Provider>
  )
}

function Parts({ source }: { source: string }): ReactNode {
  const { check, t, valueAt } = useSpace()
  const [finding, setFinding] = useState(false)
  const { entries } = check
  if (entries.length === 0 && valueAt([]) === undefined && check.problems.some(({ range }) => range !== undefined))
    return <EmptyState icon="warning" text={t('broken')} />
  return (
    <div className="sx-space">
      <div className="sx-space-facts">
        <span>{t('parameters', { n: allEntries(entries).length })}</span>
        <GridFact />
        <Button icon="code" aria-expanded={finding} onClick={() => setFinding(!finding)}>
          {t('fromCode')}
        </Button>
      </div>
      {finding && <FromCode source={source} close={() => setFinding(false)} />}
      {entries.length === 0 ? <p className="sx-dim">{t('empty')}</p> : <ProblemLines path={[]} />}
      <EntryList into={[]} entries={entries} />
      {entries.length > 0 && check.space && <TunerFits />}
    </div>
  )
}

/** How many sets of parameters there are, or why they never end. */
function GridFact(): ReactNode {
  const { check, t } = useSpace()
  const { entries, space } = check
  if (entries.length > 0 && !space) return <span className="sx-dim">{t('mendFirst')}</span>
  if (entries.length === 0 || isCombined(entries[0] as (typeof entries)[number])) return null
  const { size, endless } = gridSize(entries)
  if (endless.length === 0)
    return <span className="sx-number">{t('grid', { size: new Intl.NumberFormat().format(size) })}</span>
  const names = endless.slice(0, 3).join(', ') + (endless.length > 3 ? '…' : '')
  return (
    <span className="sx-dim" title={t('gridEndlessWhy')}>
      {t('gridEndless', { names })}
    </span>
  )
}
