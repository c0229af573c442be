/** What a key event tells; the part of KeyboardEvent that matters here. */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/**
 * Keys are written like `Mod+Shift+Z`, `Alt+ArrowUp`, `a`, `?`. `Mod` is Cmd on a Mac and Ctrl elsewhere. A printed sign
 * such as `?` or `+` is taken as typed, whatever keys make it.
 */
export function matchesKeys(event: KeyPress, keys: string, mac: boolean): boolean {
  const parts = keys === '+' ? ['+'] : keys.split('+')
  const key = parts.at(-1) ?? ''
  const has = (name: string): boolean => parts.slice(0, -1).includes(name)
  const sign = key.length === 1 && !/[a-z0-9]/i.test(key)
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    (mac ? event.metaKey : event.ctrlKey) === has('Mod') &&
    (mac ? event.ctrlKey : event.metaKey) === false &&
    event.altKey === has('Alt') &&
    (sign || event.shiftKey === has('Shift'))
  )
}

const NAMES: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Delete: 'Del',
  Escape: 'Esc',
}

/** Keys as the user's keyboard prints them. */
export function showKeys(keys: string, mac: boolean): string {
  if (keys === '+') return '+'
  return keys
    .split('+')
    .map((part) => {
      if (part === 'Mod') return mac ? '⌘' : 'Ctrl'
      if (part === 'Shift') return mac ? '⇧' : 'Shift'
      if (part === 'Alt') return mac ? '⌥' : 'Alt'
      return NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part)
    })
    .join(mac ? '' : '+')
}

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent)
