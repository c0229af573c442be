import { Dialog, Notification, showDialog } from '@jupyterlab/apputils'
import type { IDocumentManager } from '@jupyterlab/docmanager'
import { FileDialog } from '@jupyterlab/filebrowser'
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation'
import { Widget } from '@lumino/widgets'
import type { NextAction } from '@secxops/protocol/errors'

/** One line of text that is checked while it is typed; null when left. */
export async function promptText(
  trans: TranslationBundle,
  options: { title: string; label: string; value?: string; check?(value: string): string | undefined },
): Promise<string | null> {
  const body = new LineEditor(options)
  const dialog = new LineDialog(options.title, body, {
    cancel: Dialog.cancelButton({ label: trans.__('Cancel') }),
    ok: Dialog.okButton({ label: trans.__('OK') }),
  })
  const result = await dialog.launch()
  return result.button.accept ? result.value : null
}

/** Asks before something irreversible; with `typed` the name has to be typed. */
export async function confirm(
  trans: TranslationBundle,
  options: { title: string; message: string; action: string; typed?: string },
): Promise<boolean> {
  const { typed } = options
  if (typed !== undefined) {
    const label = `${options.message} ${trans.__('Type %1 to go on.', typed)}`
    const check = (value: string): string | undefined => (value === typed ? undefined : '')
    return (await promptText(trans, { title: options.title, label, check })) !== null
  }
  const result = await showDialog({
    title: options.title,
    body: options.message,
    buttons: [Dialog.cancelButton({ label: trans.__('Cancel') }), Dialog.warnButton({ label: options.action })],
  })
  return result.button.accept
}

/** Contents path of a file or folder that the user chose; null when left. */
export async function pickPath(
  manager: IDocumentManager,
  translator: ITranslator,
  options: { title: string; folder?: boolean },
): Promise<string | null> {
  // The name of a command that asks for more ends with an ellipsis; what it asks does not.
  const shared = { manager, translator, title: options.title.replace(/…$/, '') }
  const result = options.folder ? await FileDialog.getExistingDirectory(shared) : await FileDialog.getOpenFiles(shared)
  return result.button.accept ? (result.value?.[0]?.path ?? null) : null
}

/** A note at the edge; errors stay until they are closed. */
export function notify(
  level: 'info' | 'warning' | 'error',
  message: string,
  actions: NextAction[],
  act: (action: NextAction) => void,
): void {
  Notification.emit(message, level, {
    autoClose: level === 'error' || actions.length > 0 ? false : 5000,
    actions: actions.map((action) => ({ label: action.label, callback: () => act(action) })),
  })
}

/** Stays open, with the text in it, for as long as the text is not accepted: Enter then does as little as the disabled OK. */
class LineDialog extends Dialog<string> {
  readonly #editor: LineEditor

  constructor(title: string, editor: LineEditor, { cancel, ok }: Record<'cancel' | 'ok', Dialog.IButton>) {
    super({ title, body: editor, focusNodeSelector: 'input', buttons: [cancel, ok] })
    this.#editor = editor
    editor.accepts = (accepted) => {
      const button = this.node.querySelector<HTMLButtonElement>('.jp-mod-accept')
      if (button) button.disabled = !accepted
    }
    editor.check()
  }

  override resolve(index?: number): void {
    if (index === 0 || this.#editor.problem() === undefined) super.resolve(index)
  }
}

class LineEditor extends Widget {
  accepts: (ok: boolean) => void = () => undefined
  readonly #input = document.createElement('input')
  readonly #hint = document.createElement('div')
  readonly #check: (value: string) => string | undefined
  /** Before the first letter what is wanted is said, but nothing is wrong yet. */
  #touched = false

  constructor(options: { label: string; value?: string; check?(value: string): string | undefined }) {
    super()
    this.#check = options.check ?? (() => undefined)
    const label = document.createElement('label')
    label.className = 'secxops-line'
    label.textContent = options.label
    this.#input.value = options.value ?? ''
    this.#input.className = 'jp-mod-styled'
    this.#hint.className = 'secxops-hint'
    this.#hint.setAttribute('role', 'status')
    this.#input.addEventListener('input', () => {
      this.#touched = true
      this.check()
    })
    label.append(this.#input)
    this.node.append(label, this.#hint)
  }

  getValue(): string {
    return this.#input.value
  }

  problem(): string | undefined {
    return this.#check(this.#input.value)
  }

  check(): void {
    const problem = this.problem()
    this.#hint.textContent = problem ?? ''
    this.#input.setAttribute('aria-invalid', String(this.#touched && problem !== undefined))
    this.accepts(problem === undefined)
  }
}
