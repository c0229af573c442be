import * as z from 'zod'
import { TargetName } from './cluster.ts'
import { CLUSTER_API } from './cluster-api.ts'
import { DoctorReport } from './doctor.ts'
import { Problem } from './errors.ts'
import { EXPERIMENTS_API } from './experiments-api.ts'
import { ArgvPreview, Inspection, PublishCheck, Requirement, Values } from './inspect.ts'
import { LABELS_API } from './labels-api.ts'
import {
  ArtifactDetail,
  ArtifactKind,
  ArtifactSummary,
  ArtifactVersionInfo,
  KeptArtifact,
  KeptModule,
  ModuleSummary,
  ModuleVersionInfo,
  Preview,
} from './library.ts'
import { Duration, ModuleFile } from './module.ts'
import { ArtifactVersion, Identifier, ModuleRef, ModuleVersion, Name, NodeId } from './names.ts'
import { AbsolutePath } from './paths.ts'
import type { RouteName } from './routes.ts'
import { LogChunk, Metric, Run, RunSummary } from './run.ts'
import { WorkflowFile, WorkflowLayout } from './workflow.ts'

export { DoctorReport } from './doctor.ts'
export { AbsolutePath } from './paths.ts'

export const Health = z.object({
  product: z.literal('secxops'),
  version: z.string(),
  /** `unlocked` daemon answers reads only. */
  mode: z.enum(['owner', 'read-only']),
  /** Grows by one with each owner of this home. */
  epoch: z.int(),
  pid: z.int(),
  home: z.string(),
  startedAt: z.string(),
  activeRuns: z.int(),
})
export type Health = z.infer<typeof Health>

/** Empty, or an http(s) address without a user name in it: keys are kept apart. */
const ServiceUrl = z.literal('').or(
  z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .refine((text) => !text.includes('@'), 'an address without user name and password'),
)

export const Settings = z.object({
  /** Base image of generated Dockerfiles. */
  baseImage: z.string().min(1),
  /** Nodes that may run at once on this machine; default: number of cores. */
  maxParallel: z.int().min(1).max(256),
  /** Python used to make environments; empty: the one SecXOps found. */
  python: z.string(),
  /** Where texts become vectors: an OpenAI-compatible address, e.g. `https://host/v1`; empty: the bundled model. */
  embedder: z.object({ url: ServiceUrl, model: z.string().max(200) }),
  /** Milvus; an empty address: the bundled Milvus Lite. Its index is made anew when `metric` or how it is built changes. */
  milvus: z.object({
    url: ServiceUrl,
    metric: z.enum(['COSINE', 'IP', 'L2']),
    m: z.int().min(2).max(2048),
    efConstruction: z.int().min(1).max(32_768),
    /** Breadth of a search. */
    ef: z.int().min(1).max(32_768),
  }),
  /** Language model that writes references, an OpenAI-compatible address; prices of a million tokens. */
  llm: z.object({
    url: ServiceUrl,
    model: z.string().max(200),
    inputPrice: z.number().min(0).optional(),
    outputPrice: z.number().min(0).optional(),
  }),
})
export type Settings = z.infer<typeof Settings>

/** A service outside that may want a key. */
export const KeyedService = z.enum(['embedder', 'milvus', 'llm'])
export type KeyedService = z.infer<typeof KeyedService>

/** That a key is there, and the only address it is sent to. The key itself is never told. */
export const KeptKey = z.object({ service: KeyedService, origin: z.string() })
export type KeptKey = z.infer<typeof KeptKey>

/** What `secxops clean` removed, or with `dryRun` would remove. */
export const CleanReport = z.object({
  dryRun: z.boolean(),
  /** Something runs, so environments and contents were left alone. */
  busy: z.boolean(),
  /** Bytes on the disk. */
  freed: z.int(),
  parts: z.array(
    z.object({ what: z.enum(['runs', 'leftovers', 'environments', 'contents']), count: z.int(), bytes: z.int() }),
  ),
})
export type CleanReport = z.infer<typeof CleanReport>

/** Module behind a workflow node, as the canvas needs it. */
export const ResolvedModule = z.object({
  ref: z.string(),
  module: ModuleFile,
  /** Absolute path of the source or snapshot folder. */
  path: z.string(),
  live: z.boolean(),
  /** A newer saved version than the one named, if any. */
  newer: ModuleVersion.optional(),
})
export type ResolvedModule = z.infer<typeof ResolvedModule>

export const WorkflowCheck = z.object({
  problems: z.array(Problem),
  /** Parsed file, when the YAML and its shape are good. */
  workflow: WorkflowFile.optional(),
  /** By node id; a node whose module is unknown is absent and has a problem. */
  modules: z.record(z.string(), ResolvedModule),
})
export type WorkflowCheck = z.infer<typeof WorkflowCheck>

/** Overrides of one node's parameters: node id → name → value. */
export const SetValues = z.record(NodeId, Values)

export const StartRun = z.object({
  path: AbsolutePath,
  /** Unsaved text of the workflow; without it the file is read. */
  text: z.string().optional(),
  parameters: Values.optional(),
  set: SetValues.optional(),
  /** Workflow input → `NAME@VERSION` or absolute path. */
  inputs: z.record(Identifier, z.string()).optional(),
  /** The same key twice gives the same run. */
  idempotencyKey: z.string().min(8).max(128).optional(),
  /** Where it runs: `local` (the default) or a context of the kubeconfig. */
  target: TargetName.optional(),
})
export type StartRun = z.infer<typeof StartRun>

export const TryModule = z.object({
  /** Absolute path of the module's folder or module file. */
  path: AbsolutePath,
  /** Unsaved module; without it the module file is read. */
  module: ModuleFile.optional(),
  values: Values.optional(),
  /** Input port → `NAME@VERSION` or absolute path. */
  inputs: z.record(Identifier, z.string()).optional(),
})
export type TryModule = z.infer<typeof TryModule>

export const ContinueRun = z.object({
  set: SetValues.optional(),
  parameters: Values.optional(),
  /** New text of the workflow (same node ids keep their history); without it the run's own text is used. */
  text: z.string().optional(),
  /** Also run these nodes and what follows them although nothing changed. */
  from: z.array(NodeId).optional(),
})
export type ContinueRun = z.infer<typeof ContinueRun>

/** What Continue would do, before it does it. */
export const RunPlan = z.object({
  run: z.array(z.object({ node: z.string(), why: z.array(z.string()) })),
  /** Nodes without a valid result that take an earlier one, made with the same module, parameters and inputs. */
  reuse: z.array(z.string()),
  keep: z.array(z.string()),
  problems: z.array(Problem),
  /** What the run was given and keeps over what the file says now; absent when it was given nothing. Secrets are "••••". */
  given: z
    .object({
      parameters: Values,
      set: SetValues,
      /** `NAME@VERSION` or absolute path, by input of the workflow. */
      inputs: z.record(z.string(), z.string()),
    })
    .optional(),
})
export type RunPlan = z.infer<typeof RunPlan>

const runParams = z.object({ id: z.string() })
const attemptParams = z.object({ id: z.string(), node: NodeId, attempt: z.coerce.number().int().min(1) })
const outputParams = attemptParams.extend({ port: Identifier })
const versionParams = z.object({
  kind: ArtifactKind,
  name: Name,
  version: z.union([z.literal('latest'), z.coerce.number().pipe(ArtifactVersion)]),
})
/** `wait`: seconds to hold the answer until there is something after `offset` or the attempt has ended. */
const tail = z.object({
  offset: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1_048_576).optional(),
  wait: z.coerce.number().min(0).max(25).optional(),
})
const previewQuery = z.object({
  file: z.string().optional(),
  rows: z.coerce.number().int().min(1).max(1000).optional(),
})

/** Schemas of every route: params (in the path), query, body, response. One source for server, clients and OpenAPI. */
export const API = {
  'health.get': { response: Health },
  'daemon.stop': {
    body: z.object({ cancelRuns: z.boolean().optional() }),
    response: z.object({ stopping: z.boolean() }),
  },
  'doctor.get': { response: DoctorReport },
  'home.clean': { body: z.object({ olderThan: Duration, dryRun: z.boolean() }), response: CleanReport },
  'settings.get': { response: Settings },
  'settings.update': { body: Settings.partial(), response: Settings },
  'settings.keys': { response: z.array(KeptKey) },
  /** For the address that the service has in the settings; an empty key forgets it. It cannot be read back. */
  'settings.setKey': {
    body: z.object({ service: KeyedService, key: z.string().max(10_000) }),
    response: z.array(KeptKey),
  },
  /** Copies an example project into a folder that is new or empty. */
  'examples.copy': {
    body: z.object({ directory: AbsolutePath, name: Name.optional() }),
    /** Absolute path of the folder, and what lies at its top. */
    response: z.object({ path: z.string(), files: z.array(z.string()) }),
  },

  'modules.list': { response: z.array(ModuleSummary) },
  'modules.get': {
    params: z.object({ name: Name }),
    query: z.object({ version: ModuleVersion.optional() }),
    response: ModuleVersionInfo,
  },
  'modules.resolve': { body: z.object({ ref: ModuleRef, base: AbsolutePath }), response: ResolvedModule },
  'modules.inspect': {
    body: z.object({
      path: AbsolutePath,
      name: Name.optional(),
      /** Answers of the live kernel, gathered by the editor: imported name → distribution and version. */
      live: z.array(Requirement.pick({ module: true, distribution: true, version: true })).optional(),
      /** Interpreter of the live kernel (its `sys.executable`), asked for imports the kernel did not answer. */
      interpreter: z.string().optional(),
    }),
    response: Inspection,
  },
  'modules.write': {
    body: z.object({
      modulePath: AbsolutePath,
      module: ModuleFile,
      /** Written beside the module when given; an existing file is replaced only with `overwrite`. */
      requirements: z.string().optional(),
      dockerfile: z.string().optional(),
      overwrite: z.boolean().optional(),
    }),
    response: z.object({ modulePath: z.string(), written: z.array(z.string()) }),
  },
  'modules.argv': {
    body: z.object({ module: ModuleFile, values: Values.optional() }),
    response: ArgvPreview,
  },
  'modules.save': {
    body: z.object({ path: AbsolutePath, version: ModuleVersion.optional() }),
    response: KeptModule,
  },
  'modules.publishCheck': { body: z.object({ path: AbsolutePath }), response: PublishCheck },
  'modules.writeDockerfile': {
    body: z.object({ path: AbsolutePath }),
    response: z.object({ path: z.string(), text: z.string() }),
  },
  'modules.addRequirement': {
    body: z.object({ path: AbsolutePath, requirement: z.string().min(1).max(200) }),
    response: z.object({ path: z.string() }),
  },

  'workflows.check': { body: z.object({ path: AbsolutePath, text: z.string().optional() }), response: WorkflowCheck },
  'workflows.layout.get': { query: z.object({ path: AbsolutePath }), response: WorkflowLayout },

  'runs.list': {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(500).optional(),
      before: z.string().optional(),
      path: z.string().optional(),
    }),
    response: z.array(RunSummary),
  },
  'runs.start': { body: StartRun, response: Run },
  'runs.try': { body: TryModule, response: Run },
  'runs.get': { params: runParams, response: Run },
  'runs.continue': { params: runParams, body: ContinueRun, response: Run },
  'runs.cancel': { params: runParams, body: z.object({}).optional(), response: Run },
  'runs.plan': { params: runParams, body: ContinueRun, response: RunPlan },
  'runs.log': { params: attemptParams, query: tail, response: LogChunk },
  'runs.metrics': {
    params: attemptParams,
    query: tail,
    response: z.object({ metrics: z.array(Metric), next: z.int(), complete: z.boolean() }),
  },
  'runs.preview': { params: outputParams, query: previewQuery, response: Preview },
  'runs.saveOutput': { params: outputParams, body: z.object({ name: Name }), response: KeptArtifact },

  'library.list': { params: z.object({ kind: ArtifactKind }), response: z.array(ArtifactSummary) },
  'library.add': {
    params: z.object({ kind: ArtifactKind }),
    body: z.object({ path: AbsolutePath, name: Name, description: z.string().max(2000).optional() }),
    response: KeptArtifact,
  },
  'library.get': { params: versionParams, response: ArtifactDetail },
  'library.preview': { params: versionParams, query: previewQuery, response: Preview },
  'library.export': {
    params: versionParams,
    /** `replace`: in place of what has the same name there; else that is refused. */
    body: z.object({ directory: AbsolutePath, replace: z.boolean().optional() }),
    response: z.object({ path: z.string() }),
  },
  'library.remove': {
    params: versionParams,
    body: z.object({ confirm: z.string() }),
    response: z.object({ restorableUntil: z.string() }),
  },
  'library.restore': { params: versionParams, body: z.object({}).optional(), response: ArtifactVersionInfo },

  ...LABELS_API,

  ...EXPERIMENTS_API,

  ...CLUSTER_API,
} as const satisfies Record<RouteName, { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType; response: z.ZodType }>

type Part<R extends RouteName, K extends 'params' | 'query' | 'body'> =
  (typeof API)[R] extends Record<K, infer S extends z.ZodType>
    ? undefined extends z.input<S>
      ? { [P in K]?: z.input<S> }
      : Record<never, never> extends z.input<S>
        ? { [P in K]?: z.input<S> }
        : { [P in K]: z.input<S> }
    : unknown

/** What a caller gives for a route: `{params, query, body}` as far as the route has them. */
export type RouteInput<R extends RouteName> = Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'>
/** What a route answers. */
export type RouteOutput<R extends RouteName> = z.output<(typeof API)[R]['response']>
