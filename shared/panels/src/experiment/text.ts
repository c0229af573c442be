import { defineText } from '../i18n/translate.ts'

export const EXPERIMENT = defineText({
  trial: { en: 'Trial', zh: '试验' },
  trialN: { en: 'Trial {n}', zh: '试验 {n}' },
  state: { en: 'State', zh: '状态' },
  final: { en: 'Final', zh: '最终值' },
  last: { en: 'Last', zh: '最新值' },
  trials: { en: 'Trials', zh: '试验' },
  method: { en: 'Method', zh: '方法' },
  progress: { en: '{n} of {limit} trials', zh: '{limit} 个试验中的 {n} 个' },
  progressOpen: { en: { one: '{n} trial', other: '{n} trials' }, zh: '{n} 个试验' },
  stop: { en: 'Stop', zh: '停止' },
  resume: { en: 'Resume', zh: '继续' },
  gone: { en: 'This experiment was removed.', zh: '此实验已被移除。' },
})
