import { readFile } from 'node:fs/promises'
import { layoutPath, WorkflowLayout } from '@secxops/protocol/workflow'
import type { FastifyInstance } from 'fastify'
import { route } from '../server/route.ts'
import type { ModuleService } from '../services.ts'
import { checkText, readWorkflowText } from './check.ts'

/** Routes of workflow documents; editing them belongs to the editors. */
export function registerWorkflowRoutes(app: FastifyInstance, modules: ModuleService): void {
  route(app, 'workflows.check', async ({ body }) =>
    checkText(modules, body.path, body.text ?? (await readWorkflowText(body.path))),
  )
  route(app, 'workflows.layout.get', async ({ query }) => readLayout(layoutPath(query.path)))
}

/** Positions of a workflow's nodes; a missing or broken file means automatic layout. */
async function readLayout(path: string): Promise<WorkflowLayout> {
  const none: WorkflowLayout = { version: 1, nodes: {} }
  try {
    return WorkflowLayout.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? none
  } catch {
    return none
  }
}
