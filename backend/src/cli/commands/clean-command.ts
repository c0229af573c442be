import type { Command } from 'commander'
import { connect } from '../connect.ts'
import { answers } from '../json-option.ts'

interface CleanOptions {
  olderThan: string
  dryRun?: boolean
  yes?: boolean
}

export function addCleanCommand(program: Command): void {
  const command = program
    .command('clean')
    .description('free disk space: files of old runs, environments and removed versions that nothing needs')
    .option('--older-than <time>', 'only what was last needed that long ago, like 30d or 12h', '30d')
    .option('--dry-run', 'only show what would be freed')
    .option('--yes', 'do it without asking')
  answers(command, async ({ olderThan, dryRun = false, yes = false }: CleanOptions) => {
    const { describeClean } = await import('../describe-clean.ts')
    const client = await connect()
    const call = (dryRun: boolean) => client.call('home.clean', { body: { olderThan, dryRun } })
    if (!dryRun && !yes) {
      const { confirm } = await import('../confirm.ts')
      const found = await call(true)
      if (found.parts.every(({ count }) => count === 0)) return { json: found, text: describeClean(found) }
      await confirm(`${describeClean(found)}\nRemove it for good?`)
    }
    const json = await call(dryRun)
    return { json, text: describeClean(json) }
  })
}
