import { SecxopsError } from '@secxops/protocol/errors'
import type { ModuleFile } from '@secxops/protocol/module'
import { checkModule } from '@secxops/protocol/module-document'

/** Rejects a module whose meaning is broken (names, defaults, start command), naming every error. */
export function refuseBadModule(module: ModuleFile, path: string): void {
  const errors = checkModule(module).filter((problem) => problem.severity === 'error')
  const [first] = errors
  if (!first) return
  throw new SecxopsError({
    code: 'bad-module',
    message: first.message,
    where: { path, ...first.where },
    details: errors.map((problem) => ({
      code: 'bad-module',
      message: problem.message,
      where: { path, ...problem.where },
    })),
    next: [{ kind: 'open', label: 'Open module file', place: { path, ...first.where } }],
  })
}
