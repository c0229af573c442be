import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { EXPERIMENT_WORDS, experimentDetail } from '../sidebar/experiment-words.ts'
import { byRecency, withExperiment } from '../sidebar/model.ts'
import { Button } from '../ui/button.tsx'
import { useHost } from '../ui/host-context.ts'
import { StateBadge } from '../ui/state-badge.tsx'
import { useEvents, useQuery } from '../ui/use-client.ts'
import { Ago } from '../view/ago.tsx'
import { Section } from '../view/section.tsx'
import { EDITOR } from './text.ts'

const SHOWN = 10

/** What was run of this file, the newest first. */
export function PastExperiments({ path }: { path: string }): ReactNode {
  const host = useHost()
  const t = useText(EDITOR)
  const words = useText(EXPERIMENT_WORDS)
  const query = useQuery('experiments.list', {})
  useEvents((event) => {
    if (event.type === 'experiment') query.update((all) => withExperiment(all, event.experiment, event.gone))
  })
  const mine = query.data && byRecency(query.data, (one) => one.createdAt).filter((one) => one.path === path)
  if (!mine) return null
  return (
    <Section title={t('past')}>
      {mine.length === 0 && <p className="sx-dim">{t('noPast')}</p>}
      <ul className="sx-experiment-past">
        {mine.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <StateBadge state={one.state} />
            <Button kind="link" onClick={() => host.openView({ view: 'experiment', id: one.id })}>
              {one.id}
            </Button>
            <span className="sx-dim">
              {experimentDetail(one, words).join(' · ')} · <Ago iso={one.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
