import { LabIcon } from '@jupyterlab/ui-components'

// The fill stands on a group of its own: JupyterLab's class would fill every element that names one.
const svg = (paths: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16"><g fill="none"><g class="jp-icon3" stroke="#616161" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round">${paths}</g></g></svg>`

/** A shield around a small graph: the product. */
export const secxopsIcon = new LabIcon({
  name: 'secxops:product',
  svgstr: svg(
    '<path d="M8 1.5 13.5 3.5V8c0 3.2-2.3 5.4-5.5 6.5C4.8 13.4 2.5 11.2 2.5 8V3.500Z"/><path d="M5.5 8.300h2.200l2-2.300M7.7 8.300l2 2.2"/>',
  ),
})

/** Nodes in order: a workflow. */
export const workflowIcon = new LabIcon({
  name: 'secxops:workflow',
  svgstr: svg(
    '<rect x="1.7" y="6" width="4" height="4" rx="1"/><rect x="10.3" y="2" width="4" height="4" rx="1"/><rect x="10.3" y="10" width="4" height="4" rx="1"/><path d="M5.7 8h2.300M8 8V4h2.300M8 8v4h2.3"/>',
  ),
})

/** A box: a module. */
export const moduleIcon = new LabIcon({
  name: 'secxops:module',
  svgstr: svg(
    '<path d="M8 1.8 13.7 4.800v6.400L8 14.2 2.3 11.200V4.800Z"/><path d="M2.3 4.8 8 7.800l5.7-3M8 7.800v6.4"/>',
  ),
})

/** A flask: an experiment. */
export const experimentIcon = new LabIcon({
  name: 'secxops:experiment',
  svgstr: svg(
    '<path d="M6.200 1.800h3.600M6.800 1.800v4.400L2.900 13a.9.9 0 0 0 .8 1.300h8.600a.9.9 0 0 0 .8-1.300L9.200 6.200V1.800"/><path d="M4.700 10.200h6.600"/>',
  ),
})

/** A tag: a label of a text. */
export const labelIcon = new LabIcon({
  name: 'secxops:label',
  svgstr: svg('<path d="M2.2 8.600V2.800h5.800l5.700 5.700-5.800 5.800Z"/><path d="M5.300 5.800h.01"/>'),
})
