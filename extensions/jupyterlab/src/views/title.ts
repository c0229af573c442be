import type { TranslationBundle } from '@jupyterlab/translation'
import type { LabIcon } from '@jupyterlab/ui-components'
import type { ViewAddress } from '@secxops/panels/host'
import { shortId } from '@secxops/panels/view/short-id'
import { experimentIcon, moduleIcon, secxopsIcon, workflowIcon } from '../ui/icons.ts'

/** What the tab says. */
export function viewTitle(
  address: ViewAddress,
  trans: TranslationBundle,
): { label: string; caption: string; icon: LabIcon } {
  switch (address.view) {
    case 'run':
      return { label: trans.__('Run %1', shortId(address.runId)), caption: address.runId, icon: workflowIcon }
    case 'package':
      return {
        label: trans.__('Package %1', address.path.replace(/.*\//, '')),
        caption: address.path,
        icon: moduleIcon,
      }
    case 'module':
      return { label: address.name, caption: trans.__('Module %1', address.name), icon: moduleIcon }
    case 'base':
      return { label: address.name, caption: trans.__('Reference base %1', address.name), icon: secxopsIcon }
    case 'review':
      return {
        label: trans.__('Labels of %1', shortId(address.jobId)),
        caption: trans.__('Labels to review'),
        icon: secxopsIcon,
      }
    case 'experiment':
      return {
        label: trans.__('Experiment %1', shortId(address.id)),
        caption: address.id,
        icon: experimentIcon,
      }
    case 'artifact':
      return { label: address.name, caption: `${address.kind} ${address.name}`, icon: secxopsIcon }
  }
}
