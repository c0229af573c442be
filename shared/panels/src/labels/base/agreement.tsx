import type { LabelPath } from '@secxops/protocol/labels'
import type { ReactNode } from 'react'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/feedback.tsx'
import { useHost } from '../../ui/host-context.ts'
import { useQuery } from '../../ui/use-client.ts'
import { Loaded } from '../../view/loaded.tsx'
import { Scroll } from '../../view/scroll.tsx'
import { Section } from '../../view/section.tsx'
import { ChangeNote } from '../change-note.tsx'
import { levelName } from '../level-name.ts'
import { cut, plainLine } from '../marked.ts'
import { MarkedText } from '../marked-text.tsx'
import { formatShare } from '../share.ts'
import { LABELS } from '../text.ts'
import { SEPARATOR } from '../tree/walk.ts'
import { useChanges } from '../use-changes.ts'
import { BASE } from './text.ts'

/** How far people agree who labelled the same texts, and the texts on which they do not. */
export function Agreement({ base }: { base: string }): ReactNode {
  const { client } = useHost()
  const t = useText(BASE)
  const labels = useText(LABELS)
  const params = { base }
  const query = useQuery('labels.agreement', { params }, (event) => event.type === 'labels' && event.base === base)
  const changes = useChanges(base, query.refresh)
  const settle = (text: string, path: LabelPath): void =>
    changes.perform(labels('labelledAs', { path: plainLine(path.join(SEPARATOR)) }), () =>
      client.call('labels.accept', { params, body: { text, path } }),
    )
  return (
    <div className="sx-view-body">
      <ChangeNote changes={changes} />
      <Loaded query={query} rows={6}>
        {({ texts, people, levels, conflicts }) =>
          texts === 0 ? (
            <EmptyState icon="check" text={t('noAgreement')} />
          ) : (
            <>
              <Section title={t('agreement')}>
                <p className="sx-dim">
                  {t('agreementOf', { texts: t('textCount', { n: texts }), people: people.map(plainLine).join(', ') })}
                </p>
                <Scroll label={t('agreement')}>
                  <table className="sx-table">
                    <thead>
                      <tr>
                        <th scope="col">{t('level')}</th>
                        <th scope="col" className="sx-number">
                          {t('agree')}
                        </th>
                        <th scope="col" className="sx-number">
                          {t('alpha')}
                        </th>
                      </tr>
                    </thead>
                    <tbody>
                      {levels.map(({ level, agree, alpha }, index) => (
                        <tr key={level}>
                          <th scope="row">
                            {levelName(
                              levels.map((one) => one.level),
                              index,
                              labels,
                            )}
                          </th>
                          <td className="sx-number">{formatShare(agree)}</td>
                          <td className="sx-number">{alpha?.toFixed(2) ?? '–'}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Scroll>
              </Section>
              {conflicts.length > 0 && (
                <Section title={t('conflicts')}>
                  <ul className="sx-conflicts">
                    {conflicts.map(({ text, labels: given }) => (
                      <li key={text}>
                        <p className="sx-why-text">
                          <MarkedText text={cut(text, 300)} />
                        </p>
                        {given.map(({ path, by }) => (
                          <p key={`${by} ${path.join(SEPARATOR)}`} className="sx-conflict">
                            <span>
                              {plainLine(by)}: <MarkedText text={path.join(SEPARATOR)} />
                            </span>
                            <Button disabled={changes.action.busy} onClick={() => settle(text, path)}>
                              {t('settle', { name: plainLine(path.at(-1) ?? '') })}
                            </Button>
                          </p>
                        ))}
                      </li>
                    ))}
                  </ul>
                </Section>
              )}
            </>
          )
        }
      </Loaded>
    </div>
  )
}
