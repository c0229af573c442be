import type { ErrorBody } from '@secxops/protocol/errors'
import { ApiFailure } from './failure.ts'

/** What an answer of the API server means to the user. `target`: the name she knows it by. */
export function explainFailure(error: unknown, target: string): ErrorBody {
  if (!(error instanceof ApiFailure)) {
    const cause = error instanceof Error ? error.message : String(error)
    return { code: 'unavailable', message: `Something went wrong with the cluster ${target}.`, cause }
  }
  const check = {
    kind: 'run-command',
    label: 'Check the target',
    command: `secxops doctor --target ${target}`,
  } as const
  const body = { cause: error.message, next: [check] }
  if (error.status === 401)
    return {
      ...body,
      code: 'unauthorized',
      message: `The cluster ${target} does not accept the sign-in of its kubeconfig. Sign in again.`,
    }
  if (error.status === 403 && /exceeded quota/.test(error.message))
    return { ...body, code: 'unavailable', message: `The quota of the namespace on ${target} is used up.` }
  if (error.status === 403)
    return {
      ...body,
      code: 'forbidden',
      message: `On the cluster ${target} a right is missing. Ask its administrator for it.`,
    }
  if (error.status === 404)
    return { ...body, code: 'not-found', message: `The cluster ${target} does not have what was asked for.` }
  if (error.status === 0)
    return { ...body, code: 'unavailable', message: `The cluster ${target} does not answer at ${error.server}.` }
  return { ...body, code: 'unavailable', message: `The cluster ${target} refused: ${error.message}` }
}
