import type { ReactNode } from 'react'
import { useCanvas } from './canvas.ts'
import { connect, judge } from './edits.ts'
import { OverlayBox } from './overlay-box.tsx'
import { addAsInput, type DroppedSource, sourceFor, sourceName } from './packaging.ts'
import { type Choice, Picker } from './picker.tsx'

/**
 * Data was dropped: it can feed an input of the node under it (of any node, where none was), or become an input of the workflow.
 * Nothing is added before the user chose, so nothing is left over when she meant something else.
 */
export function SourceDialog({ item, node }: { item: DroppedSource; node?: string | undefined }): ReactNode {
  const canvas = useCanvas()
  const { t } = canvas
  const source = sourceFor(canvas.state.path, item)
  const nodes = canvas.graph.nodes.filter(({ id }) => node === undefined || id === node)
  const ports = nodes.flatMap(({ id, data }) =>
    data.ports.inputs.flatMap((port): Choice[] => {
      const { refused } = judge(canvas, source, { node: id, port: port.name })
      // Of all nodes only what waits for data is offered; of the one that was meant everything, with why it cannot be.
      if (node === undefined && (refused || port.source !== undefined)) return []
      return [
        {
          id: `${id}.${port.name}`,
          label: t('fileAsPort', { port: port.name, id }),
          ...(item.kind === 'path' ? { detail: t('fileAsPortDetail') } : {}),
          icon: 'input',
          refused,
          choose() {
            canvas.show(undefined)
            if (connect(canvas, source, { node: id, port: port.name })) canvas.select([id])
          },
        },
      ]
    }),
  )
  const asInput: Choice = {
    id: 'input',
    label: t('fileAsInput'),
    detail: item.kind === 'path' ? t('fileAsInputDetail') : t('sourceAsInputDetail'),
    icon: 'dataset',
    async choose() {
      canvas.show(undefined)
      if (await addAsInput(canvas, item)) {
        canvas.select([])
        canvas.toggle('inspector', true)
      }
    },
  }
  const title = t('fileTitle', { name: sourceName(item) })
  return (
    <OverlayBox title={title}>
      <Picker label={title} choices={[...ports, asInput]} empty={t('nothingFound')} />
    </OverlayBox>
  )
}
