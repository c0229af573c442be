import type { ModuleFile } from '@secxops/protocol/module'
import type { Suggestion } from './completions.ts'

/** Names that may stand behind a `$` in the start command; `head`: the line up to the cursor. */
export function startSuggestions(module: ModuleFile, head: string): Suggestion[] {
  const dollar = /\$\{?(\w*)$/.exec(head)
  if (!dollar) return []
  return (['parameters', 'inputs', 'outputs'] as const).flatMap((section) =>
    Object.entries(module[section] ?? {}).map(([name, { type, description }]) => ({
      label: `$${name}`,
      insert: `$${name}`,
      kind: 'reference',
      detail: type,
      ...(description === undefined ? {} : { documentation: description }),
    })),
  )
}
