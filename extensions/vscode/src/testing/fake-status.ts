export interface FakeStatusItem {
  text: string
  visible: boolean
  command?: unknown
}

/** An item of the status bar; it is in `items` until it is disposed. */
export function statusItem(items: Set<FakeStatusItem>): FakeStatusItem {
  const item = {
    text: '',
    visible: false,
    show: () => Object.assign(item, { visible: true }),
    hide: () => Object.assign(item, { visible: false }),
    dispose: () => items.delete(item),
  }
  items.add(item)
  return item
}
