import type { Inspection, Requirement } from '@secxops/protocol/inspect'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Field, TextArea } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { keyed } from '../view/keyed.ts'
import { Scroll } from '../view/scroll.tsx'
import { Section } from '../view/section.tsx'
import type { DraftEdit } from './draft.ts'
import { EvidenceLink } from './evidence.tsx'
import { PACKAGE } from './text.ts'

/** Imports and the distributions that provide them, and the requirements file made of it. */
export function Requirements({
  inspection,
  text,
  edit,
}: {
  inspection: Inspection
  text: string
  edit(edit: DraftEdit): void
}): ReactNode {
  const t = useText(PACKAGE)
  const { requirements, requirementsExists } = inspection
  return (
    <Section title={t('requirements')}>
      {requirements.length === 0 ? (
        <p className="sx-dim">{t('noRequirements')}</p>
      ) : (
        <Scroll label={t('requirements')} className="sx-short">
          <table className="sx-table sx-table-wrap">
            <thead>
              <tr>
                <th scope="col">{t('imports')}</th>
                <th scope="col">{t('distribution')}</th>
                <th scope="col">{t('foundAt')}</th>
              </tr>
            </thead>
            <tbody>
              {keyed(requirements).map(({ key, item }) => (
                <tr key={key}>
                  <td>
                    <code>{item.module}</code>
                  </td>
                  <td>
                    <Provider requirement={item} />
                  </td>
                  <td>
                    <EvidenceLink evidence={item.evidence} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <Field label={t('requirementsFile')} help={requirementsExists ? t('requirementsExists') : t('requirementsNew')}>
        <TextArea
          mono
          rows={Math.min(10, text.split('\n').length + 1)}
          value={text}
          onChange={(event) => edit({ type: 'requirements', text: event.target.value })}
        />
      </Field>
    </Section>
  )
}

function Provider({ requirement }: { requirement: Requirement }): ReactNode {
  const t = useText(PACKAGE)
  const { distribution, version, where } = requirement
  const uncertain = where === 'guessed' || where === 'unknown'
  return (
    <>
      {uncertain && (
        <span className="sx-finding-warning">
          <Icon name="warning" />
        </span>
      )}{' '}
      {distribution && <code>{version ? `${distribution}==${version}` : distribution}</code>}{' '}
      <span className="sx-dim">{t(where)}</span>
    </>
  )
}
