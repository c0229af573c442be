"""Inspects one notebook, script or folder and prints what was found as one JSON document. Runs nothing of it.

usage: python3 inspector PATH
"""

import os

import fileuse
import helpers
import imports
import options
import parameters
import paths
import ports
import program
import project
import shell


def main(path):
    if os.path.isdir(path):
        return inspect_folder(path)
    result = inspect_shell(path) if path.endswith((".sh", ".bash")) else inspect_python(path)
    return {"entry": os.path.basename(path), **result, **beside(os.path.dirname(path))}


def inspect_folder(folder):
    found = project.entry(folder)
    if found is None:
        return {"kind": "folder", "entry": None, **empty(), **beside(folder)}
    name, reason = found
    return {**main(os.path.join(folder, name)), "kind": "folder", "entry": name, "entryReason": reason}


def beside(folder):
    known = project.requirements(folder)
    return {
        "known": {"text": known[0], "from": known[1]} if known else None,
        "command": project.docker_command(folder),
    }


def empty():
    return {"parameters": [], "inputs": [], "outputs": [], "imports": [], "local": [], "problems": []}


def inspect_python(path):
    folder = os.path.dirname(path)
    notebook = path.endswith(".ipynb")
    pieces, problems = program.read_program(path)
    if notebook:
        own, more = parameters.papermill(pieces)
        if not any("parameters" in piece.tags for piece in pieces) and not parameters.sdk_parameters(pieces):
            more.append({"message": "No cell is tagged \"parameters\", so nothing of this notebook can be set from outside. Tag the cell that holds its settings."})
    else:
        own, more = options.options(pieces)
    sources = helpers.sources(pieces, folder)
    for source in sources.values():
        names = {one["name"] for one in own}
        own += [one for one in in_file(source.file, parameters.sdk_parameters(source.pieces)) if one["name"] not in names]
    uses = [use for source, followed in paths.of_program(sources, own) for use in in_file(source.file, fileuse.uses(source.pieces, followed))]
    found = ports.ports(uses, own, folder)
    third, local = imports.imports(pieces, folder, notebook)
    return {
        "kind": "notebook" if notebook else "python",
        "parameters": [one for one in own if one["name"] not in found["taken"]],
        "ports": {one["name"]: one for one in own if one["name"] in found["taken"]},
        "inputs": found["inputs"],
        "outputs": found["outputs"],
        "imports": third,
        "local": sorted({*local, *found["local"]}),
        "problems": problems + more + found["problems"],
    }


def in_file(file, findings):
    """Findings of an imported file say so."""
    return findings if file is None else [{**one, "file": file, "reason": f'{one["reason"]} in {file}'} for one in findings]


def inspect_shell(path):
    with open(path, "rb") as file:
        text = program.decode(file.read())
    found = shell.shell(text)
    folder = os.path.dirname(path)
    uses = [
        {**one, "kind": kind, "path": ("const", one["path"]), "type": fileuse.type_of(("const", one["path"]), None), "order": one["line"]}
        for kind, items in (("read", found["reads"]), ("write", found["writes"]))
        for one in items
    ]
    result = ports.ports(sorted(uses, key=lambda one: one["order"]), found["parameters"], folder)
    third, local = {}, set(result["local"])
    for script in found["scripts"]:
        script_path = os.path.join(folder, script)
        if os.path.isfile(script_path) and not script.startswith(("/", "..")):
            pieces, _ = program.read_program(script_path)
            more, files = imports.imports(pieces, os.path.dirname(script_path), False)
            local |= {script, *(os.path.join(os.path.dirname(script), file) for file in files)}
            third.update({one["module"]: {**one, "path": one["path"] or script} for one in more})
    return {
        "kind": "shell",
        "parameters": found["parameters"],
        "ports": {},
        "inputs": result["inputs"],
        "outputs": result["outputs"],
        "imports": list(third.values()),
        "local": sorted(local),
        "python": bool(found["scripts"]),
        "program": "bash" if text.startswith("#!") and "bash" in text.split("\n", 1)[0] else "sh",
        "problems": result["problems"],
    }


if __name__ == "__main__":
    program.answer(main)
