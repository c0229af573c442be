import type { Widget } from '@lumino/widgets'

/** Marks a tab whose view gives its place to the next one. */
const SLANTED = 'secxops-preview'

/**
 * The one view that is only looked at: the next such view takes its place, so that looking through a list does not fill the tab bar.
 * A double click on its tab keeps it, as in other editors.
 */
export class PreviewTab {
  #widget: Widget | undefined

  /** `kept` is called when the user keeps a view. */
  constructor(kept: (widget: Widget) => void) {
    document.addEventListener('dblclick', ({ target }) => {
      const tab = target instanceof Element ? target.closest<HTMLElement>('.lm-TabBar-tab') : null
      const widget = this.#widget
      if (!widget || tab?.dataset.id !== widget.id) return
      this.keep(widget)
      kept(widget)
    })
  }

  is(widget: Widget): boolean {
    return this.#widget === widget
  }

  /** Makes a view the preview and answers the one whose place it takes. */
  replace(widget: Widget): Widget | undefined {
    const before = this.#widget
    this.#widget = widget
    widget.title.className = SLANTED
    widget.disposed.connect(() => this.keep(widget))
    return before
  }

  /** The view stays until it is closed. */
  keep(widget: Widget): void {
    if (!this.is(widget)) return
    this.#widget = undefined
    if (!widget.isDisposed) widget.title.className = ''
  }
}
