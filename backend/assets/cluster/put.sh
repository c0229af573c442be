# Takes the attempt's folder from stdin. Doing it again changes nothing once it was complete.
cd /secxops || exit 1
[ ! -e go ] || exit 0
tar -x -f - || exit 1
sha256sum -c sums >/dev/null || exit 1
: >go
