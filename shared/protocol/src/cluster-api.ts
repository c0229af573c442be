import * as z from 'zod'
import { Target, TargetConfig, TargetName } from './cluster.ts'
import { DoctorReport } from './doctor.ts'

const params = z.object({ name: TargetName })

/** Routes of targets; see `api.ts`. */
export const CLUSTER_API = {
  'targets.list': { response: z.array(Target) },
  /** Changes what is set, then forgets what is named. */
  'targets.configure': {
    params,
    body: z.object({
      set: TargetConfig.partial(),
      forget: z.array(TargetConfig.keyof()).optional(),
    }),
    response: Target,
  },
  /** What a run on the target needs, tried out. */
  'targets.check': { params, response: DoctorReport },
}
