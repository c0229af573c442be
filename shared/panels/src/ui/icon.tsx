import type { ReactNode } from 'react'

/** Single-weight drawings on a 16 px grid; stroke follows the text colour. */
const SHAPES = {
  add: 'M8 3v10M3 8h10',
  remove: 'M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.4 10.4L14 14',
  grip: 'M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  'chevron-right': 'M6 3.5L10.5 8 6 12.5',
  'chevron-down': 'M3.5 6L8 10.5 12.5 6',
  play: 'M5 3.2v9.6L12.5 8z',
  continue: 'M3 3.2v9.6L9.5 8zM12.5 3.5v9',
  stop: 'M4 4h8v8H4z',
  copy: 'M6 6h7v7H6zM3 10V3h7',
  edit: 'M3 13l.7-3L10.6 3l2.4 2.4L6 12.3zM9.2 4.4l2.4 2.4',
  trash: 'M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5',
  save: 'M3 3h8l2 2v8H3zM5.5 3v3.5h4V3M5.5 13V9.5h5V13',
  undo: 'M6 3.5L3 6.5l3 3M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6',
  redo: 'M10 3.5l3 3-3 3M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.5V5.4h-2.9',
  download: 'M8 2.5V10M4.8 7L8 10.2 11.2 7M3 13.5h10',
  upload: 'M8 10.5V3M4.8 6L8 2.8 11.2 6M3 13.5h10',
  open: 'M9.5 3H13v3.5M13 3L7.5 8.5M11 9.5V13H3V5h3.5',
  folder: 'M2 4h4.2l1.5 1.8H14V12.5H2z',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
  notebook: 'M4 2h9v12H4zM6.5 2v12M2.5 5h2M2.5 8h2M2.5 11h2',
  script: 'M5 5L2 8l3 3M11 5l3 3-3 3M9 3.5L7 12.5',
  module: 'M8 2l5.5 3v6L8 14l-5.5-3V5zM2.5 5L8 8l5.5-3M8 8v6',
  workflow: 'M2 3h4v4H2zM10 9h4v4h-4zM6 5h3v6h1',
  dataset:
    'M3 4c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2zM3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2',
  model: 'M8 2.5v3M4 13v-3M12 13v-3M8 5.5L4 10M8 5.5l4 4.5M8 5.5V13M6.5 2.5h3',
  code: 'M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5',
  input: 'M2.5 8H10M7 5l3 3-3 3M10 3h3.5v10H10',
  output: 'M6 8h7.5M10.5 5l3 3-3 3M6 3H2.5v10H6',
  parameter:
    'M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M8.5 5a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0zM4.5 11a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0z',
  link: 'M6.5 9.5l3-3M7.5 5l1.8-1.8a2.5 2.5 0 0 1 3.5 3.5L11 8.5M8.5 11l-1.8 1.8a2.5 2.5 0 0 1-3.5-3.5L5 7.5',
  layout: 'M2 6h4v4H2zM10 2h4v4h-4zM10 10h4v4h-4zM6 8h2V4h2M8 8v4h2',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  'zoom-in': 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.4 10.4L14 14M7 5v4M5 7h4',
  'zoom-out': 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.4 10.4L14 14M5 7h4',
  outline: 'M2.5 3.5h3M5 8h8.5M8 12.5h5.5M8 3.5h5.5M2.5 8h.01M5 12.5h.01',
  keyboard: 'M1.5 4h13v8h-13zM4 6.5h.01M6.5 6.5h.01M9 6.5h.01M11.5 6.5h.01M5 9.5h6',
  text: 'M3 3.5h10M3 6.5h7M3 9.5h10M3 12.5h5',
  log: 'M2.5 3h11v10h-11zM5 6l2 2-2 2M8.5 10.5H11',
  chart: 'M2.5 2.5v11h11M4.5 10.5l3-4 2.5 2 3-4.5',
  experiment: 'M6 2h4M6.8 2v4.2L3 13a.8.8 0 0 0 .7 1.2h8.600a.8.8 0 0 0 .7-1.2L9.200 6.200V2M4.800 10h6.400',
  tag: 'M2.5 2.5H8l5.5 5.5-5.5 5.5L2.5 8zM5.3 5.3h.01',
  secret: 'M4 7.5h8V14H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.5V8l2.5 1.5',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.2V11M8 5h.01',
  warning: 'M8 2.5L14.2 13.5H1.8zM8 6.5V10M8 11.8h.01',
  error: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  pending: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z',
  ready: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM6.8 5.8v4.4L10.2 8z',
  running: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8 2.5v5.5h5.5',
  succeeded: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM5.3 8.2l1.9 1.9 3.5-3.9',
  failed: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2',
  cancelled: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM4.2 11.8l7.6-7.6',
  blocked: 'M5.5 2.5h5l3 3v5l-3 3h-5l-3-3v-5zM5.5 8h5',
} as const

export type IconName = keyof typeof SHAPES

/** Decorative unless `label` is given. */
export function Icon({ name, label }: { name: IconName; label?: string }): ReactNode {
  const shape = <path d={SHAPES[name]} />
  return label ? (
    <svg className="sx-icon" viewBox="0 0 16 16" role="img" aria-label={label}>
      {shape}
    </svg>
  ) : (
    <svg className="sx-icon" viewBox="0 0 16 16" aria-hidden="true">
      {shape}
    </svg>
  )
}
