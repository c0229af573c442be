import type { ErrorBody } from '@secxops/protocol/errors'

/** Why a trial that ended with 0 did not succeed. `final`: what it reported as its result. */
export const noResult = (metric: string, final: number | undefined): ErrorBody => ({
  code: 'missing-output',
  message:
    final === undefined
      ? `It ended with 0 but reported no result. Call nni.report_final_result(VALUE), or secxops.metric("${metric}", VALUE, final=True).`
      : `Its result is not a finite number (${final}). Report a number, or let the trial fail.`,
})
