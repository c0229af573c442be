import { codeServer } from './code-server.mjs'
import { desktop, desktopCode } from './desktop.mjs'
import { jupyterLab } from './jupyter.mjs'

/**
 * An editor that `npm start` can start.
 * @typedef {object} Editor
 * @property {string} name
 * @property {number} steps how many steps `setUp` reports
 * @property {(progress: import('../setup/progress.mjs').Progress, node: string) => Promise<void>} setUp brings what only this editor needs
 * @property {(options: StartOptions) => Started} start
 *
 * @typedef {{port: number, directory: string, env: NodeJS.ProcessEnv, node: string}} StartOptions
 *
 * @typedef {object} Started
 * @property {import('node:child_process').ChildProcess} child leader of a process group of its own
 * @property {string} url where the person finds it
 * @property {boolean} shown true when it has opened a window by itself
 * @property {(say: (line: string) => void) => Promise<void>} ready
 * @property {() => string[]} lastLines of its log
 */

/**
 * JupyterLab; or VS Code: the one on PATH where there is a screen for it, else VS Code in a browser.
 * @param {'jupyterlab' | 'vscode'} name
 * @param {boolean} window whether a window may be opened
 * @returns {Editor}
 */
export function editorFor(name, window) {
  if (name === 'jupyterlab') return jupyterLab
  const code = window ? desktopCode() : undefined
  return code ? desktop(code) : codeServer
}
