import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Failure } from '../setup/failure.mjs'
import { ROOT } from '../setup/paths.mjs'

const HELP = `npm start -- [options]
  --editor NAME   jupyterlab (default) or vscode: the one on PATH, else VS Code in the browser
  --dir FOLDER    working folder (default: workspace in the repository; made with the example projects)
  --port N        port of the editor on 127.0.0.1 (default: 8888)
  --no-browser    do not open a browser
  --help          this text`

/**
 * @typedef {{editor: 'jupyterlab' | 'vscode', directory: string, port: number, browser: boolean}} Options
 * @param {string[]} args
 * @returns {Options | undefined} nothing when the help was asked for and printed
 */
export function readOptions(args) {
  const { values, positionals } = parse(args)
  if (values.help) {
    console.log(HELP)
    return undefined
  }
  const port = Number(values.port ?? 8888)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Failure(
      `--port ${values.port} is not a port.`,
      'give a number from 1 to 65535, like `npm start -- --port 8890`',
    )
  if (positionals.length)
    throw new Failure(
      `\`${positionals[0]}\` is not an option.`,
      'write options after `--`: `npm start -- --dir FOLDER`',
    )
  // npm changes into the repository; the person's own folder is in INIT_CWD.
  const directory = values.dir ? resolve(process.env.INIT_CWD ?? process.cwd(), values.dir) : join(ROOT, 'workspace')
  return { editor: editorNamed(values.editor ?? 'jupyterlab'), directory, port, browser: !values['no-browser'] }
}

/**
 * @param {string} name
 * @returns {Options['editor']}
 */
function editorNamed(name) {
  if (name === 'jupyterlab' || name === 'vscode') return name
  throw new Failure(`--editor ${name} is not known.`, 'write `--editor jupyterlab` or `--editor vscode`')
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        editor: { type: 'string' },
        dir: { type: 'string' },
        port: { type: 'string' },
        'no-browser': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error), HELP)
  }
}
