import type { Command } from 'commander'
import { answers } from '../json-option.ts'

export function addExampleCommand(program: Command): void {
  const command = program
    .command('example')
    .description('copy an example project into a new folder')
    .argument('<dir>', 'folder to make; nothing in it is overwritten')
    .option('--name <example>', 'which example', 'phishing')
  answers(command, async (dir: string, options: { name: string }) => {
    const { copyExample } = await import('../../examples/copy-example.ts')
    const json = await copyExample(options.name, dir)
    return { json, text: `${options.name} is in ${json.path}\n${json.files.map((file) => `  ${file}`).join('\n')}` }
  })
}
