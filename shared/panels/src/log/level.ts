export type Level = 'error' | 'warning'

/**
 * Words that mark a line as an error: upper-case levels, exception names at the start of a line, Python's traceback head.
 * A mere mention ("0 errors", "error_rate=0.1") must not match.
 */
const ERROR =
  /(?:^|[\s[(|:])(?:ERROR|FATAL|CRITICAL|PANIC)(?=$|[\s\]):|])|^\s*(?:error|fatal)(?:\[\w+\])?:|^\s*(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception|Interrupt)(?::|$)|^Traceback \(most recent call last\)|^Segmentation fault|: command not found$/
const WARNING = /(?:^|[\s[(|:])(?:WARN|WARNING)(?=$|[\s\]):|])|^\s*warning:|\b[A-Z]\w*Warning:/

/** Level of a plain log line (no escapes), by its words. Looks at its first 400 characters. */
export function levelOf(line: string): Level | undefined {
  const head = line.length > 400 ? line.slice(0, 400) : line
  if (ERROR.test(head)) return 'error'
  if (WARNING.test(head)) return 'warning'
  return undefined
}
