import type { Inspection } from '@secxops/protocol/inspect'
import type { ReactNode } from 'react'
import { formatBytes } from '../i18n/format.ts'
import { useText } from '../i18n/text.ts'
import { keyed } from '../view/keyed.ts'
import { Scroll } from '../view/scroll.tsx'
import { Section } from '../view/section.tsx'
import { PACKAGE } from './text.ts'

/** Files drawn at most; the sum counts all. */
const LISTED = 200

/** Files that travel with the module. */
export function Files({ inspection }: { inspection: Inspection }): ReactNode {
  const t = useText(PACKAGE)
  const { files, size } = inspection
  return (
    <Section
      title={t('files')}
      aside={<span className="sx-dim">{t('filesSummary', { n: files.length, size: formatBytes(size) })}</span>}
    >
      <Scroll label={t('files')} className="sx-short">
        <table className="sx-table">
          <tbody>
            {files.slice(0, LISTED).map((file) => (
              <tr key={file.path}>
                <td>
                  <code>{file.path}</code>
                </td>
                <td className="sx-number">{formatBytes(file.size)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}

/** The Dockerfile, each line with its reason; or the user's own as it is. */
export function Dockerfile({ inspection, action }: { inspection: Inspection; action: ReactNode }): ReactNode {
  const t = useText(PACKAGE)
  const { exists, lines } = inspection.dockerfile
  return (
    <Section title={t('dockerfile')} aside={!exists && action}>
      <p className="sx-dim">{exists ? t('dockerTaken') : t('dockerNew')}</p>
      <Scroll label={t('dockerfile')} className="sx-dockerfile">
        <table className="sx-table sx-table-wrap">
          <thead>
            <tr>
              <th scope="col">{t('line')}</th>
              {!exists && <th scope="col">{t('reason')}</th>}
            </tr>
          </thead>
          <tbody>
            {keyed(lines).map(({ key, item }) => (
              <tr key={key}>
                <td>
                  <code>{item.text}</code>
                </td>
                {!exists && <td className="sx-dim">{item.reason}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  )
}
