import { type ReactNode, useMemo, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/feedback.tsx'
import { Scroll } from '../../view/scroll.tsx'
import { Section } from '../../view/section.tsx'
import { useTrials } from '../data/use-trials.ts'
import { usePage } from '../page-state.ts'
import { EXPERIMENT } from '../text.ts'
import { compareTrials } from './differences.ts'

/** Trials side by side at most. */
const SIDE_BY_SIDE = 12

/** Everything about some trials side by side; what differs stands out. */
export function CompareTrials(): ReactNode {
  const t = useText(EXPERIMENT)
  const { store, columns, all } = useTrials()
  const { compared, set } = usePage()
  const [onlyDifferent, setOnlyDifferent] = useState(false)
  const trials = useMemo(
    () => (all.length > 0 ? compared.flatMap((number) => store.trials.get(number) ?? []).slice(0, SIDE_BY_SIDE) : []),
    [store, all, compared],
  )
  const rows = useMemo(() => compareTrials(columns, trials), [columns, trials])
  const shown = onlyDifferent ? rows.filter(({ differs }) => differs) : rows
  return (
    <Section
      title={t('trials')}
      aside={
        trials.length > 1 && (
          <>
            <label className="sx-check">
              <input
                type="checkbox"
                className="sx-checkbox"
                checked={onlyDifferent}
                onChange={(event) => setOnlyDifferent(event.currentTarget.checked)}
              />
              {t('onlyDifferent')}
            </label>
            <Button kind="link" onClick={() => set({ part: 'curves' })}>
              {t('compareCurves')}
            </Button>
            {compared.length > SIDE_BY_SIDE && (
              <span className="sx-dim">{t('firstOf', { n: SIDE_BY_SIDE, all: compared.length })}</span>
            )}
          </>
        )
      }
    >
      {trials.length === 0 ? (
        <EmptyState text={t('compareHelp')} action={{ label: t('toTrials'), run: () => set({ part: 'trials' }) }} />
      ) : (
        <Scroll label={t('compare')}>
          <table className="sx-table sx-compared">
            <thead>
              <tr>
                <td />
                {trials.map(({ trial: { number } }) => (
                  <th key={number} scope="col">
                    <span className="sx-compared-head">
                      <Button kind="link" onClick={() => set({ trial: number })}>
                        {t('trialN', { n: String(number) })}
                      </Button>
                      <IconButton
                        icon="close"
                        label={t('leaveOut', { n: String(number) })}
                        onClick={() => set({ compared: compared.filter((one) => one !== number) })}
                      />
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ id, label, texts, differs, cells }) => (
                <tr key={id}>
                  <th scope="row" className="sx-dim">
                    {label}
                  </th>
                  {trials.map(({ trial: { number } }, at) => (
                    <td
                      key={number}
                      className={differs ? 'sx-cell sx-differs' : 'sx-cell'}
                      title={String(cells[at] ?? '')}
                    >
                      {texts[at]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Section>
  )
}
