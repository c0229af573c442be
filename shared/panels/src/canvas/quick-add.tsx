import type { ModuleFile, PortType } from '@secxops/protocol/module'
import { type ReactNode, useContext } from 'react'
import { KINDS } from '../i18n/kinds.ts'
import { useText } from '../i18n/text.ts'
import type { FileEntry } from '../sidebar/model.ts'
import { useFiles } from '../sidebar/use-files.ts'
import type { Canvas, Overlay } from './canvas.ts'
import { useCanvas } from './canvas.ts'
import { type CatalogueEntry, useCatalogue } from './catalogue.ts'
import { addModule, fittingInput, fittingOutput } from './edits.ts'
import { ModuleFilesContext } from './module-files.ts'
import { folderOf, moduleRef } from './names.ts'
import { OverlayBox } from './overlay-box.tsx'
import { addSource } from './packaging.ts'
import { type Choice, Picker } from './picker.tsx'

type AddOverlay = Extract<Overlay, { kind: 'add' }>

/** Type to find a module and Enter to add it; opened from a port, only what fits that port is shown. */
export function QuickAdd({ overlay }: { overlay: AddOverlay }): ReactNode {
  const canvas = useCanvas()
  const kind = useText(KINDS)
  const catalogue = useCatalogue()
  const { entries = [] } = useFiles(useContext(ModuleFilesContext))
  const port = draggedPort(canvas, overlay)
  const title = port
    ? canvas.t('addFitting', { port: port.name, type: kind(port.type ?? 'unknown') })
    : canvas.t('addTitle')
  return (
    <OverlayBox title={title}>
      <Picker
        label={title}
        choices={choicesFor(canvas, overlay, catalogue, entries)}
        empty={canvas.t(catalogue ? 'noMatch' : 'loading')}
      />
    </OverlayBox>
  )
}

function draggedPort(
  canvas: Canvas,
  { start, end }: AddOverlay,
): { name: string; type: PortType | undefined } | undefined {
  if (start) {
    const type = canvas.check.modules[start.node]?.module.outputs?.[start.output]?.type
    return { name: `${start.node}.${start.output}`, type }
  }
  if (!end) return undefined
  return { name: `${end.node}.${end.port}`, type: canvas.check.modules[end.node]?.module.inputs?.[end.port]?.type }
}

function choicesFor(
  canvas: Canvas,
  overlay: AddOverlay,
  catalogue: CatalogueEntry[] | undefined,
  entries: FileEntry[],
): Choice[] {
  const { start, end, at } = overlay
  const type = draggedPort(canvas, overlay)?.type
  const fits = (module: ModuleFile | undefined): boolean =>
    !module ||
    ((!start || fittingInput(module, type) !== undefined) && (!end || fittingOutput(module, type) !== undefined))
  const add = (ref: string, module: ModuleFile | undefined): void => {
    canvas.show(undefined)
    addModule(canvas, ref, { at, module, start, end })
  }
  const live = new Map<string, ModuleFile>()
  for (const { ref, module, live: isLive } of Object.values(canvas.check.modules)) if (isLive) live.set(ref, module)
  const sources = [...live]
    .filter(([, module]) => fits(module))
    .map(
      ([ref, module]): Choice => ({
        id: ref,
        label: ref,
        detail: canvas.t('inThisWorkflow'),
        icon: 'code',
        choose: () => add(ref, module),
      }),
    )
  const { path } = canvas.state
  const others = entries
    .map(({ path: file, name }) => ({ ref: moduleRef(path, file), name }))
    .filter(({ ref }) => !live.has(ref))
    .map(
      ({ ref, name }): Choice => ({
        id: ref,
        label: ref,
        detail: name,
        icon: 'code',
        async choose() {
          const body = { ref, base: folderOf(path) }
          // One that cannot be read becomes a node all the same: the check tells there what is wrong with it.
          const found = await canvas.host.client.call('modules.resolve', { body }).catch(() => undefined)
          add(ref, found?.module)
        },
      }),
    )
  const saved = (catalogue ?? [])
    .filter(({ module }) => fits(module))
    .map(
      ({ summary, module }): Choice => ({
        id: `library:${summary.name}`,
        label: `${summary.name}@${summary.latest}`,
        detail: [summary.builtin ? canvas.t('builtin') : '', summary.description].filter(Boolean).join(' · '),
        icon: 'module',
        choose: () => add(`${summary.name}@${summary.latest}`, module),
      }),
    )
  const pick: Choice = {
    id: 'pick',
    label: canvas.t('fromFile'),
    detail: canvas.t('fromFileDetail'),
    icon: 'notebook',
    async choose() {
      canvas.show(undefined)
      const path = await canvas.host.pickPath({ title: canvas.t('fromFile') })
      if (path) await addSource(canvas, path, { at, start, end })
    },
  }
  return [...saved, ...sources, ...others, pick]
}
