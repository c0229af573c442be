import type { Json } from '../json.ts'
import type { Findings } from './findings.ts'
import type { SpacePath, SpaceType } from './space.ts'

/** Whole numbers of one `randint`: tuners keep a weight for each. */
export const MOST_INTEGERS = 1_000_000

/** Names of the numbers of each kind, in their order. */
export function numberNames(type: SpaceType): readonly string[] {
  if (type === 'choice') return []
  const ends = type.includes('normal') ? ['mu', 'sigma'] : ['low', 'high']
  return type.startsWith('q') ? [...ends, 'q'] : ends
}

/** So many times sigma away from mu nothing is drawn any more. */
const FAR = 6

/** Largest x that `exp(x)` can be taken of in Python. */
const MOST_EXPONENT = 709

/** Tells what is wrong with the numbers of any kind but `choice`; `path` is that of the list. */
export function checkNumbers(name: string, type: SpaceType, values: Json[], path: SpacePath, found: Findings): void {
  const names = numberNames(type)
  if (values.length !== names.length) {
    found.error(
      path,
      `${type} needs ${names.length} numbers: [${names.join(', ')}], found ${values.length}.`,
      `${type} 需要 ${names.length} 个数字：[${names.join(', ')}]，实际为 ${values.length} 个。`,
    )
    return
  }
  const before = found.errors
  for (const [i, value] of values.entries()) checkNumber(value, `${name}, ${names[i]}`, type, [...path, i], found)
  if (found.errors > before) return
  const [first = 0, second = 0, q] = values as number[]
  if (type.includes('normal')) checkNormal(name, type, first, second, path, found)
  else checkRange(name, type, first, second, path, found)
  if (q !== undefined && found.errors === before) checkStep(name, type, [first, second, q], path, found)
}

function checkStep(
  name: string,
  type: SpaceType,
  [first, second, q]: [number, number, number],
  path: SpacePath,
  found: Findings,
): void {
  const normal = type.includes('normal')
  const furthest = normal ? Math.abs(first) + FAR * second : Math.max(Math.abs(first), Math.abs(second))
  const largest = normal && type.includes('log') ? Math.exp(first + FAR * second) : furthest
  if (q <= 0)
    found.error(
      [...path, 2],
      `q of ${name} is the distance between two values: it must be above 0.`,
      `${name} 的 q 是相邻取值的间距，必须大于 0。`,
    )
  else if (largest / q > Number.MAX_SAFE_INTEGER)
    found.error(
      [...path, 2],
      `q of ${name} is so small against its values that its multiples cannot be told apart.`,
      `${name} 的 q 相对于取值过小，其倍数无法区分。`,
    )
  else if (!normal && q > second - first)
    found.warning(
      [...path, 2],
      `q of ${name} is larger than the range: hardly more than its ends can be drawn.`,
      `${name} 的 q 大于取值范围：几乎只能取到两端。`,
    )
}

function checkNumber(value: Json, what: string, type: SpaceType, path: SpacePath, found: Findings): void {
  if (typeof value !== 'number') {
    const isText = typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))
    found.error(
      path,
      `${what}: expected a number, found ${JSON.stringify(value)}.${isText ? ' Remove the quotes.' : ''}`,
      `${what}：应为数字，实际为 ${JSON.stringify(value)}。${isText ? '请去掉引号。' : ''}`,
    )
  } else if (!Number.isFinite(value)) found.notFinite(path)
  else if (type === 'randint' && !Number.isSafeInteger(value))
    found.error(path, `${what}: expected a whole number, found ${value}.`, `${what}：应为整数，实际为 ${value}。`)
}

function checkRange(name: string, type: SpaceType, low: number, high: number, path: SpacePath, found: Findings): void {
  if (type.includes('log') && low <= 0)
    found.error(
      [...path, 0],
      `${name} is drawn on a logarithmic scale: low must be above 0, like 0.0001.`,
      `${name} 按对数尺度取值：low 必须大于 0，例如 0.0001。`,
    )
  if (low >= high) {
    const equal = low === high
    found.error(
      path,
      `low of ${name} must be below high${equal && type === 'randint' ? ', which is not drawn itself' : ''}.${
        equal ? ' For one value only use choice.' : ' Exchange them.'
      }`,
      `${name} 的 low 必须小于 high${equal && type === 'randint' ? '（high 本身不会被取到）' : ''}。${
        equal ? '只有一个值时请用 choice。' : '请交换两者。'
      }`,
    )
  } else if (!Number.isFinite(high - low))
    found.error(
      path,
      `low and high of ${name} are too far apart for a number between them to be drawn.`,
      `${name} 的 low 与 high 相距过大，无法在其间取值。`,
    )
  else if (type === 'randint' && high - low > MOST_INTEGERS)
    found.error(
      path,
      `${name} has ${high - low} whole numbers, each of which a tuner counts by itself; randint may have ${MOST_INTEGERS}. Use quniform with q = 1.`,
      `${name} 有 ${high - low} 个整数，调优器会逐个计数；randint 最多 ${MOST_INTEGERS} 个。请用 q = 1 的 quniform。`,
    )
}

function checkNormal(name: string, type: SpaceType, mu: number, sigma: number, path: SpacePath, found: Findings): void {
  if (sigma <= 0) found.error([...path, 1], `sigma of ${name} must be above 0.`, `${name} 的 sigma 必须大于 0。`)
  else if (!Number.isFinite(Math.abs(mu) + FAR * sigma))
    found.error(path, `mu and sigma of ${name} are too large.`, `${name} 的 mu 与 sigma 过大。`)
  else if (type.includes('log') && mu + FAR * sigma > MOST_EXPONENT)
    found.error(
      path,
      `${name} is exp of a normal number, which overflows here; mu and sigma are those of the logarithm. For values near ${short(mu)} use mu = ${short(Math.log(Math.max(mu, 1)))}.`,
      `${name} 是正态数的 exp，这里会溢出；mu 与 sigma 是对数的均值与标准差。若取值约为 ${short(mu)}，请用 mu = ${short(Math.log(Math.max(mu, 1)))}。`,
    )
}

const short = (value: number): string => String(Number(value.toPrecision(3)))
