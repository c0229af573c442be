import type { Kernel } from '@jupyterlab/services'
import type { Client } from '@secxops/client/client'
import { type Live, liveQuestion, parseLiveAnswer, withLiveImports } from '@secxops/client/live-imports'

/** The kernel must answer at once when it is idle; a busy one is not waited for longer than this. */
const PATIENCE = 3000

/** A client whose inspections also hold what the live kernel of the notebook knows; it is asked silently. */
export function withLiveKernel(client: Client, kernel: () => Kernel.IKernelConnection | undefined): Client {
  return withLiveImports(client, async (modules) => {
    const connection = kernel()
    return connection && askKernel(connection, modules)
  })
}

/** Runs the question in the kernel without a trace in its history; undefined when it does not answer in time. */
async function askKernel(kernel: Kernel.IKernelConnection, modules: string[]): Promise<Live | undefined> {
  const future = kernel.requestExecute({
    code: liveQuestion(modules),
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
    return parseLiveAnswer(output)
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
    future.dispose()
  }
}
