import type { ExperimentReport } from '@secxops/protocol/experiments'
import type { Json } from '@secxops/protocol/json'
import { type ReactNode, useMemo, useState } from 'react'
import { objectiveName } from '../experiment/data/columns.ts'
import { shortNumber } from '../experiment/data/short-number.ts'
import type { FoundProps } from '../experiment/found.ts'
import { FoundNotes } from '../experiment/found-notes.tsx'
import { EXPERIMENT } from '../experiment/text.ts'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import { reachable } from '../view/scroll.tsx'
import { Section } from '../view/section.tsx'
import { AlphaMap } from './alpha-map.tsx'
import { alphaTable } from './alpha-table.ts'
import { readArchitecture } from './architecture.ts'
import { bestTrials } from './best-trials.ts'
import { CellGraph } from './cell-graph.tsx'
import { heaviest } from './heaviest.ts'
import { NAS } from './text.ts'
import { TopTable } from './top-table.tsx'

const TOP = 10

/** What an architecture search has found so far: the architecture, how the weights came to it, the best trials. */
export function NasFound({ experiment, trials, reports, openTrial }: FoundProps): ReactNode {
  const t = useText(NAS)
  const word = useText(EXPERIMENT)
  const [chosen, setChosen] = useState<number>()
  const only = useMemo(() => reports.map(({ report }) => report), [reports])
  const table = useMemo(() => alphaTable(only.filter(isAlpha)), [only])
  const top = useMemo(() => bestTrials(trials, experiment.objective, TOP), [trials, experiment.objective])
  const oneShot = table.epochs.length > 0
  const notes = only.flatMap((report) => (report.kind === 'note' ? [report.text] : []))
  const picked = oneShot ? undefined : top.find(({ number }) => number === chosen)
  const found = only.findLast((report) => report.kind === 'architecture')
  const metric = objectiveName(experiment.objective, word('objective'))
  const scored = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : t('score', { name: metric, value: shortNumber(value) })
  const shown: Shown | undefined = picked
    ? { title: t('ofTrial', { n: picked.number }), note: scored(picked.final), choices: picked.parameters }
    : found
      ? {
          title: t('best'),
          note: scored(found.score) ?? (experiment.state === 'running' ? t('training') : undefined),
          choices: found.choices,
        }
      : oneShot
        ? { title: t('soFar'), note: t('searching'), choices: heaviest(table) }
        : top[0]
          ? { title: t('ofTrial', { n: top[0].number }), note: scored(top[0].final), choices: top[0].parameters }
          : undefined
  return (
    <div className="sx-found" {...reachable(t('best'))}>
      {shown ? <Shape {...shown} /> : <EmptyState icon="chart" text={t(isMultiTrial(trials) ? 'none' : 'noneYet')} />}
      {oneShot && <AlphaMap table={table} />}
      {!oneShot && top.length > 1 && (
        <TopTable
          trials={top}
          objective={metric}
          chosen={picked?.number ?? found?.trial ?? top[0]?.number}
          onChoose={setChosen}
          openTrial={openTrial}
        />
      )}
      <FoundNotes notes={notes} />
    </div>
  )
}

interface Shown {
  title: string
  note: string | undefined
  choices: Readonly<Record<string, Json>>
}

/** An architecture: its cells drawn, everything else as a table. */
function Shape({ title, note, choices }: Shown): ReactNode {
  const t = useText(NAS)
  const host = useHost()
  const { cells, plain } = useMemo(() => readArchitecture(choices), [choices])
  return (
    <Section
      title={title}
      aside={
        <>
          {note && <span className="sx-dim">{note}</span>}
          <IconButton icon="copy" label={t('copy')} onClick={() => host.copy(JSON.stringify(choices, null, 2))} />
        </>
      }
    >
      <div className="sx-nas-shape" {...reachable(title)}>
        {cells.map((cell) => (
          <CellGraph key={cell.name} cell={cell} />
        ))}
        {plain.length > 0 && (
          <table className="sx-table">
            <thead>
              <tr>
                <th scope="col">{t('choice')}</th>
                <th scope="col">{t('chosen')}</th>
              </tr>
            </thead>
            <tbody>
              {plain.map(({ label, value }) => (
                <tr key={label}>
                  <td>{label}</td>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Section>
  )
}

const isAlpha = (report: ExperimentReport): report is Extract<ExperimentReport, { kind: 'alpha' }> =>
  report.kind === 'alpha'

/** Trials of a one-shot search have no choices of their own. */
const isMultiTrial = (trials: FoundProps['trials']): boolean =>
  trials.some(({ trial }) => !('strategy' in trial.parameters))
