/** A page that got no answer says so in the editor's language as far as it is known; loading it again asks anew. */
export function showFailure(element: HTMLElement, error: unknown): void {
  const box = document.createElement('div')
  box.className = 'secxops-notice'
  box.setAttribute('role', 'alert')
  box.textContent = error instanceof Error ? error.message : String(error)
  element.replaceChildren(box)
}
