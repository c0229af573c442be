import * as z from 'zod'
import { API, ResolvedModule } from './api.ts'
import { ErrorBody, NextAction, Place, Problem } from './errors.ts'
import { ServerEvent } from './events.ts'
import { ExperimentFile } from './experiment-file.ts'
import { Inspection, Values } from './inspect.ts'
import { ArtifactVersionInfo, Lineage, ModuleVersionInfo, Preview } from './library.ts'
import { ModuleFile, Parameter, ParameterValue } from './module.ts'
import { EVENTS_PATH, GUARD_HEADER, ROUTES, type RouteName } from './routes.ts'
import { Attempt, PortContent, Run, RunNode, RunSummary } from './run.ts'
import { TaxonomyFile } from './taxonomy-file.ts'
import { WorkflowFile, WorkflowLayout } from './workflow.ts'

type JsonSchema = Record<string, unknown>

const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** Schema of a file that users write, as editors take it. */
function fileSchema(schema: z.ZodType, name: string, title: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' })
  return text({ $schema, $id: `secxops/${name}.schema.json`, title, ...rest })
}

/** Every generated file: path in the repository → text. Pure; the tooling writes them. */
export function generated(): Record<string, string> {
  return {
    'docs/schemas/module.schema.json': fileSchema(ModuleFile, 'module', 'SecXOps module (module.yaml)'),
    'docs/schemas/workflow.schema.json': fileSchema(WorkflowFile, 'workflow', 'SecXOps workflow (NAME.workflow.yaml)'),
    'docs/schemas/layout.schema.json': fileSchema(
      WorkflowLayout,
      'layout',
      'Positions on the canvas (NAME.workflow.layout.json)',
    ),
    'docs/schemas/taxonomy.schema.json': fileSchema(TaxonomyFile, 'taxonomy', 'SecXOps label tree (taxonomy.yaml)'),
    'docs/schemas/experiment.schema.json': fileSchema(
      ExperimentFile,
      'experiment',
      'SecXOps experiment (NAME.experiment.yaml)',
    ),
    'docs/openapi.json': text(openApi()),
  }
}

/** Schemas with a name of their own under components; the rest is written where it is used. */
const NAMED = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries({
  Problem,
  Place,
  NextAction,
  Value: ParameterValue,
  Values,
  Module: ModuleFile,
  Parameter,
  Workflow: WorkflowFile,
  WorkflowLayout,
  Run,
  RunSummary,
  RunNode,
  Attempt,
  PortContent,
  ArtifactVersion: ArtifactVersionInfo,
  Lineage,
  ModuleVersion: ModuleVersionInfo,
  ResolvedModule,
  Inspection,
  Preview,
  Error: ErrorBody,
}))
  NAMED.add(schema, { id })

/** Collects what the schemas of the routes share. */
class Components {
  readonly schemas: Record<string, JsonSchema> = {}

  /** `output` only for parameters in a URL, which arrive as text and become numbers. */
  schema(schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema {
    const { $schema: _, $defs, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', metadata: NAMED })
    for (const [name, definition] of Object.entries($defs ?? {}))
      this.schemas[name] = referring(definition as JsonSchema)
    return referring(rest)
  }
}

/** The same schema with references into components. */
function referring(schema: JsonSchema): JsonSchema {
  const { id: _, ...rest } = JSON.parse(
    JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'),
  ) as JsonSchema
  return rest
}

const json = (schema: JsonSchema): JsonSchema => ({ 'application/json': { schema } })

function parameters(shared: Components, schema: z.ZodType | undefined, place: 'path' | 'query'): JsonSchema[] {
  if (!schema) return []
  const { properties = {}, required = [] } = shared.schema(schema, 'output') as {
    properties?: Record<string, JsonSchema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function operation(shared: Components, name: RouteName, method: string): JsonSchema {
  const route: { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType; response: z.ZodType } = API[name]
  const guard = { name: GUARD_HEADER, in: 'header', required: true, schema: { type: 'string' } }
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    parameters: [
      ...parameters(shared, route.params, 'path'),
      ...parameters(shared, route.query, 'query'),
      ...(method === 'GET' ? [] : [guard]),
    ],
    ...(route.body && { requestBody: { required: true, content: json(shared.schema(route.body)) } }),
    responses: {
      200: { description: 'Done', content: json(shared.schema(route.response)) },
      default: { description: 'What went wrong', content: json({ $ref: '#/components/schemas/Error' }) },
    },
  }
}

/** OpenAPI 3.1 of every route and of the event stream. */
function openApi(): JsonSchema {
  const shared = new Components()
  shared.schema(ErrorBody)
  const paths: Record<string, JsonSchema> = {}
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const [method, template] = ROUTES[name]
    const path = template.replace(/:([A-Za-z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(shared, name, method) }
  }
  paths[EVENTS_PATH] = {
    get: {
      operationId: 'events',
      tags: ['events'],
      summary: 'Server-sent events; ask with "Accept: text/event-stream". Each data line is one event.',
      responses: {
        200: { description: 'A stream', content: { 'text/event-stream': { schema: shared.schema(ServerEvent) } } },
      },
    },
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'SecXOps backend',
      version: '0.1.0',
      description: 'Served on a unix socket of the user, or on TCP with a token when asked for.',
    },
    paths,
    components: { schemas: shared.schemas },
  }
}
