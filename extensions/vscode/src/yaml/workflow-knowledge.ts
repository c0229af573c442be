import type { ModuleFile } from '@secxops/protocol/module'
import type { WorkflowFile } from '@secxops/protocol/workflow'

/** What is known beside the text while a workflow is typed. */
export interface WorkflowKnowledge {
  /** The newest text that was a workflow. */
  workflow: WorkflowFile
  /** By node id; a node whose module is not known is absent. */
  modules: Record<string, ModuleFile>
  /** References of modules that can be used: saved ones and those of the folder, with a word about each. */
  refs: { ref: string; detail: string }[]
  /** Versions in the libraries: `NAME@VERSION`. */
  artifacts: { kind: 'dataset' | 'model' | 'code'; ref: string }[]
}
