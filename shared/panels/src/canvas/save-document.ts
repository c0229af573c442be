import type { WorkflowDocument } from '../host.ts'

/** Saves because the user asked for it. That it was not saved, and why, the editor has told him by then. */
export const saveDocument = (document: WorkflowDocument): void => void document.save().catch(() => undefined)
