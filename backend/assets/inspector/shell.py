"""Parameters and files of a shell script: `$1` … `$9`, `${NAME:-default}`, redirections to plain files."""

import re

from typing_of import parameter

ASSIGNED = re.compile(r"""^\s*(?:local\s+|readonly\s+|export\s+)?(\w+)=["']?\$(?:\{)?([1-9])(?::?-([^}"']*))?""")
NUMBERED = re.compile(r"\$(?:\{([1-9])(?::?[-?]([^}]*))?\}|([1-9]))")
DEFAULTED = re.compile(r"\$\{([A-Za-z_]\w*):?-([^}$`]*)\}")
REQUIRED = re.compile(r"\$\{([A-Za-z_]\w*):?\?([^}]*)\}")
REDIRECT = re.compile(r"(?<![<&\d])(>>?|<)\s*([\w][\w./-]*\.\w+)")
USUAL = {"HOME", "PATH", "USER", "PWD", "TMPDIR", "SHELL", "LANG", "HOSTNAME", "IFS", "PYTHON", "PYTHONPATH", "SECXOPS_HOME"}


def shell(text):
    """{parameters, reads, writes, scripts} of a script."""
    words, variables, reads, writes, scripts = {}, {}, [], [], []
    for number, raw in enumerate(text.split("\n"), 1):
        line = without_comment(raw)
        assigned = ASSIGNED.match(line)
        if assigned:
            name, place, default = assigned.groups()
            words[int(place)] = finding(name.lower(), default, number, f"${place} of the script")
        for match in NUMBERED.finditer(line):
            place = int(match.group(1) or match.group(3))
            words.setdefault(place, finding(f"arg{place}", match.group(2), number, f"${place} of the script"))
        for match in DEFAULTED.finditer(line):
            name, default = match.groups()
            if name not in USUAL and not name.startswith("SECXOPS_"):
                variables.setdefault(name, finding(name, default, number, f"environment variable {name}"))
        for match in REQUIRED.finditer(line):
            name = match.group(1)
            if name not in USUAL and not name.startswith("SECXOPS_"):
                variables.setdefault(name, finding(name, None, number, f"environment variable {name}"))
        for sign, path in REDIRECT.findall(re.sub(r"'[^']*'|\"[^\"]*\"", " ", line)):
            (reads if sign == "<" else writes).append({"path": path, "line": number, "reason": f"{sign} {path}"})
        scripts += re.findall(r"\bpython[\d.]*\s+(?:-\w\s+)*([\w./-]+\.py)\b", line)
    parameters = [{**one, "positional": place} for place, one in sorted(words.items())]
    parameters += [{**one, "variable": name} for name, one in variables.items()]
    return {"parameters": parameters, "reads": reads, "writes": writes, "scripts": scripts}


def finding(name, default, line, reason):
    default = default.strip("\"'") if default else None
    if default is None:
        return parameter(name, via="shell", reason=reason, line=line)
    return parameter(name, None, number_or_text(default), via="shell", reason=reason, line=line)


def number_or_text(text):
    for kind in (int, float):
        try:
            value = kind(text)
            if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", text):
                return value
        except ValueError:
            pass
    return text


def without_comment(line):
    return re.sub(r"(^|\s)#.*$", "", line) if not re.search(r"['\"].*#.*['\"]", line) else line
