import { useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { useHost } from '../../ui/host-context.ts'
import { plainLine } from '../marked.ts'
import type { Changes } from '../use-changes.ts'
import { TAXONOMY } from './text.ts'

export interface TreeImport {
  /** Asks for a file and adds its labels to the tree, as one undo. */
  pick(): void
  /** Remarks on the file that was imported last. */
  warnings: string[]
  forget(): void
}

/** Import of label trees from files. */
export function useTreeImport(base: string, changes: Changes, onImported: () => void): TreeImport {
  const host = useHost()
  const t = useText(TAXONOMY)
  const [warnings, setWarnings] = useState<string[]>([])
  const take = (path: string): void =>
    changes.perform(t('imported', { file: plainLine(path.replace(/.*[\\/]/, '')) }), async () => {
      const { change, warnings } = await host.client.call('labels.taxonomy.import', {
        params: { base },
        body: { path },
      })
      setWarnings(warnings)
      onImported()
      return change
    })
  return {
    pick: () => void host.pickPath({ title: t('import') }).then((path) => path !== null && take(path)),
    warnings,
    forget: () => setWarnings([]),
  }
}
