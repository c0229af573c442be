import type { RouteName } from '@secxops/protocol/routes'

/** Milliseconds for what the editor does by itself. */
export const QUICK = 15_000

/** Copying, hashing and installing may take their time: the backend answers when it is done. */
const SLOW = new Set<RouteName>([
  'experiments.saveModel',
  'library.add',
  'library.export',
  'modules.inspect',
  'modules.save',
  'runs.saveOutput',
  'runs.start',
  'runs.continue',
  'runs.try',
])

/** Milliseconds after which a page gives up on an answer; longer than any long poll. */
export const deadlineOf = (route: RouteName): number => (SLOW.has(route) ? 3_600_000 : 60_000)
