"""Turns uses of files into input and output ports."""

import os
import re

from parameters import NAME

OUTSIDE = re.compile(r"^(/|~|[A-Za-z]:[\\/])|(^|/)\.\.(/|$)")
ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*://|^(/tmp|/dev|/proc|/sys|/etc|/usr)(/|$)|[*?{}]|\.tmp$")
ENDING = {"model": ".joblib", "dataset": ".csv", "file": ".txt"}


def ports(uses, parameters, folder):
    """{inputs, outputs, local, taken, problems}. `taken`: parameters that became ports. `local`: files beside that are read."""
    result = {"inputs": [], "outputs": [], "local": [], "taken": set(), "problems": []}
    names = set()
    known = {one["name"]: one["parameter"] for one in parameters}
    for use in of_sdk(uses):
        _, direction, name, default = use["path"]
        if name in names or not NAME.fullmatch(name):
            continue
        names.add(name)
        known.pop(name, None)
        result["taken"].add(name)
        kind = use["type"] or "file"
        if direction == "input":
            add(result["inputs"], name, kind, default if inside(default) else os.path.basename(default or "") or name, use, "sdk")
        else:
            add(result["outputs"], name, kind, default if inside(default) else name + ending(use, kind), use, "sdk")
    for use in first_of_each(uses, "param"):
        _, name, rest = use["path"]
        if name not in known or name in names or known[name]["type"] not in ("string", "json"):
            continue
        names.add(name)
        result["taken"].add(name)
        default = known[name].get("default")
        text = default if isinstance(default, str) else ""
        kind = by_ending(text, use["type"]) if rest is None else use["type"] or "file"
        if rest is not None and use["kind"] == "read" and "data" in name.lower():
            kind = "dataset"
        path = text.rstrip("/") if inside(text) else None
        optional = known[name].get("required") is False and not text
        note = known[name].get("description", "")
        if use["kind"] == "read":
            add(result["inputs"], name, kind, path, use, "parameter", optional, note)
        else:
            add(result["outputs"], name, kind, path or (name if rest else name + ending(use, kind)), use, "parameter", optional, note)
    constants(uses, result, names | set(known), folder)
    apart(result)
    return result


def apart(result):
    """An input never lies where an output is written or another input lies."""
    taken = {one["port"]["path"] for one in result["outputs"]}
    for one in result["inputs"]:
        path = one["port"].get("path")
        if path is None:
            continue
        if path in taken and one["via"] == "sdk":
            one["port"]["path"] = one["name"] + os.path.splitext(path)[1]
        taken.add(one["port"]["path"])


def by_ending(text, guess):
    from fileuse import type_of

    return type_of(("const", text), guess) if text else guess or "file"


def ending(use, kind):
    return use.get("ending") or ENDING[kind]


def of_sdk(uses):
    """Each SDK port once; the type comes from what is done with its path."""
    best = {}
    for use in uses:
        if use["path"][0] != "sdk":
            continue
        key = use["path"][1:3]
        known = best.get(key)
        if known is None:
            best[key] = dict(use)
        else:
            known["type"] = known["type"] or use["type"]
            known["ending"] = known.get("ending") or use.get("ending")
    return best.values()


def first_of_each(uses, kind):
    seen = {}
    for use in uses:
        if use["path"][0] == kind:
            key = use["path"][1]
            known = seen.setdefault(key, dict(use))
            if known is not use and use["path"][2] and use["type"] == "model":
                known["type"] = "model"
    return seen.values()


def constants(uses, result, names, folder):
    # Which of two files runs first is not known: what one writes and another reads stays inside.
    elsewhere = {(normal(use), use.get("file")) for use in uses if use["kind"] == "write" and use["path"][0] == "const"}
    written = set()
    seen = set()
    for use in uses:
        if use["path"][0] != "const":
            continue
        text = normal(use)
        if text in ("", ".") or ELSEWHERE.search(use["path"][1]) or "\n" in text:
            continue
        key = (use["kind"], text)
        made = text in written or any(path == text and file != use.get("file") for path, file in elsewhere)
        if key in seen or (use["kind"] == "read" and made):
            continue
        seen.add(key)
        if OUTSIDE.search(text):
            verb, call = ("reads", "input") if use["kind"] == "read" else ("writes", "output")
            name = identifier(text, set())
            result["problems"].append(
                {
                    "message": f'It {verb} {use["path"][1]}, which lies outside the module. Use secxops.{call}("{name}", "{use["path"][1]}") there, so that a workflow can connect it.',
                    **place(use),
                }
            )
            continue
        kind = use["type"] or "file"
        if use["kind"] == "write":
            written.add(text)
            name = identifier(text, names)
            names.add(name)
            add(result["outputs"], name, kind, text, use, "file")
        elif kind == "file" and os.path.exists(os.path.join(folder, text)):
            result["local"].append(text)
        else:
            name = identifier(text, names)
            names.add(name)
            add(result["inputs"], name, kind, text, use, "file")


def normal(use):
    return os.path.normpath(use["path"][1]) if use["path"][1] else ""


def add(ports, name, kind, path, use, via, optional=False, note=""):
    port = {"type": kind}
    if path:
        port["path"] = os.path.normpath(path)
    if optional:
        port["required"] = False
    if note:
        port["description"] = note
    ports.append({"name": name, "port": port, "via": via, "reason": use["reason"], **place(use)})


def place(use):
    return {key: use[key] for key in ("file", "line", "cell") if key in use}


def inside(path):
    return bool(path) and not OUTSIDE.search(path) and not ELSEWHERE.search(path) and os.path.normpath(path) != "."


def identifier(path, taken):
    base = os.path.basename(path.rstrip("/"))
    stem = base.split(".", 1)[0] or base
    name = re.sub(r"\W+", "_", stem, flags=re.ASCII).strip("_") or "file"
    name = (name if not name[0].isdigit() else f"file_{name}")[:60]
    extension = os.path.splitext(base)[1].lstrip(".")
    if name in taken and extension:
        name = f"{name}_{extension}"
    number, unique = 2, name
    while unique in taken:
        unique, number = f"{name}_{number}", number + 1
    return unique
