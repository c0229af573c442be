import { InputDialog } from '@jupyterlab/apputils'
import type { Choose } from '@secxops/panels/labels/file-actions'

/** Asks by a dialog with a list. */
export const choose: Choose = async (title, items) => {
  const words = items.map(({ label, description }) => (description === '' ? label : `${label} (${description})`))
  const { value } = await InputDialog.getItem({ title, items: words })
  const at = value === null ? -1 : words.indexOf(value)
  return at < 0 ? undefined : at
}
