#!/bin/bash
# splits a capture
INPUT=$1
COUNT="${2:-1000}"
set -eu
tcpdump -r "$INPUT" -w "$3" -C "$COUNT" # $9 in a comment
