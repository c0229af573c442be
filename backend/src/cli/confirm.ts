import { createInterface } from 'node:readline/promises'
import { SecxopsError } from '@secxops/protocol/secxops-error'

/** Asks on the terminal; throws unless the answer is yes. Where nobody can answer it asks for `--yes`. */
export async function confirm(question: string): Promise<void> {
  const { stdin, stderr } = process
  if (!stdin.isTTY) {
    throw new SecxopsError({
      code: 'bad-request',
      message: 'Nothing was removed: nobody can be asked here. Look with --dry-run, then say --yes.',
    })
  }
  const asking = createInterface({ input: stdin, output: stderr })
  const answer = await asking.question(`${question} [y/N] `).finally(() => asking.close())
  if (!/^y(es)?$/i.test(answer.trim())) throw new SecxopsError({ code: 'bad-request', message: 'Nothing was removed.' })
}
