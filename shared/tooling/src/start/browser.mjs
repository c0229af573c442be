import { spawn } from 'node:child_process'

/**
 * Opens the page in the person's browser, where there is a screen.
 * @param {string} url
 */
export function openBrowser(url) {
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open'
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return
  const child = spawn(command, [url], { detached: true, stdio: 'ignore' })
  child.once('error', () => {})
  child.unref()
}
