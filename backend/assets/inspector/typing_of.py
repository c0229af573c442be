"""The product's parameter type for a Python annotation and value."""

import ast
import re

from values import Unknown, constant, dotted, plain

SIMPLE = {"int": "integer", "float": "number", "str": "string", "bool": "boolean"}
CONTAINERS = {"list", "dict", "tuple", "set", "sequence", "mapping", "iterable", "any"}
SECRET = re.compile(r"(^|_)(password|passwd|secret|token|api_?key)$", re.IGNORECASE)
NOTHING = object()


def parameter(name, annotation=None, value=NOTHING, description="", **found):
    """A finding: {name, parameter, …}. `value`: NOTHING when there is no default."""
    kind, choices, nullable = of_annotation(annotation)
    if value is not NOTHING and not plain(value):
        value = NOTHING
    if kind is None:
        kind = of_value(value)
    if kind == "number" and isinstance(value, int) and not isinstance(value, bool):
        value = float(value) if abs(value) > 2**53 else value
    if kind in ("string", "integer", "number", "boolean", "choice") and not fits(kind, value, choices):
        kind, choices = of_value(value), None
    if value is None:
        nullable = True
    result = {"type": kind}
    if kind == "string" and SECRET.search(name):
        result["type"] = "secret"
    elif value is not NOTHING and not (value is None and kind != "json"):
        result["default"] = list(value) if isinstance(value, tuple) else value
    if nullable and kind != "json":
        result["required"] = False
    if choices:
        result["choices"] = choices
    if description:
        result["description"] = description
    return {"name": name, "parameter": result, **found}


def of_value(value):
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer" if abs(value) <= 2**53 else "json"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str) or value is NOTHING:
        return "string"
    return "json"


def fits(kind, value, choices):
    if value is NOTHING or value is None:
        return True
    if kind == "choice":
        return value in (choices or [])
    actual = of_value(value)
    return actual == kind or (kind == "number" and actual == "integer")


def of_annotation(node):
    """(type or None, choices or None, may be None)."""
    if node is None:
        return None, None, False
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            node = ast.parse(node.value, mode="eval").body
        except SyntaxError:
            return None, None, False
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return of_union([node.left, node.right])
    if isinstance(node, ast.Subscript):
        name = dotted(node.value).split(".")[-1]
        items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if name == "Optional":
            kind, choices, _ = of_annotation(items[0])
            return kind, choices, True
        if name == "Union":
            return of_union(items)
        if name in ("Annotated", "Final", "ClassVar"):
            return of_annotation(items[0])
        if name == "Literal":
            return of_literal(items)
        return ("json" if name.lower() in CONTAINERS else None), None, False
    name = dotted(node).split(".")[-1]
    if name in ("Path", "PurePath"):
        return "string", None, False
    return SIMPLE.get(name, "json" if name.lower() in CONTAINERS else None), None, False


def of_union(items):
    rest = [item for item in items if not (isinstance(item, ast.Constant) and item.value is None)]
    parts = [of_annotation(item) for item in rest]
    nullable = len(rest) < len(items) or any(part[2] for part in parts)
    if len(parts) == 1:
        return parts[0][0], parts[0][1], nullable
    kinds = {part[0] for part in parts}
    if kinds <= {"integer", "number"}:
        return "number", None, nullable
    return ("string" if kinds == {"string"} else "json"), None, nullable


def of_literal(items):
    try:
        values = [constant(item) for item in items]
    except Unknown:
        return None, None, False
    choices = [value for value in values if value is not None]
    if not choices or any(isinstance(value, bool) or not isinstance(value, (str, int, float)) for value in choices):
        return "json", None, None in values
    return "choice", choices, None in values
