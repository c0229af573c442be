"""Options of a command line program: argparse, click, typer and plain `sys.argv`.

An option is a parameter finding with `via` and either `option` ("--lr"), `positional` (its place), or `flags`: the words of a
boolean, when it is true and when it is false; "" is no word.
"""

import ast

from parameters import NAME
from typing_of import NOTHING, SIMPLE, parameter
from values import Unknown, argument, constant, dotted, keyword, plain, text_of


def options(pieces):
    """(findings in the order of the command line, problems)."""
    found, problems = [], []
    for piece in pieces:
        for node in ast.walk(piece.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "add_argument":
                add(found, argparse_option(node, piece, problems))
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for one in click_options(node, piece, problems):
                    add(found, one)
                if is_typer(node, pieces):
                    for one in typer_options(node, piece):
                        add(found, one)
    if not found:
        found = argv_words(pieces)
    return sorted(found, key=lambda one: (one.get("positional", 0), one["line"])), problems


def add(found, one):
    same = next((other for other in found if one and "flags" in one and "flags" in other and other["name"] == one["name"]), None)
    if same:  # `--shuffle` and `--no-shuffle` as two options of one name; the first one's default counts.
        same["flags"] = [mine or other for mine, other in zip(same["flags"], one["flags"])]
    if one and NAME.fullmatch(one["name"]) and all(other["name"] != one["name"] for other in found):
        found.append(one)


def default_of(node):
    if node is None:
        return None
    try:
        value = constant(node)
        return value if plain(value) else NOTHING
    except Unknown:
        return NOTHING


def argparse_option(call, piece, problems):
    words = [text_of(item) for item in call.args]
    if not words or None in words:
        return None
    dashed = [word for word in words if word.startswith("-")]
    option = next((word for word in dashed if word.startswith("--")), dashed[0] if dashed else None)
    name = text_of(keyword(call, "dest")) or (option or words[0]).lstrip("-").replace("-", "_")
    action = (text_of(keyword(call, "action")) or dotted(keyword(call, "action"))).split(".")[-1]
    if action in ("version", "help") or name == "help":
        return None
    place = {"via": "argparse", "reason": f"argparse option {option or name}", **({"option": option} if option else {}), **piece.place(call)}
    note = help_text(keyword(call, "help"))
    default = default_of(keyword(call, "default"))
    required = getattr(keyword(call, "required"), "value", False) is True or (not option and nargs(call) not in ("?", "*"))
    if action == "count":
        return None
    if action == "store_true":
        return flag(name, [option, ""], note, place, default is True)
    if action == "store_false":
        return flag(name, ["", option], note, place, default is not False)
    if action == "store_const":
        # Several constants may share a name, so each is called by its own option.
        return flag(option.lstrip("-").replace("-", "_"), [option, ""], note, place, False)
    if action == "BooleanOptionalAction":
        return flag(name, [option, f"--no-{option[2:]}"], note, place, default)
    if action in ("append", "extend") or nargs(call) in ("+", "*") or (isinstance(nargs(call), int) and nargs(call) > 1):
        problems.append(
            {
                "message": f"{option or name} takes several values, which one word of the start command cannot hold; write them into the start command.",
                **piece.place(call),
            }
        )
        return None
    choices, kind = default_of(keyword(call, "choices")), type_name(keyword(call, "type"))
    found = typed(name, kind, choices, default, required, note, place)
    if isinstance(keyword(call, "choices"), ast.Call) and dotted(keyword(call, "choices").func) == "range":
        limits(found, keyword(call, "choices"))
    if kind == "bool":
        problems.append(
            {"message": f"{option or name} has type=bool, for which every text is true, even \"false\"; use action=\"store_true\".", **piece.place(call)}
        )
    return {**found, **({"option": option} if option else {"positional": call.lineno})}


def nargs(call):
    node = keyword(call, "nargs")
    return node.value if isinstance(node, ast.Constant) else None


def limits(found, call):
    try:
        numbers = [constant(item) for item in call.args]
    except Unknown:
        return
    low, high = (0, numbers[0]) if len(numbers) == 1 else numbers[:2]
    found["parameter"].update({"type": "integer", "minimum": low, "maximum": high - 1})
    found["parameter"].pop("choices", None)


def help_text(node):
    text = text_of(node) or ""
    for mark in (" (default: %(default)s)", " (default %(default)s)", " [default: %(default)s]", "%(default)s"):
        text = text.replace(mark, "")
    return text.strip()


def type_name(node):
    return dotted(node).split(".")[-1] if node is not None else ""


def typed(name, kind, choices, default, required, note, place):
    """A finding whose unset default means: leave the option out."""
    annotation = ast.Name(id=kind) if kind in SIMPLE else None
    value = NOTHING if default is None or (required and default is None) else default
    found = parameter(name, annotation, value, note, **place)
    if kind == "loads":
        found["parameter"]["type"] = "json"
    if isinstance(choices, (list, tuple)) and choices and all(isinstance(item, (str, int, float)) for item in choices):
        found["parameter"].update({"type": "choice", "choices": list(choices)})
    if not required and "default" not in found["parameter"]:
        found["parameter"]["required"] = False
    return found


def flag(name, words, note, place, default):
    """A switch: a boolean whose words (true, false) are there or not. Without a default it may stay unset."""
    found = {"type": "boolean", **({"default": default} if isinstance(default, bool) else {"required": False})}
    if note:
        found["description"] = note
    return {"name": name, "parameter": found, "flags": words, **place}


def click_options(function, piece, problems):
    for decorator in function.decorator_list:
        if not isinstance(decorator, ast.Call):
            continue
        kind = dotted(decorator.func).split(".")[-1]
        owner = dotted(decorator.func).split(".")[0]
        words = [text_of(item) for item in decorator.args]
        if kind not in ("option", "argument") or owner == "typer" or not words or None in words:
            continue
        plain_words = [word for word in words if not word.startswith("-")]
        dashed = [word for word in words if word.startswith("-")]
        option = next((word for word in dashed if word.startswith("--")), dashed[0] if dashed else None)
        place = {"via": "click", "reason": f"click {kind} {option or words[0]}", **piece.place(decorator)}
        name = plain_words[0] if plain_words else (option or "").split("/")[0].lstrip("-").replace("-", "_")
        note = help_text(keyword(decorator, "help"))
        default = default_of(keyword(decorator, "default"))
        if option and ("/" in option or getattr(keyword(decorator, "is_flag"), "value", False) is True):
            sides = option.split("/")
            yield flag(name.lower(), [*sides, ""][:2], note, place, default is True)
            continue
        if getattr(keyword(decorator, "multiple"), "value", False) is True or nargs(decorator) not in (None, 1):
            problems.append({"message": f"{option or name} takes several values; write them into the start command.", **piece.place(decorator)})
            continue
        required = kind == "argument" or getattr(keyword(decorator, "required"), "value", False) is True
        yield click_typed(decorator, name.lower(), default, required, note, place, option)


def click_typed(decorator, name, default, required, note, place, option):
    node = keyword(decorator, "type")
    kind, choices = type_name(node), None
    if isinstance(node, ast.Call):
        kind = dotted(node.func).split(".")[-1]
        choices = default_of(node.args[0]) if kind == "Choice" and node.args else None
    kind = {"INT": "int", "FLOAT": "float", "STRING": "str", "IntRange": "int", "FloatRange": "float"}.get(kind, kind)
    found = typed(name, kind, choices, default, required, note, place)
    if isinstance(node, ast.Call) and kind in ("int", "float"):
        for bound, position, word in (("minimum", 0, "min"), ("maximum", 1, "max")):
            value = default_of(argument(node, position, word))
            if isinstance(value, (int, float)):
                found["parameter"][bound] = value
    return {**found, **({"option": option} if option else {"positional": decorator.lineno})}


def is_typer(function, pieces):
    names = {dotted(item.func if isinstance(item, ast.Call) else item) for item in function.decorator_list}
    if any(name.endswith(".command") for name in names) and imports(pieces, "typer"):
        return True
    return any(
        isinstance(node, ast.Call) and dotted(node.func) == "typer.run" and node.args and dotted(node.args[0]) == function.name
        for piece in pieces
        for node in ast.walk(piece.tree)
    )


def imports(pieces, name):
    return any(
        (isinstance(node, ast.Import) and any(alias.name == name for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == name)
        for piece in pieces
        for node in ast.walk(piece.tree)
    )


def typer_options(function, piece):
    arguments = function.args.args + function.args.kwonlyargs
    plain_defaults = [None] * (len(function.args.args) - len(function.args.defaults)) + function.args.defaults
    for item, node in zip(arguments, plain_defaults + function.args.kw_defaults):
        annotation, call, note = item.annotation, None, ""
        if isinstance(annotation, ast.Subscript) and dotted(annotation.value).split(".")[-1] == "Annotated":
            parts = annotation.slice.elts
            annotation, call = parts[0], next((part for part in parts[1:] if isinstance(part, ast.Call)), None)
        positional = node is None
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in ("Option", "Argument"):
            call, node = node, argument(node, 0, "default")
        words = []
        if call is not None:
            positional = dotted(call.func).split(".")[-1] == "Argument"
            words = [text for text in map(text_of, call.args) if text and text.startswith("-")]
            note = help_text(keyword(call, "help"))
        required = node is None or (isinstance(node, ast.Constant) and node.value is ...)
        value = NOTHING if required else default_of(node)
        option = next((word for word in words if word.startswith("--")), f"--{item.arg.replace('_', '-')}")
        place = {"via": "typer", "reason": f"typer {'argument' if positional else 'option'} {item.arg}", **piece.place(item)}
        if dotted(annotation) == "bool" or isinstance(value, bool):
            sides = option.split("/") if "/" in option else [option, f"--no-{option[2:]}"]
            yield flag(item.arg, sides, note, place, value)
            continue
        found = parameter(item.arg, annotation, NOTHING if value is None else value, note, **place)
        if value is None:
            found["parameter"]["required"] = False
            found["parameter"].pop("default", None)
        for bound, word in (("minimum", "min"), ("maximum", "max")):
            limit = default_of(keyword(call, word)) if call is not None else None
            if isinstance(limit, (int, float)):
                found["parameter"][bound] = limit
        yield {**found, **({"positional": item.lineno * 1000 + item.col_offset} if positional else {"option": option.split("/")[0]})}


def argv_words(pieces):
    """`sys.argv[1]` and up: named after the variable that takes them."""
    names, found = {}, {}
    for piece in pieces:
        for node in ast.walk(piece.tree):
            if not isinstance(node, ast.Assign) or len(node.targets) != 1:
                continue
            target, value = node.targets[0], node.value
            if isinstance(target, ast.Name):
                for part in ast.walk(value):
                    place = argv_place(part)
                    if place:
                        names[place] = (target.id, value)
            elif isinstance(target, ast.Tuple) and argv_slice(value) is not None:
                start = argv_slice(value)
                for offset, item in enumerate(target.elts):
                    if isinstance(item, ast.Name) and start + offset > 0:
                        names[start + offset] = (item.id, None)
                        found[start + offset] = (piece, node)
    for piece in pieces:
        for node in ast.walk(piece.tree):
            place = argv_place(node)
            if place:
                found.setdefault(place, (piece, node))
    result = []
    for place, (piece, node) in sorted(found.items()):
        name, value = names.get(place, (f"arg{place}", None))
        kind, default = argv_type(value, place)
        place_of = {"via": "argv", "reason": f"sys.argv[{place}]", **piece.place(node)}
        result.append({**parameter(name, ast.Name(id=kind) if kind else None, default, **place_of), "positional": place})
    return result


def argv_place(node):
    if isinstance(node, ast.Subscript) and dotted(node.value) in ("sys.argv", "argv") and isinstance(node.slice, ast.Constant):
        place = node.slice.value
        return place if isinstance(place, int) and 0 < place < 100 else None
    return None


def argv_slice(node):
    """First index of `sys.argv[1:3]` or of `sys.argv` unpacked as a whole."""
    if dotted(node) == "sys.argv":
        return 0
    if isinstance(node, ast.Subscript) and dotted(node.value) == "sys.argv" and isinstance(node.slice, ast.Slice):
        lower = node.slice.lower
        return lower.value if isinstance(lower, ast.Constant) and isinstance(lower.value, int) else 0
    return None


def argv_type(value, place):
    """Type and default of `int(sys.argv[2]) if len(sys.argv) > 2 else 5`."""
    default = NOTHING
    if isinstance(value, ast.IfExp):
        default = default_of(value.orelse)
        value = value.body
    if isinstance(value, ast.Call) and dotted(value.func) in SIMPLE and value.args and argv_place(value.args[0]) == place:
        return dotted(value.func), default
    return None, default
