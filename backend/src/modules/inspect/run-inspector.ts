import { spawn } from 'node:child_process'
import { SecxopsError } from '@secxops/protocol/errors'
import { Parameter, ParameterValue, PortType } from '@secxops/protocol/module'
import * as z from 'zod'
import { assetPath } from '../../assets.ts'

/** `file`: the imported file that holds it, relative to the folder of the source; absent: the source itself. */
const place = { file: z.string().optional(), line: z.int().optional(), cell: z.int().optional() }

const FoundParameter = z.object({
  name: z.string(),
  parameter: Parameter.extend({ default: ParameterValue.optional() }),
  /** papermill, argparse, click, typer, argv, shell or sdk. */
  via: z.string(),
  reason: z.string(),
  /** Word in front of the value, like `--lr`. */
  option: z.string().optional(),
  /** Order among the words without option. */
  positional: z.int().optional(),
  /** Words of a switch: when it is true, when it is false; "" is no word. */
  flags: z.tuple([z.string(), z.string()]).optional(),
  /** Environment variable of a shell script. */
  variable: z.string().optional(),
  ...place,
})
export type FoundParameter = z.infer<typeof FoundParameter>

const FoundPort = z.object({
  name: z.string(),
  port: z.object({
    type: PortType,
    path: z.string().optional(),
    required: z.boolean().optional(),
    description: z.string().optional(),
  }),
  /** sdk, parameter or file. */
  via: z.string(),
  reason: z.string(),
  ...place,
})
export type FoundPort = z.infer<typeof FoundPort>

/** What `backend/assets/inspector` prints. */
const Findings = z.object({
  kind: z.enum(['notebook', 'python', 'shell', 'folder']),
  /** Name of the source inside its folder; null when a folder has none that stands out. */
  entry: z.string().nullable(),
  entryReason: z.string().optional(),
  parameters: z.array(FoundParameter),
  /** Parameters whose value is a path: they became ports. */
  ports: z.record(z.string(), FoundParameter).optional(),
  inputs: z.array(FoundPort),
  outputs: z.array(FoundPort),
  imports: z.array(
    z.object({ module: z.string(), reason: z.string(), path: z.string().nullable().optional(), ...place }),
  ),
  /** Files beside the source that it needs, relative to its folder. */
  local: z.array(z.string()),
  /** Requirements that the user wrote for another tool. */
  known: z.object({ text: z.string(), from: z.string() }).nullable(),
  /** Command of a Dockerfile beside it. */
  command: z.array(z.string()).nullable(),
  /** A shell script that starts Python. */
  python: z.boolean().optional(),
  /** Shell that runs a script. */
  program: z.string().optional(),
  problems: z.array(z.object({ severity: z.enum(['error', 'warning']).optional(), message: z.string(), ...place })),
})
export type Findings = z.infer<typeof Findings>

const Answer = z.union([z.object({ bad: z.string(), line: z.int().optional(), column: z.int().optional() }), Findings])

/** Milliseconds and bytes that an inspection may take. */
const TIME_LIMIT = 30_000
const OUTPUT_LIMIT = 16 * 1_048_576

/** Lets `python` read the source at `path` (never running it) and answers what was found. Rejects with bad-notebook or bad-module. */
export async function runInspector(python: string, path: string, signal: AbortSignal): Promise<Findings> {
  const text = await runPython(python, ['-I', '-B', assetPath('inspector'), path], signal)
  const parsed = Answer.safeParse(JSON.parse(text))
  if (!parsed.success) throw new Error(`the inspector answered in another shape: ${parsed.error.message}`)
  if (!('bad' in parsed.data)) return parsed.data
  const { bad, line, column } = parsed.data
  throw new SecxopsError({
    code: path.endsWith('.ipynb') ? 'bad-notebook' : 'bad-module',
    message: bad,
    where: { path, ...(line ? { line } : {}), ...(column ? { column } : {}) },
    next: [{ kind: 'open', label: 'Open it', place: { path, ...(line ? { line } : {}) } }],
  })
}

/** Standard output of a Python process that is bounded in time and output. */
export function runPython(python: string, args: string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, args, {
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      timeout: TIME_LIMIT,
      killSignal: 'SIGKILL',
    })
    const chunks: Buffer[] = []
    let size = 0
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > OUTPUT_LIMIT) child.kill('SIGKILL')
      else chunks.push(chunk)
    })
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', (text: string) => {
      stderr = (stderr + text).slice(-4000)
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'))
      else
        reject(
          new SecxopsError({
            code: 'too-large',
            message:
              'The source could not be inspected: Python stopped before it was done. It is too large or nested too deeply.',
            cause: stderr.trim() || `exit code ${code}`,
          }),
        )
    })
  })
}
