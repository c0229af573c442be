import { errorBody } from '../ui/error-body.ts'
import type { Point } from './auto-layout.ts'
import type { Canvas } from './canvas.ts'
import { addModule } from './edits.ts'
import { baseOf, folderOf, isNamed, moduleRef, nameOf } from './names.ts'

/**
 * Makes a module of a notebook, script or folder with what the inspection finds, unless it is one already, and adds it
 * as a node. The user may look the findings over afterwards; nothing that exists is overwritten.
 */
export async function addSource(
  canvas: Canvas,
  path: string,
  options: {
    at?: Point | undefined
    start?: { node: string; output: string } | undefined
    end?: { node: string; port: string } | undefined
  } = {},
): Promise<void> {
  const { host, t } = canvas
  canvas.announce(t('packaging', { name: baseOf(path) }))
  try {
    const found = await host.client.call('modules.inspect', { body: { path } })
    if (!found.exists) {
      const body = {
        modulePath: found.modulePath,
        module: found.module,
        ...(found.requirementsExists ? {} : { requirements: found.requirementsText }),
      }
      await host.client.call('modules.write', { body })
      host.notify('info', t('packaged', { name: found.module.name }), [{ kind: 'package', label: t('lookOver'), path }])
    }
    addModule(canvas, moduleRef(canvas.state.path, found.modulePath), { ...options, module: found.module })
  } catch (error) {
    const body = errorBody(error)
    host.notify('error', [body.message, body.cause].filter(Boolean).join('\n'), body.next)
    canvas.announce(body.message)
  }
}

/** Adds a node for a module file; one in the workflow's own folder is read for its name, which its reference "." does not hold. */
export async function addModuleFile(
  canvas: Canvas,
  modulePath: string,
  options: { at?: Point | undefined } = {},
): Promise<void> {
  const { path } = canvas.state
  const ref = moduleRef(path, modulePath)
  const found = isNamed(ref)
    ? undefined
    : await canvas.host.client.call('modules.resolve', { body: { ref, base: folderOf(path) } }).catch(() => undefined)
  // A module that cannot be read becomes a node all the same: the check tells there what is wrong with it.
  addModule(canvas, ref, { ...options, module: found?.module })
}

/** Takes a file into the datasets and makes it an input of the workflow with that version as default. */
export async function addFileAsInput(canvas: Canvas, path: string, wanted: string): Promise<string | undefined> {
  try {
    const version = await canvas.host.client.call('library.add', {
      params: { kind: 'dataset' },
      body: { path, name: nameOf(path) },
    })
    canvas.edit(
      [{ type: 'set-input', name: wanted, input: { type: 'dataset', default: `${version.name}@${version.version}` } }],
      canvas.t('didAdd', { id: wanted }),
    )
    return wanted
  } catch (error) {
    const body = errorBody(error)
    canvas.host.notify('error', [body.message, body.cause].filter(Boolean).join('\n'), body.next)
    return undefined
  }
}
