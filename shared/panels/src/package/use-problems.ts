import type { Problem } from '@secxops/protocol/errors'
import type { ModuleFile } from '@secxops/protocol/module'
import { checkStart } from '@secxops/protocol/start-command'
import { useEffect, useMemo, useState } from 'react'

type Check = (module: ModuleFile) => Problem[]

/** Problems of a module as it is typed. The full check (it carries the schemas) comes in a moment after the start command's. */
export function useProblems(module: ModuleFile | undefined): Problem[] {
  const [check, setCheck] = useState<{ run: Check }>({ run: checkStart })
  useEffect(() => {
    let gone = false
    void import('@secxops/protocol/module-document').then(({ checkModule }) => gone || setCheck({ run: checkModule }))
    return () => {
      gone = true
    }
  }, [])
  return useMemo(() => (module ? check.run(module) : []), [check, module])
}
