import type { ExperimentState } from './experiments.ts'

/** Whether something of an experiment goes on: it is made ready, searches, or is being stopped. */
export const isGoing = ({ state }: { state: ExperimentState }): boolean =>
  state === 'preparing' || state === 'running' || state === 'stopping'
