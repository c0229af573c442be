import type { Problem } from './errors.ts'
import type { Word } from './start-command.ts'

/** Why a character that means something to a shell cannot stand here, and what to do. */
const SHELL_WORDS: Record<string, string> = {
  '|': 'a pipe',
  '&': '"&"',
  ';': '";"',
  '<': 'a redirection',
  '>': 'a redirection',
  '(': 'a parenthesis',
  ')': 'a parenthesis',
  '`': 'a backtick',
}
/** `$name`, `${name}`, or for a boolean `${name?word}` and `${name?word if true:word if false}`. */
const REFERENCE = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:\?([^\s'"`\\$:}]*)(?::([^\s'"`\\$:}]*))?)?\})/
export const USE_SHELL = "write sh -c '…' and read values there as $SECXOPS_PARAM_name"

/** Problem at a character of the start command; `column` counts from 1 inside the command. */
export function startProblem(message: string, offset: number): Problem {
  return {
    severity: 'error',
    code: 'bad-start-command',
    message,
    where: { field: 'start', column: offset + 1 },
  }
}

/**
 * Splits a command into words by POSIX rules, once, before any substitution. Never throws: what it cannot read becomes a
 * problem and is taken literally, so that a preview can still be shown.
 */
export class StartScanner {
  readonly words: Word[] = []
  readonly problems: Problem[] = []
  private readonly text: string
  private at = 0
  private word: Word | undefined

  constructor(text: string) {
    this.text = text
  }

  scan(): void {
    while (this.at < this.text.length) this.step()
    this.endWord()
    if (this.words.length === 0 && this.problems.length === 0)
      this.fail('The start command is empty. Write the program to run and its arguments.', 0)
  }

  private fail(message: string, offset: number): void {
    this.problems.push(startProblem(message, offset))
  }

  private begin(): Word {
    this.word ??= { parts: [], offset: this.at }
    return this.word
  }

  private endWord(): void {
    if (this.word) this.words.push(this.word)
    this.word = undefined
  }

  private literal(text: string): void {
    const { parts } = this.begin()
    const last = parts.at(-1)
    if (last && 'text' in last) last.text += text
    else if (text) parts.push({ text })
  }

  private step(): void {
    const { text, at } = this
    const char = text[at] ?? ''
    if (char === '\n' || char === '\r') this.newline()
    else if (char === ' ' || char === '\t') {
      this.endWord()
      this.at++
    } else if (char === "'") this.singleQuoted()
    else if (char === '"') this.doubleQuoted()
    else if (char === '$') this.dollar()
    else if (char === '\\') this.backslash()
    else if (char === '#' && !this.word) {
      this.fail(`"#" starts a comment in a shell. Quote it ('#…') when it belongs to the command, else remove it.`, at)
      this.take(1)
    } else if (SHELL_WORDS[char]) {
      this.fail(`${SHELL_WORDS[char]} needs a shell, and this command runs without one. Quote it, or ${USE_SHELL}.`, at)
      this.take(1)
    } else if (char === '\0') {
      this.fail('A start command must not contain a NUL character.', at)
      this.at++
    } else this.take(1)
  }

  private take(count: number): void {
    this.literal(this.text.slice(this.at, this.at + count))
    this.at += count
  }

  private newline(): void {
    this.endWord()
    const more = /\S/.test(this.text.slice(this.at))
    if (more && this.words.length > 0)
      this.fail(
        `A start command is one command on one line. End the line with "\\" when it goes on, or ${USE_SHELL}.`,
        this.at,
      )
    while (/[\r\n]/.test(this.text[this.at] ?? '')) this.at++
  }

  private backslash(): void {
    const next = this.text.slice(this.at + 1).match(/^(\r\n|[\s\S])/u)?.[0]
    if (next === undefined) {
      this.fail('A backslash at the end has nothing to escape. Remove it, or write \\\\.', this.at)
      this.take(1)
    } else if (next.includes('\n')) this.at += 1 + next.length
    else {
      this.literal(next)
      this.at += 1 + next.length
    }
  }

  private singleQuoted(): void {
    const start = this.at
    this.begin()
    const end = this.text.indexOf("'", start + 1)
    if (end < 0) this.fail("This ' is never closed. Add a ' where the text ends.", start)
    const stop = end < 0 ? this.text.length : end
    this.literal(this.text.slice(start + 1, stop))
    this.at = stop + 1
  }

  private doubleQuoted(): void {
    const start = this.at
    this.begin()
    this.at++
    for (;;) {
      const char = this.text[this.at]
      if (char === undefined) {
        this.fail('This " is never closed. Add a " where the text ends.', start)
        return
      }
      if (char === '"') {
        this.at++
        return
      }
      if (char === '$') this.dollar()
      else if (char === '`') {
        this.fail(`A backtick needs a shell. Write \\\` for the character itself, or ${USE_SHELL}.`, this.at)
        this.take(1)
      } else if (char === '\\') this.backslashInQuotes()
      else this.take(1)
    }
  }

  /** Inside double quotes a backslash escapes only what would mean something there; else it stays. */
  private backslashInQuotes(): void {
    const next = this.text[this.at + 1] ?? ''
    if (next === '\n') this.at += 2
    else if (next !== '' && '$`"\\'.includes(next)) {
      this.literal(next)
      this.at += 2
    } else this.take(1)
  }

  private dollar(): void {
    const start = this.at
    const rest = this.text.slice(start, start + 1000)
    const name = REFERENCE.exec(rest)
    if (rest.startsWith('$$')) {
      this.literal('$')
      this.at += 2
    } else if (name) {
      const [whole, bare, braced, yes, no] = name
      const words = whole.includes('?') ? { words: { yes: yes ?? '', no: no ?? '' } } : {}
      this.begin().parts.push({ name: bare ?? braced ?? '', offset: start, ...words })
      this.at += name[0].length
    } else {
      this.fail(dollarWords(rest), start)
      this.take(1)
    }
  }
}

function dollarWords(rest: string): string {
  if (rest.startsWith('$(')) return `$(…) needs a shell. Write $$( for the characters themselves, or ${USE_SHELL}.`
  if (rest.startsWith('${'))
    return `Only $\{name} is known here, and $\{name?WORD} for a word that stands where name is true: no other forms of a shell. Write one of them, or $$ for a dollar sign.`
  return 'A single "$" must be followed by the name of a parameter, input or output. Write $$ for a dollar sign.'
}
