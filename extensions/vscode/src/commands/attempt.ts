import { errorBody } from '@secxops/panels/ui/error-body'
import type { Core } from '../core.ts'

/** Does what the user asked for; a failure is told with what can be done about it. */
export async function attempt<T>(core: Core, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    const { message, cause, next } = errorBody(error)
    core.log.error(message, error instanceof Error ? (error.stack ?? '') : '')
    ;(await core.host()).notify('error', [message, cause].filter(Boolean).join('\n'), next)
    return undefined
  }
}
