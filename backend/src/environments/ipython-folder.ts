import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeAtomic } from '../modules/atomic.ts'

/**
 * Who ends a kernel interrupts it first; a kernel that is just done with a cell logs that as an error. A notebook that succeeded
 * would end with it. All else that a kernel logs stays.
 */
const CONFIG = `import logging

logging.getLogger("IPKernelApp").addFilter(
    lambda record: not record.getMessage().startswith("KeyboardInterrupt caught in kernel")
)
`

/** IPYTHONDIR of the notebooks that run in an environment: below its folder, configured for runs. */
export function ipythonFolder(environment: string): string {
  const folder = join(environment, 'ipython')
  const config = join(folder, 'profile_default', 'ipython_kernel_config.py')
  if (!existsSync(config)) {
    mkdirSync(join(folder, 'profile_default'), { recursive: true, mode: 0o700 })
    writeAtomic(config, CONFIG)
  }
  return folder
}
