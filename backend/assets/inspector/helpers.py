"""Files beside a program that it imports, with the part of their code that the program reaches. Nothing of it is run."""

import ast
import os

from program import BadSource, read_program

MOST_FILES = 50
LARGEST = 1_000_000
DEPTH = 8


class Source:
    """One file of the program: `file` is relative to the folder of the main source, which itself has None."""

    def __init__(self, file, pieces):
        self.file = file
        self.pieces = pieces
        # Dotted name as the code writes it → the file it means.
        self.modules = {}
        # Name as the code writes it → (file, name there).
        self.names = {}
        self.functions = {}
        for piece in pieces:
            for node in ast.walk(piece.tree):
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    self.functions[node.name] = (piece.order(node), [item.arg for item in node.args.args])


def sources(pieces, folder):
    """The main source, then the files that it imports from its folder, directly or through each other; by their names."""
    found = {None: Source(None, pieces)}
    waiting = [found[None]]
    while waiting:
        source = waiting.pop(0)
        for file in note_imports(source, folder):
            if file in found or len(found) > MOST_FILES:
                continue
            try:
                if os.path.getsize(os.path.join(folder, file)) > LARGEST:
                    continue
                found[file] = Source(file, read_program(os.path.join(folder, file))[0])
            except (BadSource, OSError):
                continue
            waiting.append(found[file])
    prune(list(found.values()))
    return found


def note_imports(source, folder):
    """Notes what names of a source come from which file; answers the files."""
    place = os.path.dirname(source.file or "")
    files = []

    def known(*parts):
        for root in dict.fromkeys([place, ""]):
            stem = os.path.normpath(os.path.join(root, *parts))
            for name in (f"{stem}.py", os.path.join(stem, "__init__.py")):
                if not name.startswith("..") and os.path.isfile(os.path.join(folder, name)):
                    files.append(name)
                    return name
        return None

    for piece in source.pieces:
        for node in ast.walk(piece.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    file = known(*alias.name.split("."))
                    if file:
                        source.modules[alias.asname or alias.name] = file
            elif isinstance(node, ast.ImportFrom):
                above = [".."] * (node.level - 1)
                base = above + (node.module.split(".") if node.module else [])
                for alias in node.names:
                    module = known(*base, alias.name) if base or node.level else None
                    if module:
                        source.modules[alias.asname or alias.name] = module
                        continue
                    file = known(*base) if base else None
                    if file:
                        source.names[alias.asname or alias.name] = (file, alias.name)
    return files


def meant(found, source, name, depth=0):
    """(source, name in it) of a dotted name that comes from another file of the program, or None."""
    if depth > DEPTH:
        return None
    prefix, _, last = name.rpartition(".")
    file, inner = (source.modules.get(prefix), last) if prefix else source.names.get(name, (None, name))
    other = found.get(file) if file else None
    return other and (meant(found, other, inner, depth + 1) or (other, inner))


def prune(all_sources):
    """Empties the functions of imported files that nothing of the program names, and what runs only when such a file is the main one."""
    main, *imported = all_sources
    functions = []
    for source in imported:
        for piece in source.pieces:
            piece.tree.body = [node for node in piece.tree.body if not is_main_guard(node)]
            functions += [node for node in ast.walk(piece.tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    bodies = {id(node): node.body for node in functions}
    for node in functions:
        node.body = [ast.Pass()]
    named = set()
    new = [piece.tree for source in all_sources for piece in source.pieces]
    while new:
        named |= {name for tree in new for node in ast.walk(tree) for name in names_of(node)}
        reached = [node for node in functions if id(node) in bodies and (node.name in named or node.name.startswith("__"))]
        for node in reached:
            node.body = bodies.pop(id(node))
        new = reached


def names_of(node):
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    return [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) and any(alias.asname for alias in node.names) else []


def is_main_guard(node):
    return isinstance(node, ast.If) and any(isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(node.test))
