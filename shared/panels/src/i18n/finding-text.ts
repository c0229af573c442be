/** What a value of a file should be, as a schema says it, and how that is said in Chinese. */
const KINDS: Record<string, string> = {
  text: '文本',
  'a number': '数字',
  'a whole number': '整数',
  'true or false': 'true 或 false',
  'a list': '列表',
  'a map (lines of "name: …")': '映射（每行为“名称: …”）',
  'a map (lines of "key: value")': '映射（每行为“键: 值”）',
  'another kind of value': '其他类型的值',
}

const EXPECTED: readonly (readonly [RegExp, string])[] = [
  [/^at least (\S+)$/, '至少 $1'],
  [/^at most (\S+)$/, '至多 $1'],
  [/^at least (\S+) characters$/, '至少 $1 个字符'],
  [/^at most (\S+) characters$/, '至多 $1 个字符'],
  [/^at least (\S+) entries$/, '至少 $1 项'],
  [/^at most (\S+) entries$/, '至多 $1 项'],
  [/^one of (.+)$/, '以下之一：$1'],
]
const FOUND: readonly (readonly [RegExp, string])[] = [
  [/^nothing$/, '空'],
  [/^a list \((.*)\)$/s, '列表（$1）'],
  [/^a map \((.*)\)$/s, '映射（$1）'],
]

/**
 * A sentence of a schema about a file (`FIELD: expected …, found ….`; see `schema-problems.ts` of the protocol) in Chinese; undefined: it is none.
 */
export function localFinding(message: string): string | undefined {
  const [, field = '', said = ''] = /^((?:[\w.-]+: )?)(.*)$/s.exec(message) ?? []
  const sentence = expectedInstead(said) ?? missing(said) ?? unknown(said)
  return sentence && field.replace(': ', '：') + sentence
}

function expectedInstead(said: string): string | undefined {
  const [whole, expected = '', found = '', guess] =
    /^expected (.+?), found (.+?)\.(?: Did you mean "(.+)"\?)?$/s.exec(said) ?? []
  return whole && `应为${spaced(expectedOf(expected))}，实际为${spaced(replaced(found, FOUND))}。${guessOf(guess)}`
}

function missing(said: string): string | undefined {
  const [whole, expected = ''] = /^missing\. Expected (.+)\.$/s.exec(said) ?? []
  return whole && `缺失。应为${spaced(expectedOf(expected))}。`
}

function unknown(said: string): string | undefined {
  const [whole, name, guess, known] =
    /^"(.+?)" is not known here\.(?: Did you mean "(.+)"\?| Known here: (.+)\.)?$/s.exec(said) ?? []
  return whole && `此处没有“${name}”。${known === undefined ? guessOf(guess) : `可用：${known}。`}`
}

const expectedOf = (words: string): string => KINDS[words] ?? replaced(words, EXPECTED)
const guessOf = (word: string | undefined): string => (word === undefined ? '' : `是否指“${word}”？`)

function replaced(words: string, table: readonly (readonly [RegExp, string])[]): string {
  const [pattern, text] = table.find(([one]) => one.test(words)) ?? []
  return pattern && text !== undefined ? words.replace(pattern, text) : words
}

/** A space before what is no Chinese. */
const spaced = (words: string): string => (/^[\u3400-\u9fff]/.test(words) ? words : ` ${words}`)
