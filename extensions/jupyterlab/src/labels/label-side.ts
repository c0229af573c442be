import type { JupyterFrontEnd } from '@jupyterlab/application'
import type { TranslationBundle } from '@jupyterlab/translation'
import type { MountedLabel } from '@secxops/panels/labels/label/mount.tsx'
import type { LabelTask } from '@secxops/panels/labels/label/task'
import type { ISecxops } from '../token.ts'
import { labelIcon } from '../ui/icons.ts'
import { PanelWidget } from '../ui/panel-widget.ts'

/** "Label this text" in the right side area: one panel, which takes one text after the other. */
export class LabelSide {
  readonly #app: JupyterFrontEnd
  readonly #secxops: ISecxops
  readonly #trans: TranslationBundle
  #widget: PanelWidget | undefined
  #mounted: MountedLabel | undefined
  #task: LabelTask = {}
  /** Tab that Escape goes back to. */
  #from: string | undefined

  constructor(app: JupyterFrontEnd, secxops: ISecxops, trans: TranslationBundle) {
    this.#app = app
    this.#secxops = secxops
    this.#trans = trans
  }

  /** Gives the panel a text and the keyboard. */
  show(task: LabelTask): void {
    const { shell } = this.#app
    this.#task = task
    this.#from = shell.currentWidget?.id
    this.#mounted?.show(task)
    this.#widget ??= this.#create()
    if (!this.#widget.isAttached) shell.add(this.#widget, 'right', { rank: 900, type: 'SecXOps' })
    shell.activateById(this.#widget.id)
  }

  #create(): PanelWidget {
    const trans = this.#trans
    const widget = new PanelWidget(
      async (element) => {
        const [{ mountLabel }, host] = await Promise.all([
          import('@secxops/panels/labels/label/mount.tsx'),
          this.#secxops.host('label'),
        ])
        const mounted = mountLabel(element, { host, ...this.#task })
        this.#mounted = mounted
        mounted.focus()
        return mounted
      },
      {
        loading: trans.__('Loading…'),
        failed: trans.__('This view could not be loaded.'),
        retry: trans.__('Try again'),
      },
    )
    widget.id = 'secxops-label'
    widget.title.icon = labelIcon
    widget.title.caption = trans.__('SecXOps labels')
    widget.node.setAttribute('role', 'region')
    widget.node.setAttribute('aria-label', trans.__('SecXOps labels'))
    widget.node.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented || this.#from === undefined) return
      event.preventDefault()
      this.#app.shell.activateById(this.#from)
    })
    return widget
  }
}
