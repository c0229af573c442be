import type { BaseDetail } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { ErrorView } from '../../ui/error-view.tsx'
import { Banner } from '../../ui/feedback.tsx'
import { Ago } from '../../view/ago.tsx'
import { Facts, Section } from '../../view/section.tsx'
import { formatShare } from '../share.ts'
import { BASE } from './text.ts'

/** How a base makes its answers, and what to expect of them. */
export function About({ base }: { base: BaseDetail }): ReactNode {
  const t = useText(BASE)
  const { model, embedder, state, strategy } = base
  return (
    <Section title={t('about')}>
      {state.state === 'failed' && <ErrorView error={state.error} />}
      {base.selfLearning && <Banner level="warning">{t('selfLearning')}</Banner>}
      <Facts
        rows={[
          [t('description'), base.description],
          [t('strategy'), t(strategy)],
          [
            t('model'),
            model ? (
              <>
                {t('right', { share: formatShare(model.leftOutRight) })} · <Ago iso={model.madeAt} />
                {model.behind > 0 && ` · ${t('behind', { n: model.behind })}`}
              </>
            ) : (
              t('noModel')
            ),
          ],
          [
            t('embedder'),
            embedder.dimension === undefined
              ? embedder.model
              : t('dimensions', { model: embedder.model, n: embedder.dimension }),
          ],
          [t('created'), <Ago key="created" iso={base.createdAt} />],
        ]}
      />
    </Section>
  )
}
