"""Where inputs are read and outputs are written."""

import os
from typing import Optional, Union

Path = Union[str, "os.PathLike[str]"]


def input(name: str, default: Optional[Path] = None) -> str:
    """Path of the input called ``name``: absolute inside SecXOps; else ``default``, or the name itself."""
    return os.environ.get("SECXOPS_INPUT_" + name) or _plain(name, default)


def output(name: str, default: Optional[Path] = None) -> str:
    """Path to write the output called ``name`` to; its parent folder exists afterwards.

    Absolute inside SecXOps; else ``default``, or the name itself.
    """
    path = os.environ.get("SECXOPS_OUTPUT_" + name) or _plain(name, default)
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    return path


def _plain(name: str, default: Optional[Path]) -> str:
    return name if default is None else os.fspath(default)
