# Sends the log on stdout and the metrics on stderr, from the given byte (the first is 1) on, as they grow.
cd /secxops || exit 1
until [ -e log ]; do sleep 0.1; done
(
  until [ -e metrics.jsonl ]; do sleep 0.5; done
  exec tail -c "+$2" -f metrics.jsonl >&2 2>/dev/null
) &
exec tail -c "+$1" -f log
