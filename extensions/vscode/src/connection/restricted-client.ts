import type { Client } from '@secxops/client/client'
import type { RouteName } from '@secxops/protocol/routes'
import { SecxopsError } from '@secxops/protocol/secxops-error'

/** Routes that execute code of the user's folder. */
const EXECUTES: ReadonlySet<RouteName> = new Set(['runs.start', 'runs.try', 'runs.continue'])

/** A client that refuses to execute code; `refusal`: why it does now, in words, or undefined when it does not. */
export function restrictedClient(client: Client, refusal: () => string | undefined): Client {
  const call: Client['call'] = async (route, input, options) => {
    const message = EXECUTES.has(route) ? refusal() : undefined
    if (message !== undefined) throw new SecxopsError({ code: 'forbidden', message })
    return client.call(route, input, options)
  }
  return Object.create(client, { call: { value: call } })
}
