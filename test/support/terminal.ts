import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { eventually } from './eventually.ts'

/**
 * Makes `word` the only text of a terminal that stands in `folder`; `screen`: its canvas. What is typed before the shell is there may be
 * lost, so it is typed until the shell has left a file; after that nothing more is read.
 */
export async function writeInTerminal(screen: Locator, folder: string, word: string): Promise<void> {
  const file = `${word}.heard`
  await eventually(
    'the terminal has heard',
    async () => {
      await screen.click()
      await screen.page().keyboard.type(`clear; echo ${word}; touch ${file}; sleep 600\n`)
      return eventually('the file', () => existsSync(join(folder, file)), 10).catch(() => false)
    },
    120,
  )
}
