"""The command ``secxops``: hands over to the backend's program, so that signals and exit codes are its own."""

import os
import sys

from .runtime import MissingPart, command, environment


def main() -> None:
    try:
        words = command(*sys.argv[1:])
    except MissingPart as problem:
        sys.exit(str(problem))
    os.execve(words[0], words, environment())
