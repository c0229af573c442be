import type { ViewAddress } from '@secxops/panels/host'
import { shortId } from '@secxops/panels/view/short-id'
import { l10n, Uri } from 'vscode'

/** What the tab of a view says at first; that of a run or a labelling gets a name as soon as it is known. */
export function viewTitle(address: ViewAddress): string {
  switch (address.view) {
    case 'run':
      return l10n.t('Run {0}', shortId(address.runId))
    case 'package':
      return l10n.t('Package {0}', address.path.replace(/.*\//, ''))
    case 'review':
      return l10n.t('Labels of {0}', shortId(address.jobId))
    case 'experiment':
      return l10n.t('Experiment {0}', shortId(address.id))
    case 'module':
    case 'base':
    case 'artifact':
      return address.name
  }
}

/** Picture of the tab: one for each kind of view. */
export const viewIcon = (extension: Uri, address: ViewAddress): Uri =>
  Uri.joinPath(extension, 'media', 'views', `${address.view === 'artifact' ? address.kind : address.view}.svg`)
