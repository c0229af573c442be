import type { ViewAddress } from '@secxops/panels/host'
import { l10n } from 'vscode'

/** What the tab of a view says. */
export function viewTitle(address: ViewAddress): string {
  switch (address.view) {
    case 'run':
      return l10n.t('Run {0}', shortId(address.runId))
    case 'package':
      return l10n.t('Package {0}', address.path.replace(/.*\//, ''))
    case 'module':
    case 'artifact':
      return address.name
  }
}

const shortId = (id: string): string => (id.length > 14 ? `…${id.slice(-8)}` : id)
