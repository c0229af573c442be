import type { Kernel } from '@jupyterlab/services'
import type { Client } from '@secxops/client/client'
import type { RouteInput } from '@secxops/protocol/api'
import { liveImportsCode } from '@secxops/protocol/live-imports'

/** What is given to `modules.inspect` about the kernel in which the notebook's imports already work. */
type Live = Pick<RouteInput<'modules.inspect'>['body'], 'live' | 'interpreter'>

/** The kernel must answer at once when it is idle; a busy one is not waited for longer than this. */
const PATIENCE = 3000

/**
 * A client whose inspections also hold what the live kernel knows: imported name → installed distribution and version.
 * The first inspection finds the imports, the kernel is asked silently for those, the second one is the answer.
 */
export function withLiveKernel(client: Client, kernel: () => Kernel.IKernelConnection | undefined): Client {
  const call: Client['call'] = async (route, input, options) => {
    const answer = await client.call(route, input, options)
    if (route !== 'modules.inspect') return answer
    const found = answer as { requirements: { module: string }[] }
    const connection = kernel()
    if (!connection || found.requirements.length === 0) return answer
    const live = await askKernel(
      connection,
      found.requirements.map((requirement) => requirement.module),
    )
    if (!live) return answer
    const asked = input as RouteInput<'modules.inspect'>
    return client.call(route, { ...asked, body: { ...asked.body, ...live } } as typeof input, options)
  }
  return Object.create(client, { call: { value: call } })
}

/** The kernel's own interpreter is asked by the backend for what the kernel did not answer. */
const PRINT_INTERPRETER = "print(__import__('sys').executable)\n"

/** Output of the question: one line of JSON, then the interpreter. Throws when a kernel of another language said something else. */
export function parseAnswer(output: string): Live {
  const [answers = '', interpreter] = output.trim().split('\n').slice(-2)
  const live: unknown = JSON.parse(answers)
  if (!Array.isArray(live)) throw new Error('the kernel did not answer with a list')
  return { live, ...(interpreter ? { interpreter } : {}) }
}

/** Runs the question in the kernel without a trace in its history; undefined when it does not answer in time. */
async function askKernel(kernel: Kernel.IKernelConnection, modules: string[]): Promise<Live | undefined> {
  const future = kernel.requestExecute({
    code: liveImportsCode(modules) + PRINT_INTERPRETER,
    silent: true,
    store_history: false,
    stop_on_error: false,
  })
  let output = ''
  future.onIOPub = (message) => {
    const { content } = message
    if ('text' in content && typeof content.text === 'string') output += content.text
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE)
  })
  try {
    if (!(await Promise.race([future.done, late]))) return undefined
    return parseAnswer(output)
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
    future.dispose()
  }
}
