import * as z from 'zod'

/** A place that a message points at; the panels make a link of it. */
export const Place = z.object({
  /** Absolute path of a file on the backend's machine. */
  path: z.string().optional(),
  /** 1-based. */
  line: z.int().min(1).optional(),
  /** 1-based. */
  column: z.int().min(1).optional(),
  runId: z.string().optional(),
  nodeId: z.string().optional(),
  attempt: z.int().optional(),
  /** Path inside a document, like `nodes.train.inputs.data`. */
  field: z.string().optional(),
})
export type Place = z.infer<typeof Place>

/** Something the user can do next; the panels make a button of it. `kind` names a command each host knows. */
export const NextAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open'), label: z.string(), place: Place }),
  z.object({ kind: z.literal('show-log'), label: z.string(), place: Place }),
  z.object({
    kind: z.literal('add-requirement'),
    label: z.string(),
    requirement: z.string(),
    path: z.string(),
    runId: z.string().optional(),
  }),
  z.object({ kind: z.literal('continue'), label: z.string(), runId: z.string() }),
  z.object({ kind: z.literal('edit-parameter'), label: z.string(), place: Place, name: z.string() }),
  z.object({ kind: z.literal('package'), label: z.string(), path: z.string() }),
  z.object({ kind: z.literal('write-dockerfile'), label: z.string(), path: z.string() }),
  z.object({ kind: z.literal('write-environment'), label: z.string(), path: z.string() }),
  z.object({ kind: z.literal('run-command'), label: z.string(), command: z.string() }),
])
export type NextAction = z.infer<typeof NextAction>

/** Every error code of the product; one word means one thing in the API, the CLI, the panels and the docs. */
export const ERROR_CODES = [
  'bad-request',
  'not-found',
  'conflict',
  'forbidden',
  'unauthorized',
  'too-large',
  'internal',
  'unavailable',
  'read-only',
  'bad-yaml',
  'bad-module',
  'bad-workflow',
  'bad-experiment',
  'bad-space',
  'bad-name',
  'bad-start-command',
  'bad-notebook',
  'unknown-module',
  'unknown-version',
  'unknown-artifact',
  'unknown-parameter',
  'missing-parameter',
  'bad-parameter',
  'missing-input',
  'cycle',
  'unknown-node',
  'unknown-port',
  'port-type',
  'duplicate-source',
  'version-exists',
  'path-outside',
  'no-such-file',
  'disk-full',
  'no-network',
  'no-python',
  'no-environment',
  'cannot-run-here',
  'command-failed',
  'missing-import',
  'missing-output',
  'out-of-memory',
  'timed-out',
] as const
export const ErrorCode = z.enum(ERROR_CODES)
export type ErrorCode = z.infer<typeof ErrorCode>

/** The one shape of an error on the wire, in run records and in `--json` output: what, where, why, what to do. */
export const ErrorBody = z.object({
  code: ErrorCode,
  /** What happened, in plain words, naming the object. */
  message: z.string(),
  where: Place.optional(),
  /** Evidence: the parser's words, the last log line. */
  cause: z.string().optional(),
  next: z.array(NextAction).optional(),
  /** Further findings of the same check, e.g. every problem of a workflow. */
  details: z.array(z.object({ code: ErrorCode, message: z.string(), where: Place.optional() })).optional(),
  requestId: z.string().optional(),
})
export type ErrorBody = z.infer<typeof ErrorBody>

/** A finding in a document: shown on the canvas, in text views and by the CLI. */
export const Problem = z.object({
  severity: z.enum(['error', 'warning']),
  code: ErrorCode.or(z.enum(['unused-parameter', 'unused-input', 'newer-version', 'mutable-base'])),
  message: z.string(),
  where: Place.optional(),
  next: z.array(NextAction).optional(),
})
export type Problem = z.infer<typeof Problem>
