import '../view/view.css'
import './text-document.css'
import { type ReactNode, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../ui/button.tsx'
import { ConnectionBanner } from '../ui/connection-banner.tsx'
import { errorBody } from '../ui/error-body.ts'
import { Banner } from '../ui/feedback.tsx'
import { useHost } from '../ui/host-context.ts'
import type { Mark } from './code-pieces.ts'
import { documentKeys } from './document-keys.ts'
import { type DocumentProblem, ProblemRows } from './problem-rows.tsx'
import { TEXT_DOCUMENT } from './text.ts'
import { TextPane } from './text-pane.tsx'
import type { EditedText } from './use-text-document.ts'

type Mode = 'form' | 'split' | 'text'
const MODES: readonly Mode[] = ['form', 'split', 'text']

/** Below this width both sides have no room. */
const NARROW = 860

/**
 * A form and the text that it stands for, beside each other; what is typed into the form stays while only the text is shown. `actions`: what stands
 * at the left of the head, given the way to bring the form into sight; `inForm`: the form says itself what is wrong, so the list is there when it is
 * asked for.
 */
export function DocumentView({
  edited,
  problems,
  actions,
  inForm = false,
  children,
}: {
  edited: EditedText
  problems: readonly DocumentProblem[]
  actions?: (showForm: () => void) => ReactNode
  inForm?: boolean
  children: ReactNode
}): ReactNode {
  const host = useHost()
  const t = useText(TEXT_DOCUMENT)
  const { document, state } = edited
  const { mode, choose } = useMode()
  const [at, setAt] = useState<number>()
  const [asked, ask] = useState<boolean>()
  const told = asked ?? !(inForm && mode !== 'text')
  const marks = problems.flatMap(({ severity, message, range }): Mark[] =>
    range ? [{ ...range, severity, message }] : [],
  )
  const show = (problem: DocumentProblem): void => {
    if (problem.path !== undefined && problem.path !== state.path)
      host.openFile(problem.path, problem.line === undefined ? {} : { line: problem.line })
    else if (mode === 'form') document.openText(problem.line)
    else setAt(problem.range?.start)
  }
  return (
    <div className="sx-view" {...documentKeys(document, (error) => host.notify('error', errorBody(error).message))}>
      <ConnectionBanner />
      <div className="sx-document-head">
        {actions?.(() => mode === 'text' && flushSync(() => choose('form')))}
        <span className="sx-view-space" />
        <ProblemCount problems={problems} open={told} toggle={() => ask(!told)} />
        <fieldset className="sx-document-switch" aria-label={t('view')}>
          {MODES.map((one) => (
            <button key={one} type="button" aria-pressed={one === mode} onClick={() => choose(one)}>
              {t(one)}
            </button>
          ))}
        </fieldset>
        <IconButton icon="text" label={t('openText')} onClick={() => document.openText()} />
      </div>
      {state.conflict && <Banner level="warning">{t('conflict')}</Banner>}
      <div className="sx-document-body">
        <div className="sx-document-form" hidden={mode === 'text'}>
          {children}
        </div>
        {mode !== 'form' && (
          <div className="sx-document-text">
            <TextPane edited={edited} marks={marks} at={at} />
          </div>
        )}
      </div>
      {told && problems.length > 0 && <ProblemRows problems={problems} show={show} />}
    </div>
  )
}

/** Which sides are shown: as last chosen here, else as there is room. */
function useMode(): { mode: Mode; choose(mode: Mode): void } {
  const { state } = useHost()
  const [chosen, setChosen] = useState<Mode | undefined>(() => MODES.find((one) => one === modeOf(state.get())))
  const [wide, setWide] = useState(() => window.innerWidth >= NARROW)
  useEffect(() => {
    const look = (): void => setWide(window.innerWidth >= NARROW)
    window.addEventListener('resize', look)
    return () => window.removeEventListener('resize', look)
  }, [])
  return {
    mode: chosen ?? (wide ? 'split' : 'form'),
    choose(mode) {
      setChosen(mode)
      state.set({ ...(state.get() as object | undefined), mode })
    },
  }
}

const modeOf = (state: unknown): unknown =>
  typeof state === 'object' && state !== null && 'mode' in state ? state.mode : undefined

function ProblemCount({
  problems,
  open,
  toggle,
}: {
  problems: readonly DocumentProblem[]
  open: boolean
  toggle(): void
}): ReactNode {
  const t = useText(TEXT_DOCUMENT)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  if (problems.length === 0) return <span className="sx-dim">{t('noProblems')}</span>
  return (
    <button type="button" className="sx-button sx-button-link" aria-expanded={open} onClick={toggle}>
      <span className={errors > 0 ? 'sx-document-error' : 'sx-document-warning'}>
        {[
          ...(errors > 0 ? [t('errors', { n: errors })] : []),
          ...(warnings > 0 ? [t('warnings', { n: warnings })] : []),
        ].join(', ')}
      </span>
    </button>
  )
}
