/** Folder of an attempt as its command sees it in a Pod. */
export const ATTEMPT_FOLDER = '/secxops'

export interface StartCommand {
  argv: string[]
  /** Absolute paths of the Pod. */
  cwd: string
  env: Record<string, string>
  /** Variables whose value stands before the image's own. */
  before?: Record<string, string> | undefined
}

/**
 * The script that becomes the command: folder, variables and words are written out in it, quoted for a POSIX shell, so that nothing else ever
 * interprets them. The shim's claim makes it start at most once.
 */
export function startFile(command: StartCommand, launch: number): string {
  const variables = Object.entries(command.env).map(([name, value]) => `export ${variable(name)}=${quoted(value)}`)
  for (const [name, value] of Object.entries(command.before ?? {}))
    variables.push(`export ${variable(name)}=${quoted(value)}"\${${name}:+:$${name}}"`)
  return `exec </dev/null >>${ATTEMPT_FOLDER}/log 2>&1
${variables.join('\n')}
cd ${quoted(command.cwd)} || exit 126
set -- ${command.argv.map(quoted).join(' ')}
program=$1
shift
case $program in
*/*) ;;
*)
  IFS=:
  for folder in $PATH; do
    if [ -f "$folder/$program" ] && [ -x "$folder/$program" ]; then
      program=$folder/$program
      break
    fi
  done
  unset IFS
  ;;
esac
case $program in
*/*) exec sh ${ATTEMPT_FOLDER}/shim.sh ${ATTEMPT_FOLDER} ${launch} pod "$program" "$@" ;;
esac
printf '%s: not found in the image (PATH is %s)\\n' "$program" "$PATH"
exit 127
`
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

function variable(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new Error(`${JSON.stringify(name)} is no name of a variable`)
  return name
}
