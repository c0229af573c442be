"""Follows file paths through a program: literals, variables, options, joins and calls of the SDK.

A path is one of
  ("const", text)                     known now
  ("param", name, rest or None)       a parameter, or something below the folder it names
  ("sdk", "input"|"output", name, default or None)
"""

import ast
import os

from values import argument, dotted, text_of

ARGS = {"args", "opts", "opt", "options", "arguments"}
WRAPPERS = {"Path", "PurePath", "str", "abspath", "realpath", "expanduser", "normpath", "fspath", "resolve", "absolute", "expandvars"}
DEPTH = 12
# Later than everything in a program.
LAST = 10**12


class Elsewhere:
    """An expression of another file, as a value here."""

    def __init__(self, paths, node, order):
        self.paths = paths
        self.node = node
        self.order = order


class Paths:
    """`parameters`: findings (name, and `positional` for words of sys.argv). `foreign`: (paths, name there) of a dotted name of another file."""

    def __init__(self, pieces, parameters, aliases, foreign=lambda name: None):
        self.foreign = foreign
        self.parameters = {one["name"] for one in parameters}
        self.words = {one["positional"]: one["name"] for one in parameters if one.get("via") == "argv"}
        self.aliases = aliases
        self.assigned = {}
        self.args = set(ARGS)
        functions = {}
        for piece in pieces:
            for node in ast.walk(piece.tree):
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    functions[node.name] = (piece.order(node), [item.arg for item in node.args.args], node)
        for piece in pieces:
            tagged = "parameters" in piece.tags
            for node in ast.walk(piece.tree):
                if not tagged:
                    self.note_assignment(piece, node)
                if isinstance(node, ast.Call) and dotted(node.func) in functions:
                    self.note_call(functions[dotted(node.func)], node)

    def note_assignment(self, piece, node):
        value, targets = None, []
        if isinstance(node, ast.Assign):
            value, targets = node.value, node.targets
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            value, targets = node.value, [node.target]
        elif isinstance(node, ast.NamedExpr):
            value, targets = node.value, [node.target]
        for target in targets:
            if isinstance(target, ast.Name):
                if isinstance(value, ast.Call) and dotted(value.func).endswith("parse_args"):
                    self.args.add(target.id)
                elif not self.is_argv(value, target.id):
                    self.assigned.setdefault(target.id, []).append((piece.order(node), value))

    def is_argv(self, value, name):
        return name in self.words.values() and any(dotted(part) == "sys.argv" for part in ast.walk(value))

    def note_call(self, function, call):
        order, names, _ = function
        for name, item in list(zip(names, call.args)) + [(item.arg, item.value) for item in call.keywords if item.arg in names]:
            if name not in self.parameters or not isinstance(item, ast.Name) or item.id != name:
                self.assigned.setdefault(name, []).append((order, item))

    def resolve(self, node, order, depth=0):
        """Every path that `node` may stand for; empty when nothing is known."""
        if node is None or depth > DEPTH:
            return []
        if isinstance(node, Elsewhere):
            return node.paths.resolve(node.node, node.order, depth + 1)
        again = lambda one: self.resolve(one, order, depth + 1)
        if text_of(node) is not None:
            return [("const", text_of(node))]
        if isinstance(node, ast.Name):
            return self.of_name(node.id, order, depth)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.args:
            return [("param", node.attr, None)] if node.attr in self.parameters else []
        if isinstance(node, ast.Attribute):
            return self.of_foreign(dotted(node), depth)
        if isinstance(node, ast.Subscript):
            return self.of_subscript(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            return [path for left in again(node.left) for right in again(node.right) for path in join(left, right)]
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return [path for left in again(node.left) for right in again(node.right) for path in concat(left, right)]
        if isinstance(node, ast.JoinedStr):
            return self.of_parts([item.value if isinstance(item, ast.FormattedValue) else item for item in node.values], again)
        if isinstance(node, ast.IfExp):
            return again(node.body) + again(node.orelse)
        if isinstance(node, ast.BoolOp):
            return [path for item in node.values for path in again(item)]
        if isinstance(node, ast.Call):
            return self.of_call(node, again)
        return []

    def of_name(self, name, order, depth):
        known = self.assigned.get(name, [])
        before = [one for one in known if one[0] < order]
        newest = max((one[0] for one in before), default=None)
        chosen = [one for one in before if one[0] == newest] if before else known
        paths = [path for place, value in chosen for path in self.resolve(value, place, depth + 1)]
        return paths or ([("param", name, None)] if name in self.parameters else self.of_foreign(name, depth))

    def of_foreign(self, name, depth):
        """A constant that another file of the program defines."""
        found = self.foreign(name) if name else None
        return found[0].of_name(found[1], LAST, depth + 1) if found and depth <= DEPTH else []

    def of_subscript(self, node):
        if dotted(node.value) in ("sys.argv", "argv") and isinstance(node.slice, ast.Constant) and node.slice.value in self.words:
            return [("param", self.words[node.slice.value], None)]
        name = text_of(node.slice)
        return [("param", name, None)] if name in self.parameters and dotted(node.value) else []

    def of_call(self, node, again):
        name = self.full_name(node.func)
        last = name.split(".")[-1]
        if name in ("secxops.input", "secxops.output"):
            port = text_of(argument(node, 0, "name"))
            default = next((path[1] for path in again(argument(node, 1, "default")) if path[0] == "const"), None)
            return [("sdk", last, port, default)] if port else []
        if last == "join" and name.endswith("path.join") or last in ("Path", "PurePath"):
            return self.of_joined(node.args, again)
        if last == "joinpath" and isinstance(node.func, ast.Attribute):
            return self.of_joined([node.func.value, *node.args], again)
        if last in WRAPPERS:
            return again(node.args[0]) if node.args else again(node.func.value) if isinstance(node.func, ast.Attribute) else []
        if last == "get" and node.args and text_of(node.args[0]) in self.parameters:
            return [("param", text_of(node.args[0]), None)]
        return []

    def of_joined(self, parts, again):
        paths = again(parts[0]) if parts else []
        for part in parts[1:]:
            paths = [path for left in paths for right in again(part) or [("const", "*")] for path in join(left, right)]
        return paths

    def of_parts(self, parts, again):
        paths = [("const", "")]
        for part in parts:
            paths = [path for left in paths for right in again(part) for path in concat(left, right)]
        return paths

    def full_name(self, node):
        """Dotted name with `import … as` undone: `np.load` is numpy.load."""
        name = dotted(node)
        first, _, rest = name.partition(".")
        first = self.aliases.get(first, first)
        return f"{first}.{rest}" if rest else first


def join(left, right):
    if right[0] != "const":
        return []
    if left[0] == "const":
        return [("const", os.path.join(left[1], right[1]))]
    if left[0] == "param":
        return [("param", left[1], os.path.join(left[2] or "", right[1]))]
    return [left]


def concat(left, right):
    if left[0] == "const" and right[0] == "const":
        return [("const", left[1] + right[1])]
    if left == ("const", ""):
        return [right]
    if left[0] == "param" and right[0] == "const":
        return [("param", left[1], (left[2] or "") + right[1].lstrip("/"))] if left[2] or right[1].startswith("/") else []
    return [left] if left[0] == "sdk" and right[0] == "const" else []


def aliases(pieces):
    """Local name → full name, for `import numpy as np` and `from joblib import load`."""
    found = {}
    for piece in pieces:
        for node in ast.walk(piece.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.asname:
                        found[alias.asname] = alias.name
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                for alias in node.names:
                    found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def of_program(sources, parameters):
    """[(source, its paths)] of the files of a program: what one calls of another is known there by what it is given."""
    from helpers import meant

    found = {}

    def follower(source):
        def foreign(name):
            other = meant(sources, source, name)
            return other and (found[other[0].file], other[1])

        return Paths(source.pieces, parameters, aliases(source.pieces), foreign)

    for file, source in sources.items():
        found[file] = follower(source)
    for file, source in sources.items():
        for piece in source.pieces:
            for node in ast.walk(piece.tree):
                other = meant(sources, source, dotted(node.func)) if isinstance(node, ast.Call) and dotted(node.func) else None
                if other and other[1] in other[0].functions:
                    order, names = other[0].functions[other[1]]
                    given = list(zip(names, node.args)) + [(item.arg, item.value) for item in node.keywords if item.arg in names]
                    for name, value in given:
                        found[other[0].file].assigned.setdefault(name, []).append((order, Elsewhere(found[file], value, piece.order(node))))
    return [(source, found[file]) for file, source in sources.items()]
