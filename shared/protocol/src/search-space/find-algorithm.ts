import { suggestion } from '../suggest.ts'
import type { Algorithm, Tuner } from './algorithm.ts'
import { ASSESSORS } from './assessors.ts'
import type { Words } from './space.ts'
import { TUNERS } from './tuners.ts'

function find<T extends Algorithm>(list: readonly T[], name: string): T | undefined {
  const wanted = name.toLowerCase()
  return list.find((one) => [one.name, ...(one.aliases ?? [])].some((known) => known.toLowerCase() === wanted))
}

/** Tuner by its name or a further name of NNI; case does not count. */
export const findTuner = (name: string): Tuner | undefined => find(TUNERS, name)

export const findAssessor = (name: string): Algorithm | undefined => find(ASSESSORS, name)

/** Tuners of NNI that only NNI's architecture search of before version 3 could use. */
const OLD = ['PPO', 'PPOTuner', 'RegularizedEvolutionTuner']

/** Why there is no tuner of this name. */
export function unknownTuner(name: string): Words {
  if (name.toLowerCase() === 'networkmorphism')
    return {
      en: 'NetworkMorphism makes networks and takes no search space. Use the architecture search (nas).',
      zh: 'NetworkMorphism 生成网络结构，不使用搜索空间。请使用架构搜索（nas）。',
    }
  if (OLD.some((one) => one.toLowerCase() === name.toLowerCase()))
    return {
      en: `${name} searched architectures before NNI 3.0 and takes no search space of parameters. Use the architecture search (nas).`,
      zh: `${name} 用于 NNI 3.0 之前的架构搜索，不支持参数的搜索空间。请使用架构搜索（nas）。`,
    }
  const names = TUNERS.map((one) => one.name)
  return {
    en: `There is no tuner called ${name}.${suggestion(name, names)} There are ${names.join(', ')}.`,
    zh: `没有名为 ${name} 的调优器。可用：${names.join('、')}。`,
  }
}
