import { randomBytes } from 'node:crypto'
import { endCommands } from './setup/command.mjs'
import { printFailure } from './setup/failure.mjs'
import { ROOT } from './setup/paths.mjs'
import { Progress } from './setup/progress.mjs'
import { SETUP_STEPS, setUp } from './setup/setup.mjs'
import { needAlone, noteRunning, noteStopped } from './start/already.mjs'
import { startBackend } from './start/backend.mjs'
import { openBrowser } from './start/browser.mjs'
import { editorFor } from './start/editors.mjs'
import { readOptions } from './start/options.mjs'
import { needFree } from './start/port.mjs'
import { stopAll } from './start/stop.mjs'
import { surroundings } from './start/surroundings.mjs'
import { prepareWorkspace } from './start/workspace.mjs'

// `npm start`: from a fresh clone to JupyterLab or VS Code with SecXOps in it. Runs on Node ≥ 20 with nothing installed.

const PARENT_CHECK = 1000

/** @type {(Parameters<typeof stopAll>[0] & {name: string}) | undefined} */
let started
let stopping = false

/** @param {number} code */
async function stop(code) {
  if (stopping) return
  stopping = true
  endCommands()
  if (started) {
    console.log(`\nStopping: cancelling runs, ending ${started.name} …`)
    const clean = await stopAll(started)
    noteStopped()
    console.log(clean ? 'Stopped. Nothing is left running.' : 'Stopped, but some processes did not end; see above.')
  }
  process.exit(code)
}

/** A closed terminal or an ended npm counts as Ctrl-C. */
function listenForTheEnd() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => void stop(0))
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && void stop(0), PARENT_CHECK).unref()
  // A reader that has gone (a closed terminal) must not end us before everything is stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

/** @param {import('./start/options.mjs').Options} options */
async function main({ editor: wanted, directory, port, browser }) {
  await needAlone()
  await needFree(port)
  const begin = performance.now()
  const editor = editorFor(wanted, browser)
  const progress = new Progress(SETUP_STEPS + editor.steps + 2)
  const { node } = await setUp(progress)
  await editor.setUp(progress, node)
  const mark = randomBytes(8).toString('hex')
  const env = surroundings(mark, node)
  const examples = prepareWorkspace(directory)
  started = { node, env, mark, name: editor.name }
  await progress.step('backend', () => startBackend(node, env))
  const { child, url, shown, ready, lastLines } = editor.start({ port, directory, env, node })
  started.editor = child
  await progress.step(editor.name, ready)
  child.once('exit', (code) => {
    if (stopping) return
    console.error(`\n${[`${editor.name} has ended.`, ...lastLines()].join('\n')}`)
    void stop(code === 0 ? 0 : 1)
  })
  noteRunning(url)
  console.log(`\nWorking folder: ${directory}${examples ? ' (with the example projects)' : ''}`)
  console.log(`By hand: npx secxops runs    (in ${ROOT})`)
  console.log(`Up after ${((performance.now() - begin) / 1000).toFixed(1)} s. Ctrl-C stops everything.`)
  console.log(`Ready: ${url}`)
  if (browser && !shown) openBrowser(url)
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options) {
    listenForTheEnd()
    await main(options)
  }
} catch (error) {
  if (!stopping) {
    printFailure(error)
    await stop(1)
  }
}
