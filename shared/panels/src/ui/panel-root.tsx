/// <reference path="../css.d.ts" />
import '../theme/tokens.css'
import './ui.css'
import { Component, type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import type { Host } from '../host.ts'
import { COMMON } from '../i18n/common.ts'
import { LocaleContext } from '../i18n/text.ts'
import { translator } from '../i18n/translate.ts'
import { Button } from './button.tsx'
import { errorBody } from './error-body.ts'
import { ErrorView } from './error-view.tsx'
import { HostContext } from './host-context.ts'

export interface Mounted {
  dispose(): void
}

/**
 * Shows a panel inside an element of the editor, with the host, its language and a net for unexpected errors. `show` gives the same panel
 * other properties.
 */
export function mountPanel(
  element: HTMLElement,
  host: Host,
  panel: ReactNode,
): Mounted & { show(panel: ReactNode): void } {
  element.classList.add('sx', 'sx-panel')
  const root = createRoot(element)
  const show = (panel: ReactNode): void =>
    root.render(
      <StrictMode>
        <HostContext.Provider value={host}>
          <LocaleContext.Provider value={host.locale}>
            <ErrorBoundary host={host}>{panel}</ErrorBoundary>
          </LocaleContext.Provider>
        </HostContext.Provider>
      </StrictMode>,
    )
  show(panel)
  return {
    show,
    dispose() {
      root.unmount()
      element.classList.remove('sx', 'sx-panel')
    },
  }
}

/** React offers this only as a class: what failed is told, and the panel can be shown again. */
class ErrorBoundary extends Component<{ host: Host; children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {}
  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }
  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children
    const t = translator(COMMON, this.props.host.locale)
    const body = errorBody(this.state.error)
    return (
      <div className="sx-crashed">
        <ErrorView error={{ ...body, message: t('crashed'), cause: body.message }} />
        <Button onClick={() => this.setState({ error: undefined })}>{t('reload')}</Button>
      </div>
    )
  }
}
