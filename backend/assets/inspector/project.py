"""What stands beside a source: requirements, pyproject.toml, environment.yml, the command of a Dockerfile."""

import json
import os
import re
import shlex

ENTRIES = ["main.py", "train.py", "run.py", "app.py", "__main__.py", "main.sh", "run.sh", "start.sh"]
LARGEST = 1_000_000


def read(folder, name):
    path = os.path.join(folder, name)
    if not os.path.isfile(path) or os.path.getsize(path) > LARGEST:
        return None
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def requirements(folder):
    """(text, name of the file it comes from) of the requirements that the user already wrote, or None."""
    text = read(folder, "pyproject.toml")
    if text is not None:
        found = from_pyproject(text)
        if found:
            return "".join(f"{line}\n" for line in found), "pyproject.toml"
    for name in ("environment.yml", "environment.yaml"):
        text = read(folder, name)
        if text is not None:
            found = from_conda(text)
            if found:
                return "".join(f"{line}\n" for line in found), name
    return None


def from_pyproject(text):
    try:
        import tomllib

        value = tomllib.loads(text).get("project", {}).get("dependencies", [])
    except (ImportError, ValueError, AttributeError):
        return []
    return [line for line in value if isinstance(line, str)] if isinstance(value, list) else []


def from_conda(text):
    """Packages of a conda file in the spelling of a requirements file (Python itself and pip left out)."""
    found, inside = [], False
    for line in text.split("\n"):
        if re.match(r"\S", line):
            inside = line.startswith("dependencies:") or (inside and line.startswith("-"))
        item = re.match(r"\s*-\s+([^:#]+?)\s*(#.*)?$", line)
        if inside and item:
            word = item.group(1).strip("'\"")
            name = re.match(r"(?:[\w.-]+::)?([\w.-]+)\s*(.*)", word)
            if name and name.group(1) not in ("python", "pip"):
                version = re.sub(r"^=(?!=)", "==", name.group(2).split("=py")[0].replace(" ", ""))
                found.append(name.group(1) + version)
    return found


def entry(folder):
    """(path relative to the folder, why) of the source that a folder starts with, or None."""
    from_docker = docker_command(folder)
    names = sorted(name for name in os.listdir(folder) if not name.startswith(".") and os.path.isfile(os.path.join(folder, name)))
    for word in from_docker or []:
        name = os.path.basename(word)
        if name in names and name.endswith((".py", ".sh", ".ipynb")):
            return name, "the Dockerfile starts it"
    for name in ENTRIES:
        if name in names:
            return name, f"{name} is the usual name of a start"
    for ending, words in ((".ipynb", "notebook"), (".py", "Python file"), (".sh", "shell script")):
        fitting = [name for name in names if name.endswith(ending) and not re.match(r"(__init__|setup|conftest|test_.*|.*_test)\.py$", name)]
        if len(fitting) == 1:
            return fitting[0], f"it is the only {words} of the folder"
    return None


def docker_command(folder):
    """Words of the last CMD (behind the last ENTRYPOINT) of a Dockerfile, or None."""
    text = read(folder, "Dockerfile")
    if text is None:
        return None
    found = {}
    for line in re.sub(r"\\\n", " ", text).split("\n"):
        match = re.match(r"\s*(CMD|ENTRYPOINT)\s+(.+)", line, re.IGNORECASE)
        if match:
            found[match.group(1).upper()] = split_command(match.group(2).strip())
    return found.get("ENTRYPOINT", []) + found.get("CMD", []) or None


def split_command(text):
    try:
        value = json.loads(text)
        if isinstance(value, list):
            return [str(word) for word in value]
    except ValueError:
        pass
    try:
        return shlex.split(text)
    except ValueError:
        return []
