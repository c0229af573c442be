import { defineText } from '../i18n/translate.ts'

export const METRICS = defineText({
  metrics: { en: 'Metrics', zh: '指标' },
  step: { en: 'step', zh: '步' },
  table: { en: 'Table', zh: '表格' },
  chart: { en: 'Chart', zh: '图表' },
  final: { en: 'final', zh: '最终值' },
  summary: {
    en: '{name}: {series}',
    zh: '{name}：{series}',
  },
  last: { en: '{label} {value} at step {step}', zh: '{label} 在第 {step} 步为 {value}' },
})
