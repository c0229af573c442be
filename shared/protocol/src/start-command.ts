import type { Problem } from './errors.ts'
import { own } from './json.ts'
import type { ModuleFile, ParameterValue } from './module.ts'
import { SecxopsError } from './secxops-error.ts'
import { StartScanner, startProblem } from './start-scanner.ts'
import { suggestion } from './suggest.ts'
import { utf8Length } from './utf8.ts'
import { formatValue } from './value.ts'

/** `words`: what stands there instead of the value of a boolean. */
interface Reference {
  name: string
  offset: number
  words?: { yes: string; no: string }
}

/** A word of a start command: literal text and references, in order. No parts: an empty word (`''`). */
export interface Word {
  parts: ({ text: string } | Reference)[]
  offset: number
}

/** Values longer than this many bytes go by file (`@path` is not used: the word becomes the path of a file that holds the value). */
export const LONG_VALUE = 65_536

/** Bytes that one argument may have on Linux (128 KiB, with its closing NUL). */
const ARGUMENT_LIMIT = 131_071

const SHELL = /^(?:.*\/)?(?:sh|bash|dash|zsh)$/

/** Literal text of a word; undefined when it holds a reference. */
export function literalText(word: Word | undefined): string | undefined {
  if (!word) return undefined
  let text = ''
  for (const part of word.parts) {
    if (!('text' in part)) return undefined
    text += part.text
  }
  return text
}

/** Index of the word that a shell will run as a script (`sh -c WORD`), or -1. */
export function scriptIndex(words: Word[]): number {
  if (!SHELL.test(literalText(words[0]) ?? '')) return -1
  for (let i = 1; i < words.length; i++) {
    const text = literalText(words[i])
    if (text === undefined || !text.startsWith('-')) return -1
    if (/^-[a-z]*c[a-z]*$/i.test(text)) return i + 1 < words.length ? i + 1 : -1
  }
  return -1
}

/**
 * Reads a start command into words by POSIX rules, before any value is known. Problems carry `where.field` "start" and
 * `where.column` (1-based, inside the command). Words are also given when there are problems, for a preview.
 */
export function parseStart(start: string): { words: Word[]; problems: Problem[] } {
  const scanner = new StartScanner(start)
  scanner.scan()
  const { words, problems } = scanner
  const first = words[0]
  const assignment = /^([A-Za-z_]\w*)=/.exec(first?.parts[0] && 'text' in first.parts[0] ? first.parts[0].text : '')
  if (assignment)
    problems.push(startProblem(`To set a variable for the program, write env ${assignment[1]}=… in front of it.`, 0))
  const script = words[scriptIndex(words)]
  for (const part of script?.parts ?? [])
    if ('name' in part)
      problems.push(
        startProblem(
          `$${part.name} would put its value into the text of a shell script, where it could run as code. ` +
            `Put the script in single quotes and read the value as "$SECXOPS_PARAM_${part.name}" (an input or output: "$SECXOPS_INPUT_…", "$SECXOPS_OUTPUT_…").`,
          part.offset,
        ),
      )
  // Whatever the caller makes of the problem, a value never gets into a script.
  if (script) script.parts = script.parts.map((part) => ('name' in part ? { text: `$${part.name}` } : part))
  return { words, problems }
}

/** Names that a start command refers to, each once, in order. */
export function startNames(words: Word[]): string[] {
  return [...new Set(words.flatMap((word) => word.parts.flatMap((part) => ('name' in part ? [part.name] : []))))]
}

/**
 * Argv of a parsed command. A value is always one piece of one word: it is not split, quoted or expanded again.
 * `values`: as `withDefaults` gives them, and absolute paths of inputs and outputs. A word that names something without a value is left
 * out, together with an option word (`-x`, `--name`) right before it; a word that only repeats the name may stand between them
 * (`-p lr $lr`). null is a value: the JSON text `null`.
 * A switch (`${name?--word}`) without a value or with an empty word is left out alone.
 * `longValue` stores a value above {@link LONG_VALUE} bytes and answers the path of the file, which then stands in its place.
 * Throws `bad-parameter` for a NUL character, and for a long value without `longValue`.
 */
export function renderArgv(
  words: Word[],
  values: Record<string, ParameterValue | undefined>,
  longValue?: (name: string, text: string) => string,
): string[] {
  const argv: string[] = []
  const texts = new Map<string, string | undefined>()
  const textOf = (name: string): string | undefined => {
    if (!texts.has(name)) texts.set(name, argumentText(name, own(values, name), longValue))
    return texts.get(name)
  }
  words.forEach((word, at) => {
    const pieces = word.parts.map((part) => {
      if ('text' in part) return part.text
      return part.words ? switchText(part.words, own(values, part.name)) : textOf(part.name)
    })
    const [only, ...more] = word.parts
    if (only && 'words' in only && more.length === 0 && !pieces[0]) return
    if (pieces.includes(undefined)) argv.splice(argv.length - leadingWords(words, at))
    else argv.push(checkLength(pieces.join(''), word))
  })
  return argv
}

const switchText = (words: { yes: string; no: string }, value: ParameterValue | undefined): string | undefined =>
  value === undefined ? undefined : value === false ? words.no : words.yes

/** How many words right before a reference only announce it: `--lr`, or `-p lr` where the second is the reference's own name. */
function leadingWords(words: Word[], at: number): number {
  const isOption = (word: Word | undefined): boolean => /^-[^=]+$/.test(literalText(word) ?? '')
  if (isOption(words[at - 1])) return 1
  const [only, ...more] = words[at]?.parts ?? []
  const named = only && 'name' in only && more.length === 0 && literalText(words[at - 1]) === only.name
  return named && isOption(words[at - 2]) ? 2 : 0
}

function argumentText(
  name: string,
  value: ParameterValue | undefined,
  longValue?: (name: string, text: string) => string,
): string | undefined {
  if (value === undefined) return undefined
  const text = formatValue(value)
  if (text.includes('\0'))
    throw new SecxopsError({
      code: 'bad-parameter',
      message: `The value of ${name} contains a NUL character, which no program can receive. Remove it.`,
      where: { field: name },
    })
  const bytes = text.length > LONG_VALUE / 3 ? utf8Length(text) : text.length
  if (bytes <= LONG_VALUE) return text
  if (longValue) return longValue(name, text)
  throw new SecxopsError({
    code: 'bad-parameter',
    message: `The value of ${name} has ${bytes} bytes; a word of a command can have ${LONG_VALUE}. Give it as a file: make ${name} an input of type file.`,
    where: { field: name },
  })
}

function checkLength(text: string, word: Word): string {
  if (text.length <= ARGUMENT_LIMIT / 3 || utf8Length(text) <= ARGUMENT_LIMIT) return text
  const names = startNames([word]).map((name) => `$${name}`)
  throw new SecxopsError({
    code: 'bad-parameter',
    message: `The word with ${names.join(', ')} becomes longer than 128 KiB, more than the system allows. Pass the values as separate words.`,
    where: { field: 'start', column: word.offset + 1 },
  })
}

/** Writes a literal word so that {@link parseStart} reads exactly `text` back. */
export function quoteWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text) && !/^[A-Za-z_]\w*=/.test(text)) return text
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** Problems of a module's start command: syntax, unknown names (with a suggestion), names that nothing uses (warnings). */
export function checkStart(module: ModuleFile): Problem[] {
  const { words, problems } = parseStart(module.start)
  const parameters = Object.keys(module.parameters ?? {})
  const known = [...parameters, ...Object.keys(module.inputs ?? {}), ...Object.keys(module.outputs ?? {})]
  const script = scriptIndex(words)
  for (const part of words.flatMap((word) => word.parts))
    if ('name' in part && !known.includes(part.name))
      problems.push({ ...startProblem(unknownName(part.name, known), part.offset), code: 'unknown-parameter' })
  for (const part of words.flatMap((word) => word.parts))
    if ('name' in part && part.words && known.includes(part.name) && module.parameters?.[part.name]?.type !== 'boolean')
      problems.push(
        startProblem(
          `$\{${part.name}?…} stands for a word that is there or not, so ${part.name} must be a parameter of type boolean. Make it one, or write $${part.name}.`,
          part.offset,
        ),
      )
  const used = new Set(startNames(words))
  const text = literalText(words[script]) ?? ''
  for (const name of parameters)
    if (!used.has(name) && !text.includes(`SECXOPS_PARAM_${name}`))
      problems.push({
        severity: 'warning',
        code: 'unused-parameter',
        message: `Parameter ${name} is not in the start command. Add $${name}, or leave it when the code reads secxops.params() or SECXOPS_PARAM_${name}.`,
        where: { field: `parameters.${name}` },
      })
  for (const [name, port] of Object.entries(module.inputs ?? {}))
    if (!used.has(name) && port.path === undefined && !text.includes(`SECXOPS_INPUT_${name}`))
      problems.push({
        severity: 'warning',
        code: 'unused-input',
        message: `Input ${name} is not in the start command. Add $${name}, or leave it when the code reads secxops.input("${name}") or the file ./${name}.`,
        where: { field: `inputs.${name}` },
      })
  return problems
}

function unknownName(name: string, known: string[]): string {
  const start = `$${name} in the start command is not a parameter, input or output of this module.`
  const near = known.filter((candidate) => name.startsWith(candidate)).sort((a, b) => b.length - a.length)[0]
  if (near) return `${start} Did you mean $${near}? Write \${${near}} when text follows it directly.`
  const guess = suggestion(name, known).replace(/"(.*)"/, '$$$1')
  return `${start}${guess || ` Add it to parameters, inputs or outputs, or write $$${name} for a dollar sign.`}`
}
