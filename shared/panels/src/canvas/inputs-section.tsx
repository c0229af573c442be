import { descendants } from '@secxops/protocol/graph'
import type { InputSource } from '@secxops/protocol/workflow'
import type { ReactNode } from 'react'
import { KINDS, sourceText } from '../i18n/kinds.ts'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../ui/button.tsx'
import { Field, Select } from '../ui/field.tsx'
import { useQuery } from '../ui/use-client.ts'
import { useCanvas } from './canvas.ts'
import { connect, fitsType } from './edits.ts'
import { Section } from './inspector.tsx'
import { checkNew, folderOf, relativeRef } from './names.ts'
import type { PortView } from './ports.ts'

/** Inputs of a node, each with everything that may feed it. */
export function InputsSection({ id }: { id: string }): ReactNode {
  const canvas = useCanvas()
  const ports = canvas.graph.nodes.find((node) => node.id === id)?.data.ports.inputs ?? []
  const after = canvas.state.workflow.nodes[id]?.after ?? []
  if (ports.length === 0 && after.length === 0) return null
  return (
    <Section title={canvas.t('inputs')}>
      <div className="sx-form">
        {ports.map((port) => (
          <InputRow key={port.name} id={id} port={port} />
        ))}
        {after.map((other) => (
          <div key={other} className="sx-row">
            <span className="sx-ellipsis">
              {canvas.t('after')} {other}
            </span>
            <IconButton
              icon="close"
              label={canvas.t('removeNamed', { name: `${canvas.t('after')} ${other}` })}
              disabled={canvas.readOnly !== undefined}
              onClick={() =>
                canvas.edit(
                  [{ type: 'set-after', id, after: after.filter((one) => one !== other) }],
                  canvas.t('didDisconnect', { to: id }),
                )
              }
            />
          </div>
        ))}
      </div>
    </Section>
  )
}

function InputRow({ id, port }: { id: string; port: PortView }): ReactNode {
  const canvas = useCanvas()
  const { t, host, state } = canvas
  const kind = useText(KINDS)
  const takesModels = port.type === 'model' || port.type === 'file'
  const datasets = useQuery(
    'library.list',
    port.type === 'model' ? null : { params: { kind: 'dataset' } },
    ({ type }) => type === 'library',
  )
  const models = useQuery(
    'library.list',
    takesModels ? { params: { kind: 'model' } } : null,
    ({ type }) => type === 'library',
  )
  const to = { node: id, port: port.name }
  const now = port.source === undefined ? '' : JSON.stringify(port.source)
  const followers = descendants([id], canvas.graph.links)
  const outputs = canvas.graph.nodes
    .filter((node) => node.id !== id && !followers.has(node.id))
    .flatMap((node) =>
      node.data.ports.outputs.filter(({ type }) => fitsType(type, port.type)).map(({ name }) => `${node.id}.${name}`),
    )
  const inputs = Object.entries(state.workflow.inputs ?? {}).filter(([, input]) => fitsType(input.type, port.type))
  const options: { group: string; list: InputSource[] }[] = [
    { group: t('fromNodes'), list: outputs },
    { group: t('fromInputs'), list: inputs.map(([input]) => ({ input })) },
    {
      group: t('fromLibrary'),
      list: [
        ...(datasets.data ?? []).map(({ name, latest }) => ({ dataset: `${name}@${latest.version}` })),
        ...(models.data ?? []).map(({ name, latest }) => ({ model: `${name}@${latest.version}` })),
      ],
    },
  ]
  const listed = options.some(({ list }) => list.some((source) => JSON.stringify(source) === now))
  const choose = async (value: string): Promise<void> => {
    if (value === '')
      canvas.edit([{ type: 'disconnect', id, port: port.name }], t('didDisconnect', { to: `${id}.${port.name}` }))
    else if (value === 'new-input') {
      const known = Object.keys(state.workflow.inputs ?? {})
      const name = await host.promptText({
        title: t('newInput'),
        label: t('newName'),
        value: port.name,
        check: checkNew('identifier', known, t),
      })
      if (name === null) return
      const type = port.type === 'unknown' ? 'dataset' : port.type
      canvas.edit(
        [
          { type: 'set-input', name, input: { type } },
          { type: 'connect', ...{ id, port: port.name, source: { input: name } } },
        ],
        t('didConnect', { from: name, to: `${id}.${port.name}` }),
      )
    } else if (value === 'disk') {
      const path = await host.pickPath({ title: t('fromDisk') })
      if (path) connect(canvas, { file: relativeRef(folderOf(state.path), path) }, to)
    } else connect(canvas, JSON.parse(value) as InputSource, to)
  }
  const wanting = port.required && port.source === undefined
  return (
    <Field
      label={
        <>
          {port.name} <span className="sx-dim">{kind(port.type)}</span>
        </>
      }
      required={port.required}
      help={port.description}
    >
      <Select
        value={now}
        disabled={canvas.readOnly !== undefined}
        aria-invalid={wanting ? true : undefined}
        onChange={(event) => void choose(event.target.value)}
      >
        <option value="">{t('none')}</option>
        {now !== '' && !listed && port.source !== undefined && (
          <option value={now}>{sourceText(port.source, kind)}</option>
        )}
        {options
          .filter(({ list }) => list.length > 0)
          .map(({ group, list }) => (
            <optgroup key={group} label={group}>
              {list.map((source) => (
                <option key={JSON.stringify(source)} value={JSON.stringify(source)}>
                  {sourceText(source, kind)}
                </option>
              ))}
            </optgroup>
          ))}
        <option value="new-input">{t('newInput')}</option>
        <option value="disk">{t('fromDisk')}</option>
      </Select>
    </Field>
  )
}
