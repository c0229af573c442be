import type { ExperimentSummary } from '@secxops/protocol/experiments'
import { defineText, type Translate } from '../i18n/translate.ts'

/** Words of the rows of experiments, in both side bars. */
export const EXPERIMENT_WORDS = defineText({
  trialsOf: { en: '{n} of {limit}', zh: '{n} / {limit}' },
  trials: { en: { one: '{n} trial', other: '{n} trials' }, zh: '{n} 个试验' },
  remove: { en: 'Remove {name}', zh: '移除 {name}' },
  removeMessage: {
    en: 'Its trials, metrics and logs are deleted. Its file and the models that were saved stay.',
    zh: '它的试验、指标和日志将被删除。它的文件和已保存的模型会保留。',
  },
  best: { en: 'best {value}', zh: '最佳 {value}' },
})

/** How far an experiment is and the best it found, in short. */
export function experimentDetail(
  { trials, best }: Pick<ExperimentSummary, 'trials' | 'best'>,
  t: Translate<typeof EXPERIMENT_WORDS>,
): string[] {
  const { total, limit } = trials
  return [
    limit === undefined ? t('trials', { n: total }) : t('trialsOf', { n: total, limit }),
    ...(best ? [t('best', { value: Number(best.value.toPrecision(4)).toString() })] : []),
  ]
}
