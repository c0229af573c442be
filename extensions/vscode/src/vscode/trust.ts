import { l10n, workspace } from 'vscode'

/** Why nothing may be run in this window, in words; undefined: the folder is trusted. */
export const restrictedWords = (): string | undefined =>
  workspace.isTrusted
    ? undefined
    : l10n.t('This folder is in Restricted Mode: running is off because it executes code of the folder.')
