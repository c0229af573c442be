"""Prints the parameters that a notebook, script or folder reads, as one JSON document. Runs nothing of it.

usage: python3 from_code.py PATH

Each: {"name", "via": nni | argparse | click | typer | papermill | sdk, "reason", "parameter": {"type", "default"?, "choices"?, "minimum"?,
"maximum"?}, "file"?, "line", "cell"?}; without a type nothing is known but the name.
"""

import ast
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "inspector"))

import helpers
import options
import parameters
import program
import project
from typing_of import NOTHING, parameter
from values import Unknown, constant, dotted, text_of

MOST_FILES = 50
#: Megabytes; beyond them lies data, not code.
LARGEST = {".py": 5, ".ipynb": 64}
KINDS = {"int": "integer", "float": "number", "str": "string", "bool": "boolean"}


def main(path):
    if not os.path.isdir(path):
        return of_file(path)
    entry = project.entry(path)
    if entry:
        return of_file(os.path.join(path, entry[0]))
    found = {}
    for name in sorted(name for name in os.listdir(path) if name.endswith((".py", ".ipynb")))[:MOST_FILES]:
        try:
            for one in of_file(os.path.join(path, name))["parameters"]:
                found.setdefault(one["name"], one)
        except program.BadSource:
            continue
    return {"parameters": list(found.values())}


def of_file(path):
    entry = os.path.basename(path)
    largest = LARGEST.get(os.path.splitext(entry)[1])
    if largest is None:
        return {"parameters": []}
    if os.path.getsize(path) > largest * 1_048_576:
        raise program.BadSource(f"{entry} has {os.path.getsize(path) // 1_048_576} MB; a source may have {largest}.")
    pieces, problems = program.read_program(path)
    if problems and all(not piece.tree.body for piece in pieces):
        place = {key: problems[0][key] for key in ("line", "cell") if key in problems[0]}
        raise program.BadSource(problems[0]["message"], place)
    found, merged, asked = {}, False, False
    for source in helpers.sources(pieces, os.path.dirname(path)).values():
        reads = Reads(source.pieces)
        for one in [*reads.found(), *parameters.sdk_parameters(source.pieces)]:
            found.setdefault(one["name"], {**one, "file": source.file or entry})
        asked = asked or reads.asked
        merged = merged or reads.merged()
    own = parameters.papermill(pieces)[0] if path.endswith(".ipynb") else options.options(pieces)[0]
    for one in own:
        # NNI hands nothing to options, unless the program merges what it got into them; these know the type and the preset.
        if asked and not merged and one["name"] not in found:
            continue
        known = found.setdefault(one["name"], {**one, "file": entry})
        if known["via"] == "nni":
            known["parameter"] = {**known["parameter"], **one["parameter"]}
    return {"parameters": [shown(one) for one in sorted(found.values(), key=lambda one: (one["file"] != entry, one["file"], one.get("cell", 0), one["line"]))]}


def shown(one):
    return {key: one[key] for key in ("name", "parameter", "via", "reason", "option", "file", "line", "cell") if key in one}


class Reads:
    """What a program reads of `nni.get_next_parameter()`: keys of its result, and of the presets that it is merged into."""

    def __init__(self, pieces):
        self.pieces = pieces
        self.nodes = [(piece, node) for piece in pieces for node in ast.walk(piece.tree)]
        self.functions = {node.name: node for _, node in self.nodes if isinstance(node, ast.FunctionDef)}
        self.names = set()
        self.result = {}
        self.asked = any(self.is_call(node) for _, node in self.nodes)

    def merged(self):
        """True when the parameters are put into the options of the command line."""
        return any(
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and dotted(node.value.func).split(".")[-1] in ("parse_args", "parse_known_args")
            and any(dotted(name) in self.names for target in node.targets for name in getattr(target, "elts", [target]))
            for _, node in self.nodes
        )

    def found(self):
        if not self.asked:
            return []
        # A name may be handed on before it is seen to be one: until nothing new is found.
        before = -1
        while before != len(self.names):
            before = len(self.names)
            for _, node in self.nodes:
                self.follow(node)
        for piece, node in self.nodes:
            self.presets(piece, node)
        for piece, node in self.nodes:
            self.uses(piece, node)
        return list(self.result.values())

    def is_call(self, node):
        return isinstance(node, ast.Call) and dotted(node.func) in ("nni.get_next_parameter", "get_next_parameter")

    def is_read(self, node):
        """An expression that holds the parameters."""
        if self.is_call(node) or (isinstance(node, (ast.Name, ast.Attribute)) and dotted(node) in self.names):
            return True
        if isinstance(node, ast.Dict):
            return any(key is None and self.is_read(value) for key, value in zip(node.keys, node.values))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return self.is_read(node.left) or self.is_read(node.right)
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in ("dict", "vars", "merge_parameter", "Namespace", "SimpleNamespace"):
            return any(self.is_read(item) for item in [*node.args, *(item.value for item in node.keywords)])
        return False

    def follow(self, node):
        if isinstance(node, ast.Assign) and self.is_read(node.value):
            self.names.update(dotted(target) for target in node.targets if dotted(target))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
            target = node.func.value.args[0] if dotted(node.func.value) == "vars()" and node.func.value.args else node.func.value
            if any(self.is_read(item) for item in node.args) and dotted(target):
                self.names.add(dotted(target))
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] == "merge_parameter" and node.args and dotted(node.args[0]):
            self.names.add(dotted(node.args[0]))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self.functions:
            names = [item.arg for item in self.functions[node.func.id].args.args]
            given = [*zip(names, node.args), *((item.arg, item.value) for item in node.keywords if item.arg in names)]
            self.names.update(name for name, value in given if self.is_read(value))

    def presets(self, piece, node):
        """Dictionaries of presets under a name that holds the parameters, or merged with them."""
        if isinstance(node, ast.Assign) and any(dotted(target) in self.names for target in node.targets):
            self.preset_dict(piece, node.value)
        elif isinstance(node, (ast.Dict, ast.BinOp)) and self.is_read(node):
            self.preset_dict(piece, node)

    def preset_dict(self, piece, node, depth=0):
        if depth > 3:
            return
        if isinstance(node, ast.BinOp):
            self.preset_dict(piece, node.left, depth + 1)
            self.preset_dict(piece, node.right, depth + 1)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self.functions:
            for part in ast.walk(self.functions[node.func.id]):
                if isinstance(part, ast.Return) and isinstance(part.value, ast.Dict):
                    self.preset_dict(piece, part.value, depth + 1)
        elif isinstance(node, ast.Call) and dotted(node.func) == "dict":
            for item in node.keywords:
                if item.arg:
                    self.add(piece, item.value, item.arg, item.value, "preset beside nni.get_next_parameter()")
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values):
                if text_of(key):
                    self.add(piece, key, text_of(key), value, "preset beside nni.get_next_parameter()")

    def uses(self, piece, node):
        """`params["x"]`, `params.get("x", default)`, what it is turned into by int() or compared with."""
        if isinstance(node, ast.Call) and dotted(node.func) in KINDS and len(node.args) == 1:
            name = self.key_of(node.args[0])
            if name:
                self.add(piece, node, name, None, kind=KINDS[dotted(node.func)])
        elif isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], (ast.Eq, ast.NotEq, ast.In)):
            name, other = self.key_of(node.left), node.comparators[0]
            if name:
                self.compared(piece, node, name, other.elts if isinstance(other, (ast.List, ast.Tuple, ast.Set)) else [other])
        elif self.key_of(node):
            default = node.args[1] if isinstance(node, ast.Call) and len(node.args) > 1 else None
            self.add(piece, node, self.key_of(node), default)

    def key_of(self, node):
        if isinstance(node, ast.Subscript) and self.is_read(node.value):
            return text_of(node.slice)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and self.is_read(node.func.value):
            return text_of(node.args[0]) if node.args else None
        return None

    def compared(self, piece, node, name, others):
        values = [text_of(other) for other in others]
        if all(values):
            known = self.add(piece, node, name, None)
            known.setdefault("choices", [])
            known["choices"] += [value for value in values if value not in known["choices"]]

    def add(self, piece, node, name, value, reason="read of nni.get_next_parameter()", kind=None):
        """Notes a parameter; the first place counts, later ones add what was not known. Answers its description."""
        try:
            default = NOTHING if value is None else constant(value)
        except Unknown:
            default = NOTHING
        if name not in self.result:
            self.result[name] = {"name": name, "parameter": {}, "via": "nni", "reason": reason, **piece.place(node)}
        known = self.result[name]["parameter"]
        if default is not NOTHING and "default" not in known:
            known.update(parameter(name, None, default)["parameter"])
        if kind:
            known["type"] = kind
        return known


if __name__ == "__main__":
    program.answer(main)
