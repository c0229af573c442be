import type { ReactNode } from 'react'
import { ACTIONS, type ActionGroup } from './actions.ts'
import { useCanvas } from './canvas.ts'
import { isMac, showKeys } from './keys.ts'
import { OverlayBox } from './overlay-box.tsx'

const GROUPS: { group: ActionGroup; title: 'groupEdit' | 'groupMove' | 'groupView' | 'groupRun' }[] = [
  { group: 'edit', title: 'groupEdit' },
  { group: 'move', title: 'groupMove' },
  { group: 'view', title: 'groupView' },
  { group: 'run', title: 'groupRun' },
]

/** All keys of the canvas, out of the same list that makes them work. */
export function ShortcutSheet(): ReactNode {
  const { t } = useCanvas()
  const mac = isMac()
  return (
    <OverlayBox title={t('keys')} wide>
      <div className="sx-keys">
        {GROUPS.map(({ group, title }) => (
          <section key={group}>
            <h3>{t(title)}</h3>
            <dl>
              {ACTIONS.filter((action) => action.group === group && action.keys).map((action) => (
                <div key={action.id} className="sx-keys-row">
                  <dt>{t(action.label)}</dt>
                  <dd>
                    {action.keys?.map((keys) => (
                      <kbd key={keys}>{showKeys(keys, mac)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </OverlayBox>
  )
}
