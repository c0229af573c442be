#!/bin/sh
# Runs the command of one attempt so that neither the backend's end nor its restart can lose or repeat it.
# usage: sh shim.sh FOLDER LAUNCH BOOT COMMAND [WORD...]     COMMAND holds a slash, so it is never a word of this shell
#   FOLDER/claim.LAUNCH  "pid boot start-time": only who makes this file may start the command
#   FOLDER/exit.LAUNCH   the exit code; without its newline it is incomplete
# On Linux no further process is started. stdin, stdout, stderr and the process group come from the caller.
set -f
folder=$1 launch=$2 boot=$3
shift 3

field() {
  shift 19
  started=$1
}
if [ -r "/proc/$$/stat" ]; then
  read -r line <"/proc/$$/stat"
  # After the name in parentheses comes field 3; the start time is field 22.
  field ${line##*) }
else
  started=$(ps -o lstart= -p $$ | tr -s ' ' '_')
fi

set -C
{ printf '%s %s %s\n' "$$" "$boot" "$started" >"$folder/claim.$launch"; } 2>&- || exit 125
set +C

# A signal to the group is for the command; the handler (unlike "ignore") is not inherited by it.
trap : HUP INT TERM
"$@"
code=$?
printf '%s\n' "$code" >"$folder/exit.$launch"
exit "$code"
