import { layoutPath } from '@secxops/protocol/workflow-path'
import type { Uri } from 'vscode'

/** Layout file of a workflow. */
export const layoutUri = (workflow: Uri): Uri => workflow.with({ path: layoutPath(workflow.path) })
