# What the container `module` runs: waits until the attempt's folder has come, then is the parent of its command.
# A shell as process 1 gets no signal it has no handler for, and hands none on: both are done here.
cd /secxops || exit 1
child=
ask() {
  : >stop
  [ -z "$child" ] || kill -s TERM -- "-$child" 2>/dev/null || kill -s TERM "$child" 2>/dev/null
}
trap ask TERM
until [ -e go ]; do
  [ ! -e stop ] || exit 143
  sleep 0.05 &
  wait $!
done
if command -v setsid >/dev/null 2>&1; then
  setsid sh ./start &
else
  sh ./start &
fi
child=$!
while :; do
  wait "$child"
  code=$?
  # A signal ends `wait`, not the child.
  kill -0 "$child" 2>/dev/null && continue
  # Both in one moment: `wait` told of the signal, and tells of the child when it is asked again (127: it has told before).
  wait "$child"
  again=$?
  [ "$again" -eq 127 ] || code=$again
  exit "$code"
done
