import type { ReactNode } from 'react'
import { useCanvas } from './canvas.ts'
import { connect, judge } from './edits.ts'
import { baseOf, folderOf, freeId, identifierOf, relativeRef } from './names.ts'
import { OverlayBox } from './overlay-box.tsx'
import { addFileAsInput } from './packaging.ts'
import { type Choice, Picker } from './picker.tsx'

/** A data file was dropped: it can feed an input of the node under it, or become an input of the workflow. */
export function FileDialog({ path, node }: { path: string; node?: string | undefined }): ReactNode {
  const canvas = useCanvas()
  const { t } = canvas
  const name = baseOf(path)
  const source = { file: relativeRef(folderOf(canvas.state.path), path) }
  const inputs = canvas.graph.nodes.find(({ id }) => id === node)?.data.ports.inputs ?? []
  const ports = inputs.flatMap((port): Choice[] =>
    node === undefined
      ? []
      : [
          {
            id: port.name,
            label: t('fileAsPort', { port: port.name, id: node }),
            detail: t('fileAsPortDetail'),
            icon: 'input',
            refused: judge(canvas, source, { node, port: port.name }).refused,
            choose() {
              canvas.show(undefined)
              connect(canvas, source, { node, port: port.name })
            },
          },
        ],
  )
  const asInput: Choice = {
    id: 'input',
    label: t('fileAsInput'),
    detail: t('fileAsInputDetail'),
    icon: 'dataset',
    async choose() {
      canvas.show(undefined)
      const wanted = freeId(
        identifierOf(name.replace(/\.[^.]+$/, '')),
        Object.keys(canvas.state.workflow.inputs ?? {}),
        '_',
      )
      if (await addFileAsInput(canvas, path, wanted)) {
        canvas.select([])
        canvas.toggle('inspector', true)
      }
    },
  }
  const title = t('fileTitle', { name })
  return (
    <OverlayBox title={title}>
      <Picker label={title} choices={[...ports, asInput]} empty="" />
    </OverlayBox>
  )
}
