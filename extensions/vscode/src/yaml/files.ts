import type { DocumentSelector } from 'vscode'

/** Our files as text, whatever YAML extension is installed. */
export const WORKFLOW_TEXT: DocumentSelector = { pattern: '**/*.workflow.{yaml,yml}' }
export const MODULE_TEXT: DocumentSelector = { pattern: '**/{module,*.module}.{yaml,yml}' }
