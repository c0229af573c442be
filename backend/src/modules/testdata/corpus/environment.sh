#!/bin/sh
set -eu
: "${RULES:?which rules}"
echo "level ${LEVEL:-info}, depth ${DEPTH:-3}, home ${HOME}"
sort < alerts.csv > sorted.csv
