"""What a program imports, split into the standard library, files beside it, and everything else."""

import ast
import os
import sys

from values import dotted

# What pandas needs for a format besides itself; an import scan alone never sees it.
HELPERS = {
    "read_parquet": "pyarrow",
    "to_parquet": "pyarrow",
    "read_feather": "pyarrow",
    "to_feather": "pyarrow",
    "read_excel": "openpyxl",
    "to_excel": "openpyxl",
    "read_hdf": "tables",
    "to_hdf": "tables",
    "to_markdown": "tabulate",
}
# The SDK is on the path of every module; a notebook's kernel brings IPython.
PROVIDED = {"secxops"}
PROVIDED_NOTEBOOK = {"IPython", "ipykernel", "papermill"}


def imports(pieces, folder, notebook):
    """(third party [{module, line, cell, reason}], local files relative to `folder`)."""
    provided = PROVIDED | (PROVIDED_NOTEBOOK if notebook else set())
    third, local, seen = {}, [], set()
    scan(pieces, folder, folder, third, local, seen, provided, None)
    return list(third.values()), sorted(local)


def scan(pieces, base, folder, third, local, seen, provided, path):
    for piece in pieces:
        for node in ast.walk(piece.tree):
            for name, level in names(node):
                top = name.split(".")[0]
                found = find_local(base, folder, name, level)
                if found:
                    for file in found:
                        follow(file, base, third, local, seen, provided)
                elif level == 0 and top and top not in sys.stdlib_module_names and top not in provided:
                    reason = f"import {name}" + (f" in {path}" if path else "")
                    third.setdefault(top, {"module": top, "reason": reason, "path": path, **piece.place(node)})
            if isinstance(node, ast.Attribute) and node.attr in HELPERS and any(one in third for one in ("pandas", "polars")):
                helper = HELPERS[node.attr]
                third.setdefault(helper, {"module": helper, "reason": f"{node.attr} needs it", "path": path, **piece.place(node)})


def names(node):
    """(dotted name, relative level) of what a statement imports; `from a import b` may import the file a/b.py."""
    if isinstance(node, ast.Import):
        return [(alias.name, 0) for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level == 0 and base:
            return [(base, 0)]
        return [(f"{base}.{alias.name}" if base else alias.name, node.level) for alias in node.names]
    if isinstance(node, ast.Call) and dotted(node.func) in ("importlib.import_module", "__import__") and node.args:
        value = getattr(node.args[0], "value", None)
        return [(value, 0)] if isinstance(value, str) and value.replace(".", "").isidentifier() else []
    return []


def find_local(base, folder, name, level):
    """Files beside the program that an import reads, relative to `base`; empty when it comes from elsewhere."""
    start = folder
    for _ in range(max(level - 1, 0)):
        start = os.path.dirname(start)
    for root in [start] if level else dict.fromkeys([folder, base]):
        parts = name.split(".")
        for length in range(len(parts), 0, -1):
            stem = os.path.join(root, *parts[:length])
            if os.path.isfile(stem + ".py"):
                return [os.path.relpath(stem + ".py", base)]
            if os.path.isdir(stem) and has_python(stem):
                return package_files(stem, base)
    return []


def has_python(folder):
    return any(name.endswith(".py") for name in os.listdir(folder))


def package_files(folder, base):
    found = []
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
        found += [os.path.relpath(os.path.join(root, name), base) for name in files if name.endswith(".py")]
        if len(found) > 500:
            break
    return sorted(found)


def follow(file, base, third, local, seen, provided):
    from program import BadSource, read_program

    if file in seen or file.startswith(".."):
        return
    seen.add(file)
    local.append(file)
    path = os.path.join(base, file)
    try:
        if os.path.getsize(path) > 2_000_000:
            return
        pieces, _ = read_program(path)
    except (BadSource, OSError):
        return
    scan(pieces, base, os.path.dirname(path), third, local, seen, provided, file)
