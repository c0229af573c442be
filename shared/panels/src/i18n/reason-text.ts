import type { Locale } from './translate.ts'

/** What the planner says of a node that runs (again) and an engine of why an experiment stands as it does, and how that is said in Chinese. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^it has not run yet$/, '尚未运行'],
  [/^it failed before$/, '之前失败'],
  [/^it was cancelled before$/, '之前被取消'],
  [/^asked to run again$/, '要求重新运行'],
  [/^module changed$/, '模块已更改'],
  [/^environment changed$/, '环境已更改'],
  [/^input data changed \((.+)\)$/s, '输入数据已更改（$1）'],
  [/^input (\S+) is connected now$/, '输入 $1 已连接'],
  [/^input (\S+) is no longer connected$/, '输入 $1 不再连接'],
  [/^parameter (\S+) was added$/, '新增参数 $1'],
  [/^parameter (\S+) was removed$/, '参数 $1 已移除'],
  [/^parameter (\S+) changed$/s, '参数 $1 已更改'],
  [/^parameter (\S+) changed (.*) → (.*)$/s, '参数 $1 由 $2 改为 $3'],
  [/^(\S+) runs again$/, '$1 会重新运行'],
  [/^the limit of trials was reached$/, '已达到试验数上限'],
  [/^the time limit was reached$/, '已达到时间上限'],
  [/^the time limit was reached before the search was over$/, '搜索结束前已达到时间上限'],
  [/^the time limit was reached; the best so far is kept$/, '已达到时间上限；已保留目前最佳结果'],
  [/^the tuner has no more to propose$/, '调优器没有更多建议'],
  [/^starting the tuner$/, '正在启动调优器'],
  [/^starting NNI's manager$/, '正在启动 NNI 管理器'],
  [/^the best architecture is trained$/, '最佳架构已训练完成'],
  [/^the best model is fitted$/, '最佳模型已拟合完成'],
  [/^what was fitted is kept; resume goes on with it$/, '已拟合的内容已保留；继续时将接着进行'],
]

/** Why a node runs or an experiment stands so, in the language of the host; one that is not known stays as it is. */
export function localReason(reason: string, locale: Locale): string {
  if (locale === 'en') return reason
  for (const [pattern, text] of REASONS) if (pattern.test(reason)) return reason.replace(pattern, text)
  return reason
}
