"""Reads a notebook or script into parsed pieces. Nothing of the user's code is ever run."""

import ast
import io
import json
import os
import re
import sys
import tokenize


class BadSource(Exception):
    """The source cannot be read at all; `place` is {"line": 1, "column": 1} as far as known."""

    def __init__(self, message, place=None):
        super().__init__(message)
        self.message = message
        self.place = place or {}


class Piece:
    """One code cell, or a whole script (cell is None). Lines count from 1 inside the cell."""

    def __init__(self, text, cell=None, tags=()):
        self.text = text
        self.cell = cell
        self.tags = tuple(tags)
        self.tree = None

    def place(self, node_or_line):
        line = node_or_line if isinstance(node_or_line, int) else getattr(node_or_line, "lineno", 1)
        return {"line": line} if self.cell is None else {"line": line, "cell": self.cell}

    def order(self, node):
        """Position in the whole program: what comes later is larger."""
        return (self.cell or 0) * 1_000_000 + getattr(node, "lineno", 0)


def read_program(path):
    """Pieces of a source file and the problems found while parsing them."""
    with open(path, "rb") as file:
        data = file.read()
    pieces = notebook_pieces(data) if path.endswith(".ipynb") else [Piece(decode(data))]
    problems = []
    for piece in pieces:
        try:
            piece.tree = ast.parse(without_magics(piece.text) if piece.cell is not None else piece.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            piece.tree = ast.Module(body=[], type_ignores=[])
            line = getattr(error, "lineno", None) or 1
            where = f"cell {piece.cell}, line {line}" if piece.cell is not None else f"line {line}"
            message = getattr(error, "msg", None) or type(error).__name__
            problems.append({"severity": "error", "message": f"Python cannot read {where}: {message}.", **piece.place(line)})
    return pieces, problems


def decode(data):
    """Text of a Python source, by its own coding line (UTF-8 without one)."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return io.TextIOWrapper(io.BytesIO(data), encoding).read()
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        raise BadSource(f"The file is not text in UTF-8 ({reason(error)}).", byte_place(data, error)) from error


def notebook_pieces(data):
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSource(f"The notebook is not text in UTF-8 ({reason(error)}).", byte_place(data, error)) from error
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise BadSource(f"The notebook is not valid JSON: {error.msg} (line {error.lineno}, column {error.colno}).", place) from error
    except RecursionError as error:
        raise BadSource("The notebook is nested too deeply to be one.") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise BadSource("The file is JSON but no notebook of format 4: it has no list of cells.")
    language = str(((notebook.get("metadata") or {}).get("kernelspec") or {}).get("language") or "python").lower()
    if language != "python":
        raise BadSource(f"The notebook is written in {language}; only Python notebooks can become modules.")
    pieces = []
    for index, cell in enumerate(notebook["cells"], 1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", "")
        source = "".join(map(str, source)) if isinstance(source, list) else str(source)
        tags = (cell.get("metadata") or {}).get("tags") or []
        pieces.append(Piece(source, index, [tag for tag in tags if isinstance(tag, str)]))
    return pieces


def without_magics(text):
    """Blanks what only IPython understands (`%magic`, `!command`, `name?`), keeping the count of lines."""
    if re.match(r"\s*%%(?!(time|timeit|capture)\b)", text):
        return "\n" * text.count("\n")
    lines = []
    for line in text.split("\n"):
        bare = line.lstrip()
        if bare.startswith(("%", "!", "?")) or re.match(r"[\w.]+\s*\?{1,2}$", bare):
            line = line[: len(line) - len(bare)] + "pass"
        elif re.match(r"[\w, ]+=\s*[!%]", bare):
            line = re.sub(r"=\s*[!%].*", "= None", line)
        lines.append(line)
    return "\n".join(lines)


def comments(text):
    """Comment behind the code of a line: {line: text}."""
    found = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                found[token.start[0]] = token.string.lstrip("#: ").strip()
    except (tokenize.TokenError, SyntaxError):
        pass
    return found


def reason(error):
    return str(getattr(error, "reason", None) or getattr(error, "msg", None) or error)


def byte_place(data, error):
    start = getattr(error, "start", None)
    return {} if start is None else {"line": data.count(b"\n", 0, start) + 1}


def answer(main):
    """Prints what `main` finds at the path that is the program's argument as JSON, or what is wrong with the source."""
    sys.setrecursionlimit(5000)
    try:
        found = main(os.path.abspath(sys.argv[1]))
    except BadSource as error:
        found = {"bad": error.message, **error.place}
    json.dump(found, sys.stdout, ensure_ascii=True, allow_nan=False, default=lambda value: None)
