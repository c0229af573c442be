import { constants } from 'node:os'
import { basename } from 'node:path'
import { distributionOf } from '@secxops/protocol/distributions'
import type { ErrorBody, NextAction, Place } from '@secxops/protocol/errors'
import type { ModuleFile } from '@secxops/protocol/module'
import { type PythonError, plainLines, pythonError } from './traceback.ts'

/** What is known of a command that did not do its work. */
export interface ExitFacts {
  /** Absent: nobody saw the end. */
  exitCode: number | undefined
  /** Last lines of the log, without secrets. */
  tail: readonly string[]
  module: ModuleFile
  /** Absolute path of the module's source, when the user can edit it. */
  modulePath: string | undefined
  /** Absolute path of the file that says what a module needs, when the user can edit it. */
  requirementsPath: string | undefined
  place: Place & { runId: string }
  /** The module's limit, when it was ended for it. */
  timeout: string | undefined
  overMemory: boolean
  /** Bytes. */
  peakMemory: number | undefined
}

/** Name of the signal behind an exit code as shells tell it (128 + number). */
export function signalOf(exitCode: number | undefined): string | undefined {
  if (exitCode === undefined || exitCode <= 128) return undefined
  return Object.entries(constants.signals).find(([, number]) => number === exitCode - 128)?.[0]
}

/** Why a command failed and what the user can do, in plain words. Never guesses without evidence: else it says the exit code. */
export function explainExit(facts: ExitFacts): ErrorBody {
  const showLog: NextAction = { kind: 'show-log', label: 'Show the log', place: facts.place }
  const again: NextAction = { kind: 'continue', label: 'Continue', runId: facts.place.runId }
  const found = ofLimits(facts) ?? ofShell(facts) ?? ofPython(facts) ?? ofExit(facts)
  return {
    ...found,
    where: { ...facts.place, ...found.where },
    next: [...(found.next ?? []), showLog, ...(found.next?.some(({ kind }) => kind === 'continue') ? [] : [again])],
  }
}

type Finding = Pick<ErrorBody, 'code' | 'message' | 'cause' | 'where' | 'next'>

function ofLimits({ exitCode, timeout, overMemory, peakMemory, module, tail }: ExitFacts): Finding | undefined {
  if (timeout !== undefined)
    return {
      code: 'timed-out',
      message: `It ran longer than its time limit of ${timeout} and was ended. Raise timeout, or give it less work.`,
    }
  if (overMemory)
    return {
      code: 'out-of-memory',
      message: `It used ${bytes(peakMemory)}, more than its limit of ${module.resources?.memory ?? ''}, and was ended. Raise resources.memory, or read the data in parts.`,
    }
  if (exitCode === undefined)
    return {
      code: 'command-failed',
      message: 'It was killed together with its watcher, or the machine went down, so nobody knows how far it came.',
      cause: lastWords(tail),
    }
  if (signalOf(exitCode) === 'SIGKILL')
    return {
      code: 'out-of-memory',
      message: `The system killed it (SIGKILL). That mostly means that the memory was full${peakMemory ? `; it was seen using ${bytes(peakMemory)}` : ''}. Read the data in parts, or close other programs.`,
      cause: lastWords(tail),
    }
  return undefined
}

function ofShell({ exitCode, tail }: ExitFacts): Finding | undefined {
  if (exitCode === 127)
    return {
      code: 'cannot-run-here',
      message:
        'A command that it needs is not installed on this machine (exit code 127). Install it, or correct its name.',
      cause: plainLines(tail).findLast((line) => /not found|No such file/.test(line)) ?? lastWords(tail),
    }
  if (exitCode === 126)
    return {
      code: 'cannot-run-here',
      message:
        'The command is there but may not be started (exit code 126). Start it through its interpreter, e.g. sh script.sh.',
      cause: lastWords(tail),
    }
  return undefined
}

function ofPython(facts: ExitFacts): Finding | undefined {
  const lines = plainLines(facts.tail)
  const usage = lines.findLast((line) => /^\S+: error: /.test(line))
  if (facts.exitCode === 2 && usage) {
    const text = usage.slice(usage.indexOf(': error: ') + 9)
    return {
      code: 'bad-parameter',
      message: `The program does not accept its arguments: ${text}.`,
      cause: usage,
      next: editsOf(facts, text),
    }
  }
  const error = pythonError(lines)
  if (!error) return undefined
  const where = error.cell === undefined ? '' : ` in cell ${error.cell} of its notebook`
  const stopped = `${headOf(facts, where)}: ${cut(wordsOf(error))}`
  const missing = /^No module named '([\w.]+)'/.exec(error.message)?.[1]
  if (missing && /ModuleNotFoundError|ImportError/.test(error.type)) return ofImport(facts, missing, stopped, error)
  if (error.type.endsWith('MemoryError'))
    return {
      code: 'out-of-memory',
      message: `Module ${facts.module.name} ran out of memory${where}. Read the data in parts, or use a smaller type.`,
      cause: wordsOf(error),
    }
  const edits = editsOf(facts, error.message)
  const parameterish = /ValueError|TypeError|ValidationError|InvalidParameterError/.test(error.type) && edits.length > 0
  return {
    code: parameterish ? 'bad-parameter' : 'command-failed',
    message: stopped,
    cause: wordsOf(error),
    next: edits,
  }
}

function ofImport(facts: ExitFacts, missing: string, stopped: string, error: PythonError): Finding {
  const { modulePath, requirementsPath, place } = facts
  const requirement = distributionOf(missing)
  const open: NextAction[] = requirementsPath
    ? [{ kind: 'open', label: `Open ${basename(requirementsPath)}`, place: { path: requirementsPath } }]
    : []
  if (requirement === undefined)
    return {
      code: 'missing-import',
      message: `${stopped}. No package is known to have ${missing}. If it is a file of yours, put it beside the module; else find out which package brings it and add that to the module's requirements.`,
      cause: wordsOf(error),
      next: open,
    }
  return {
    code: 'missing-import',
    message: `${stopped}. Add ${requirement} to the module's requirements.`,
    cause: wordsOf(error),
    next: modulePath
      ? [
          {
            kind: 'add-requirement',
            label: `Add ${requirement} and continue`,
            requirement,
            path: modulePath,
            runId: place.runId,
          },
        ]
      : [],
  }
}

function ofExit(facts: ExitFacts): Finding {
  return { code: 'command-failed', message: `${headOf(facts)}.`, cause: lastWords(facts.tail) }
}

/** First words of the headline; `where`: of the source, like " in cell 4 of its notebook". */
function headOf({ module, exitCode }: ExitFacts, where = ''): string {
  const signal = signalOf(exitCode)
  return `Module ${module.name} ${signal ? `was ended by ${signal}` : `stopped with exit code ${exitCode}`}${where}`
}

/** Characters of an error in a headline; the whole one stands below it as the cause. */
const HEADLINE = 240
const cut = (text: string): string => (text.length > HEADLINE ? `${text.slice(0, HEADLINE - 1)}…` : text)

/** Buttons for the parameters whose name the message holds, as a word or as an option. */
function editsOf({ module, place }: ExitFacts, text: string): NextAction[] {
  return Object.keys(module.parameters ?? {})
    .filter((name) => new RegExp(`(^|[^\\w])(${name}|${name.replaceAll('_', '-')})($|[^\\w])`).test(text))
    .slice(0, 3)
    .map((name) => ({ kind: 'edit-parameter', label: `Change ${name}`, name, place }))
}

const wordsOf = ({ type, message }: PythonError): string => (message ? `${type}: ${message}` : type)
const lastWords = (tail: readonly string[]): string | undefined => plainLines(tail).findLast((line) => line.trim())

function bytes(count: number | undefined): string {
  if (count === undefined) return 'more memory'
  return count < 2 ** 30 ? `${Math.round(count / 2 ** 20)} MiB` : `${(count / 2 ** 30).toFixed(1)} GiB`
}
