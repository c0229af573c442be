"""What an expression stands for, as far as it can be told without running it."""

import ast
import operator

ARITHMETIC = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
}


class Unknown(Exception):
    """The value depends on something that only a run can tell."""


def constant(node):
    """Python value of a literal or of arithmetic on literals. Raises Unknown."""
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        pass
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        value = constant(node.operand)
        if isinstance(value, (int, float)):
            return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp):
        left, right = constant(node.left), constant(node.right)
        numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in (left, right))
        if numbers and type(node.op) in ARITHMETIC:
            try:
                return ARITHMETIC[type(node.op)](left, right)
            except (ArithmeticError, ValueError) as error:
                raise Unknown from error
        if numbers and isinstance(node.op, ast.Pow) and abs(left) <= 1000 and abs(right) <= 64:
            return left**right
    if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in ("Path", "PurePath", "str") and len(node.args) == 1:
        return str(constant(node.args[0]))
    raise Unknown


def plain(value):
    """True when JSON can carry the value unchanged (tuples become lists)."""
    if value is None or isinstance(value, (bool, int, str)):
        return True
    if isinstance(value, float):
        return value == value and value not in (float("inf"), float("-inf"))
    if isinstance(value, (list, tuple)):
        return all(map(plain, value))
    return isinstance(value, dict) and all(isinstance(key, str) and plain(item) for key, item in value.items())


def dotted(node):
    """`a.b.c` of a name or attribute; empty for anything else (a call in front is written as `()`)."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return ""


def keyword(call, name):
    return next((item.value for item in call.keywords if item.arg == name), None)


def argument(call, position, name):
    """The argument at `position` or called `name`, or None."""
    given = keyword(call, name)
    if given is not None:
        return given
    args = call.args[: position + 1]
    if len(args) > position and not any(isinstance(item, ast.Starred) for item in args):
        return args[position]
    return None


def text_of(node):
    """A string literal, or None."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
