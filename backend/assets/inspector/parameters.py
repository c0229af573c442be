"""Parameters of the papermill-tagged cell, and of `secxops.params()`."""

import ast
import re

from program import comments
from typing_of import NOTHING, parameter
from values import Unknown, constant, dotted, keyword, text_of

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")


def papermill(pieces):
    """(parameters, problems) of the cell tagged "parameters"."""
    found, problems = {}, []
    for piece in pieces:
        if "parameters" not in piece.tags:
            continue
        notes = comments(piece.text)
        for statement in piece.tree.body:
            for target, annotation, value in assignments(statement):
                name = target.id
                if not NAME.fullmatch(name):
                    problems.append({"message": f"{name} has no plain ASCII name, so it cannot become a parameter.", **piece.place(statement)})
                    continue
                line = getattr(statement, "end_lineno", statement.lineno)
                note = notes.get(line) or notes.get(statement.lineno) or ""
                try:
                    default = NOTHING if value is None else constant(value)
                except Unknown:
                    default = NOTHING
                    if annotation is None:
                        problems.append(
                            {
                                "message": f"{name} in the parameters cell is computed, so its type is unknown; write a plain value or a type to make it a parameter.",
                                **piece.place(statement),
                            }
                        )
                        continue
                found[name] = parameter(
                    name, annotation, default, note, via="papermill", reason="in the cell tagged parameters", **piece.place(statement)
                )
                found[name]["order"] = piece.order(statement)
    return list(found.values()), problems


def assignments(statement):
    """(name node, annotation, value) of each simple assignment in a statement."""
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [(statement.target, statement.annotation, statement.value)]
    if isinstance(statement, ast.Assign):
        pairs = []
        for target in statement.targets:
            if isinstance(target, ast.Name):
                pairs.append((target, None, statement.value))
            elif isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple) and len(target.elts) == len(statement.value.elts):
                pairs += [(one, None, value) for one, value in zip(target.elts, statement.value.elts) if isinstance(one, ast.Name)]
        return pairs
    return []


def sdk_parameters(pieces):
    """Parameters read by `secxops.params()`: its keyword defaults, `["x"]` and `.get("x", default)` on its result."""
    names, found = set(), {}

    def is_params(node):
        return (isinstance(node, ast.Call) and dotted(node.func) in ("secxops.params", "params")) or dotted(node) in names

    def add(piece, node, name, value):
        if value is None and name in found:
            return
        try:
            default = NOTHING if value is None else constant(value)
        except Unknown:
            default = NOTHING
        if NAME.fullmatch(name) and (name not in found or default is not NOTHING):
            found[name] = parameter(name, None, default, via="sdk", reason="read by secxops.params()", **piece.place(node))

    imported = any(
        isinstance(node, (ast.Import, ast.ImportFrom)) and "secxops" in [alias.name for alias in node.names] + [getattr(node, "module", "")]
        for piece in pieces
        for node in ast.walk(piece.tree)
    )
    if not imported:
        return []
    for piece in pieces:
        for node in ast.walk(piece.tree):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and dotted(node.value.func) in ("secxops.params", "params"):
                names.update(target.id for target in node.targets if isinstance(target, ast.Name))
    for piece in pieces:
        for node in ast.walk(piece.tree):
            if isinstance(node, ast.Call) and dotted(node.func) in ("secxops.params", "params"):
                for item in node.keywords:
                    if item.arg:
                        add(piece, node, item.arg, item.value)
            if isinstance(node, ast.Subscript) and is_params(node.value) and text_of(node.slice):
                add(piece, node, text_of(node.slice), None)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and is_params(node.func.value):
                name = text_of(node.args[0]) if node.args else None
                if name:
                    add(piece, node, name, node.args[1] if len(node.args) > 1 else keyword(node, "default"))
    return list(found.values())
