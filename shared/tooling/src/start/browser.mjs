import { spawn } from 'node:child_process'

/** True where a program can open a window. */
export const hasScreen = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/**
 * Opens the page in the person's browser, where there is a screen.
 * @param {string} url
 */
export function openBrowser(url) {
  if (!hasScreen()) return
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open'
  const child = spawn(command, [url], { detached: true, stdio: 'ignore' })
  child.once('error', () => {})
  child.unref()
}
