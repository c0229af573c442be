import { type ReactNode, useMemo } from 'react'
import { useText } from '../i18n/text.ts'
import { keyed } from '../view/keyed.ts'
import type { Cell } from './architecture.ts'
import { BOX, type Line, layoutCell, type Placed } from './cell-layout.ts'
import { NAS } from './text.ts'

/** A cell as boxes and lines, drawn here: what each node does with which state. */
export function CellGraph({ cell }: { cell: Cell }): ReactNode {
  const t = useText(NAS)
  const { boxes, lines, width, height } = useMemo(() => layoutCell(cell), [cell])
  const stateName = (state: number | undefined): string => {
    if (state === undefined) return t('output')
    if (state >= cell.inputs) return t('node', { n: state })
    return cell.inputs === 1 ? t('theInput') : t('input', { n: state })
  }
  const title = cell.name && cell.name !== 'cell' ? t('cell', { name: cell.name }) : t('theCell')
  const told = cell.nodes.map(({ number, takes }) =>
    t('nodeTakes', {
      n: number,
      what: takes.map(({ operation, from }) => t('takes', { operation, from: stateName(from) })).join(', '),
    }),
  )
  return (
    <figure className="sx-nas-cell">
      <figcaption>{title}</figcaption>
      <svg
        role="img"
        aria-label={`${title}. ${told.join('. ')}`}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        {lines.map((line) => (
          <path key={pathOf(line)} d={pathOf(line)} className={line.out ? 'sx-nas-cell-out' : 'sx-nas-cell-line'} />
        ))}
        {boxes.map((box) => (
          <CellBox key={box.state ?? 'output'} box={box} name={stateName(box.state)} />
        ))}
      </svg>
    </figure>
  )
}

function CellBox({ box: { x, y, height, operations }, name }: { box: Placed; name: string }): ReactNode {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect width={BOX.width} height={height} rx={3} />
      <text x={8} y={BOX.head / 2} className="sx-nas-cell-name">
        {name}
      </text>
      {keyed(operations).map(({ key, item: operation, index: row }) => (
        <g key={key} transform={`translate(0 ${BOX.head + row * BOX.row})`}>
          <line x2={BOX.width} />
          <text x={8} y={BOX.row / 2} className="sx-nas-cell-operation">
            <title>{operation}</title>
            {short(operation)}
          </text>
        </g>
      ))}
    </g>
  )
}

/** Pixels beside a box at which its line to the output goes down. */
const BESIDE = 8

const pathOf = ({ from, to, out }: Line): string => {
  if (out) return `M${from.x} ${from.y}H${from.x + BESIDE}V${to.y}H${to.x}`
  const bend = Math.max(24, (to.x - from.x) / 2)
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`
}

const short = (operation: string): string => (operation.length > 17 ? `${operation.slice(0, 16)}…` : operation)
