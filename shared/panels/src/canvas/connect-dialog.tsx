import { type ReactNode, useState } from 'react'
import { useCanvas } from './canvas.ts'
import { connect, connectOrder, judge, orderProblem } from './edits.ts'
import { OverlayBox } from './overlay-box.tsx'
import { type Choice, Picker } from './picker.tsx'

/** Connecting without a mouse: first the output, then the target; what cannot be says why. */
export function ConnectDialog({ from }: { from: string }): ReactNode {
  const canvas = useCanvas()
  const outputs = canvas.graph.nodes.find(({ id }) => id === from)?.data.ports.outputs ?? []
  const [output, setOutput] = useState<string | undefined>(outputs.length === 1 ? outputs[0]?.name : undefined)
  if (output === undefined && outputs.length > 1) {
    const title = canvas.t('connectWhich', { id: from })
    const choices = outputs.map(
      ({ name, type }): Choice => ({
        id: name,
        label: name,
        detail: type,
        icon: 'output',
        choose: () => setOutput(name),
      }),
    )
    return (
      <OverlayBox key="output" title={title}>
        <Picker label={title} choices={choices} empty="" />
      </OverlayBox>
    )
  }
  const title = canvas.t('connectTitle', { id: output ? `${from}.${output}` : from })
  return (
    <OverlayBox key="target" title={title}>
      <Picker label={title} choices={targets(output)} empty={canvas.t('noMatch')} />
    </OverlayBox>
  )

  function targets(name: string | undefined): Choice[] {
    const others = canvas.graph.nodes.filter(({ id }) => id !== from)
    const data =
      name === undefined
        ? []
        : others.flatMap(({ id, data: { ports } }) =>
            ports.inputs.map((port) => dataChoice(id, port.name, port.type, `${from}.${name}`)),
          )
    const order = others.map(
      ({ id }): Choice => ({
        id: `order:${id}`,
        label: canvas.t('afterChoice', { to: id, from }),
        detail: canvas.t('order'),
        icon: 'link',
        refused: orderProblem(canvas.state.workflow, canvas.graph.links, from, id, canvas.t),
        choose() {
          canvas.show(undefined)
          connectOrder(canvas, from, id)
        },
      }),
    )
    // What can be chosen first; refused ones below with their reason.
    return [...data, ...order].sort((a, b) => Number(Boolean(a.refused)) - Number(Boolean(b.refused)))
  }

  function dataChoice(id: string, port: string, type: string, source: string): Choice {
    const verdict = judge(canvas, source, { node: id, port })
    return {
      id: `${id}.${port}`,
      label: `${id}.${port}`,
      detail: verdict.replaces ? canvas.t('replaces', { source: verdict.replaces }) : type,
      icon: 'input',
      refused: verdict.refused,
      choose() {
        canvas.show(undefined)
        connect(canvas, source, { node: id, port })
      },
    }
  }
}
