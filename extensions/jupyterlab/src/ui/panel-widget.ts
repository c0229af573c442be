import type { Message } from '@lumino/messaging'
import { Widget } from '@lumino/widgets'

/** Where the focus goes in a panel that does not say so itself. */
const FOCUSABLE = '[tabindex="0"], button:not([disabled]), input:not([disabled])'

/** Texts of a {@link PanelWidget}. */
export interface PanelWords {
  loading: string
  failed: string
  retry: string
}

/** What a panel hands back when it is mounted. */
export interface Mounted {
  dispose(): void
  focus?(): void
}

/**
 * A widget whose content is a panel that is loaded when the widget is first attached. `mount` loads and mounts it; where
 * that fails, the widget says so and offers to try again.
 */
export class PanelWidget extends Widget {
  readonly #mount: (element: HTMLElement) => Promise<Mounted>
  readonly #words: PanelWords
  #mounted: Mounted | undefined
  #started = false

  constructor(mount: (element: HTMLElement) => Promise<Mounted>, words: PanelWords) {
    super()
    this.#mount = mount
    this.#words = words
    this.addClass('secxops-panel')
    this.node.tabIndex = -1
  }

  override dispose(): void {
    if (this.isDisposed) return
    this.#mounted?.dispose()
    this.#mounted = undefined
    super.dispose()
  }

  /** Shows the panel afresh, e.g. after the reason it could not be shown is gone. */
  remount(): void {
    // Not attached yet: it will be mounted then.
    if (!this.#started) return
    this.#mounted?.dispose()
    this.#mounted = undefined
    this.node.replaceChildren()
    void this.#start()
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message)
    if (this.#started) return
    this.#started = true
    void this.#start()
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message)
    if (this.#mounted?.focus) this.#mounted.focus()
    else (this.node.querySelector<HTMLElement>(FOCUSABLE) ?? this.node).focus()
  }

  async #start(): Promise<void> {
    const element = document.createElement('div')
    element.style.height = '100%'
    const loading = shape(this.#words.loading)
    this.node.replaceChildren(loading, element)
    try {
      const mounted = await this.#mount(element)
      loading.remove()
      if (this.isDisposed || element.parentNode !== this.node) mounted.dispose()
      else this.#mounted = mounted
    } catch (error) {
      console.error(error)
      this.node.replaceChildren(notice(this.#words.failed, String(error), this.#words.retry, () => this.remount()))
    }
  }
}

/** What a panel will look like, while it is loaded: its head, its tools, its content. */
function shape(label: string): HTMLElement {
  const box = document.createElement('div')
  box.className = 'secxops-loading'
  box.setAttribute('role', 'status')
  box.setAttribute('aria-label', label)
  box.append(...[0, 1, 2].map(() => document.createElement('div')))
  return box
}

/** A message in place of a panel: what happened, evidence, and one button. */
export function notice(message: string, cause: string | undefined, action: string, onAction: () => void): HTMLElement {
  const box = document.createElement('div')
  box.className = 'secxops-notice'
  box.setAttribute('role', 'alert')
  const text = document.createElement('p')
  text.textContent = message
  box.append(text)
  if (cause) {
    const evidence = document.createElement('pre')
    evidence.textContent = cause
    box.append(evidence)
  }
  const button = document.createElement('button')
  button.className = 'jp-mod-styled jp-mod-accept'
  button.textContent = action
  button.addEventListener('click', onAction)
  box.append(button)
  return box
}
