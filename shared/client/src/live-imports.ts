import type { RouteInput } from '@secxops/protocol/api'
import { liveImportsCode } from '@secxops/protocol/live-imports'
import type { Client } from './client.ts'

/** What is given to `modules.inspect` about the kernel in which the imports already work. */
export type Live = Pick<RouteInput<'modules.inspect'>['body'], 'live' | 'interpreter'>

/**
 * A client whose inspections also hold what is known beside the backend: imported name → installed distribution and version, and
 * the interpreter. The first inspection finds the imports, `ask` answers for those (undefined: nothing is known), the second
 * inspection is the answer.
 */
export function withLiveImports(client: Client, ask: (modules: string[]) => Promise<Live | undefined>): Client {
  const call: Client['call'] = async (route, input, options) => {
    const answer = await client.call(route, input, options)
    if (route !== 'modules.inspect') return answer
    const found = answer as { requirements: { module: string }[] }
    if (found.requirements.length === 0) return answer
    const live = await ask(found.requirements.map((requirement) => requirement.module))
    if (!live) return answer
    const asked = input as RouteInput<'modules.inspect'>
    return client.call(route, { ...asked, body: { ...asked.body, ...live } } as typeof input, options)
  }
  return Object.create(client, { call: { value: call } })
}

/** Code for a live Python kernel: its output is what {@link parseLiveAnswer} reads. The backend asks the interpreter for what the kernel leaves open. */
export const liveQuestion = (modules: string[]): string =>
  `${liveImportsCode(modules)}print(__import__('sys').executable)\n`

/** Output of the question: one line of JSON, then the interpreter. Throws when a kernel of another language said something else. */
export function parseLiveAnswer(output: string): Live {
  const [answers = '', interpreter] = output.trim().split('\n').slice(-2)
  const live: unknown = JSON.parse(answers)
  if (!Array.isArray(live)) throw new Error('the kernel did not answer with a list')
  return { live, ...(interpreter ? { interpreter } : {}) }
}
