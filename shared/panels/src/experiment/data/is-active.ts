import type { ExperimentDetail } from '@secxops/protocol/experiments'

/** Whether something of an experiment goes on. */
export const isActive = ({ state }: ExperimentDetail): boolean =>
  state === 'preparing' || state === 'running' || state === 'stopping'
