import { defineText } from '../i18n/translate.ts'

/** Words of the rows and what is done with them, which native trees show and say too. */
export const ROW_WORDS = defineText({
  live: { en: 'live', zh: '实时' },
  savedVersion: { en: 'Saved as {ref}.', zh: '已保存为 {ref}。' },
  sameVersion: { en: 'Unchanged since {ref}; no version was added.', zh: '自 {ref} 以来没有变化，未添加新版本。' },
  moreRuns: { en: { one: '{n} older run', other: '{n} older runs' }, zh: '{n} 个更早的运行' },
  gone: { en: 'file is gone', zh: '文件已不存在' },
  goneFile: {
    en: 'There is no file at {path} any more: it was renamed, moved or deleted. Its runs are still here.',
    zh: '{path} 处已没有文件：它被重命名、移动或删除了。它的运行仍在这里。',
  },
  newestRun: { en: 'Open its newest run', zh: '打开最近一次运行' },
  noRuns: { en: 'no run yet', zh: '尚未运行' },
  versions: { en: '{v} of {n}', zh: '{v}（共 {n} 个）' },
  builtin: { en: 'built in', zh: '内置' },
  newVersion: { en: 'Add a new version from a file', zh: '从文件添加新版本' },
  newVersionFolder: { en: 'Add a new version from a folder', zh: '从文件夹添加新版本' },
  removed: { en: '{ref} was removed.', zh: '{ref} 已移除。' },
  undo: { en: 'Undo', zh: '撤销' },
})
