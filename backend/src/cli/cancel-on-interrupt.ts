import { printError, tell } from './output.ts'

/**
 * Ctrl-C asks to cancel what the command waits for; a second one leaves it going and ends this process. `later`: the command that shows it
 * then. Answers the way to stop listening.
 */
export function cancelOnInterrupt(
  cancel: () => Promise<unknown>,
  { what, later }: { what: string; later: string },
): () => void {
  let asked = false
  const interrupt = (): void => {
    if (asked) {
      tell(`The ${what} goes on: ${later}`)
      process.exit(130)
    }
    asked = true
    tell(`Cancelling. Press Ctrl-C again to leave the ${what} to itself.`)
    cancel().catch((error: unknown) => printError(error, false))
  }
  process.on('SIGINT', interrupt)
  return () => process.off('SIGINT', interrupt)
}
