import { defineText } from '@secxops/panels/i18n/translate'

/** Lines above the rows of a view. */
export const VIEW_TEXT = defineText({
  lost: {
    en: 'The backend does not answer; it is started again. Nothing is lost: what stands here may be old.',
    zh: '后端没有响应，正在重新启动。没有丢失任何内容：此处内容可能不是最新的。',
  },
  restricted: {
    en: 'Restricted Mode: running is off because it executes code of this folder.',
    zh: '受限模式：运行会执行此文件夹中的代码，因此不可用。',
  },
})
