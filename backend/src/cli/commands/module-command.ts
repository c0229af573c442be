import { resolve } from 'node:path'
import type { Command } from 'commander'
import { connect } from '../connect.ts'
import { bytes, plural, table, time } from '../format.ts'
import { answers } from '../json-option.ts'

export function addModuleCommand(program: Command): void {
  const modules = program.command('module').description('package sources as modules, save and list them')

  const pack = modules
    .command('pack')
    .description('write module.yaml for a notebook, script or folder, from what is found in it')
    .argument('<path>', 'notebook, .py, .sh or folder')
    .option('--name <name>', 'name of the module; default: from the file or folder')
    .option('--dockerfile', 'also write a Dockerfile where there is none')
  answers(pack, async (path: string, options: { name?: string; dockerfile?: boolean }) => {
    const { packModule } = await import('../pack-module.ts')
    const { refuseBadName } = await import('../refuse-bad-name.ts')
    if (options.name !== undefined) refuseBadName(options.name)
    return packModule(await connect(), resolve(path), options)
  })

  const save = modules
    .command('save')
    .description('put an immutable version of a module into the library')
    .argument('<path>', 'folder of the module, or its module file')
    .option('--version <x.y.z>', 'version; default: the next patch number')
  answers(save, async (path: string, { version }: { version?: string }) => {
    const json = await (await connect()).call('modules.save', { body: { path: resolve(path), version } })
    const what = `${json.name}@${json.version} (${plural(json.files, 'file')}, ${bytes(json.size)})`
    return { json, text: json.unchanged ? `unchanged since ${what}` : `saved ${what}` }
  })

  answers(modules.command('list').description('saved and built-in modules'), async () => {
    const json = await (await connect()).call('modules.list', {})
    const rows = json.map((module) => [
      module.name,
      module.latest,
      module.builtin ? 'built in' : time(module.createdAt),
      module.description,
    ])
    const text = rows.length > 0 ? table([['NAME', 'NEWEST', 'SAVED', 'DESCRIPTION'], ...rows]) : NONE
    return { json, text }
  })
}

const NONE = 'No module is saved yet. Package one (secxops module pack PATH), then secxops module save PATH.'
