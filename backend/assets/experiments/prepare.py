"""Applies our patches to the packages of this environment and compiles them.

usage: python prepare.py [PATCHES]      PATCHES: folder of unified diffs, applied in the order of their names

A patched file keeps its original beside it (``.original``), from which it is patched again when our patches change. What is done is told a
line each on stderr. A patch that does not fit ends it with exit code 1 and the reason: nothing is changed then.
"""

import compileall
import hashlib
import os
import re
import sys
import sysconfig
from pathlib import Path
from typing import Dict, List, Optional, Tuple

HUNK = re.compile(r"^@@ -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@")
MARK = "secxops-patches"


class Misfit(Exception):
    """A patch is for another version of a file."""


def files_of(patch: str) -> List[Tuple[str, List[str]]]:
    """Paths (without their ``b/``) with the lines of their hunks."""
    found: List[Tuple[str, List[str]]] = []
    for line in patch.split("\n"):
        if line.startswith("--- a/"):
            continue
        if line.startswith("+++ b/"):
            found.append((line[6:].strip(), []))
        elif found:
            found[-1][1].append(line)
    return found


def patched(text: str, hunks: List[str], path: str) -> str:
    """Text with the hunks applied; each must fit exactly, wherever hunks before it have moved its place to."""
    lines = text.split("\n")
    shift = 0
    at = 0
    while at < len(hunks):
        head = HUNK.match(hunks[at])
        if head is None:
            at += 1
            continue
        body: List[str] = []
        at += 1
        while at < len(hunks) and not HUNK.match(hunks[at]):
            body.append(hunks[at])
            at += 1
        while body and body[-1] == "":
            body.pop()
        old = [line[1:] for line in body if not line.startswith("+")]
        new = [line[1:] for line in body if not line.startswith("-")]
        start = int(head.group(1)) - 1 + shift
        if lines[start : start + len(old)] != old:
            raise Misfit(f"{path}: line {start + 1} is not what the patch was made for")
        lines[start : start + len(old)] = new
        shift += len(new) - len(old)
    return "\n".join(lines)


def original(path: Path) -> str:
    kept = path.with_name(path.name + ".original")
    return (kept if kept.exists() else path).read_text(encoding="utf-8")


def replace(path: Path, text: str) -> None:
    """Puts a file in place at once; it may be a link to a file that other environments share."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    part.chmod(path.stat().st_mode if path.exists() else 0o644)
    os.replace(part, path)


def main(patches: Optional[Path], site: Path) -> None:
    names = sorted(patches.glob("*.patch")) if patches else []
    texts = [name.read_text(encoding="utf-8") for name in names]
    stamp = hashlib.sha256("".join(texts).encode()).hexdigest()
    mark = site / MARK
    if mark.exists() and mark.read_text() == stamp:
        return
    if names:
        print("applying patches", file=sys.stderr)
    results: Dict[Path, str] = {}
    for name, text in zip(names, texts):
        for relative, hunks in files_of(text):
            path = site / relative
            if not path.exists():
                raise Misfit(f"{name.name}: there is no {relative}")
            results[path] = patched(results.get(path, original(path)), hunks, f"{name.name}: {relative}")
    mark.unlink(missing_ok=True)
    for path, text in results.items():
        if not path.with_name(path.name + ".original").exists():
            replace(path.with_name(path.name + ".original"), original(path))
        replace(path, text)
    print("compiling", file=sys.stderr)
    # Without compiled files the first import of a search takes 20 s. Nobody imports the packages' own tests.
    compileall.compile_dir(site, quiet=2, workers=0, rx=re.compile(r"[/\\]tests?[/\\]"))
    mark.write_text(stamp)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else None, Path(sysconfig.get_paths()["purelib"]))
    except Misfit as misfit:
        sys.exit(str(misfit))
