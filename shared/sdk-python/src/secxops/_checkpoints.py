"""Half-way results, and the wish to stop."""

import os
import shutil
from typing import Union

Path = Union[str, "os.PathLike[str]"]


def checkpoint(path: Path, step: int) -> str:
    """Keeps a copy of the file or folder at ``path`` as the checkpoint of ``step`` and answers where it is.

    The copy appears at once when it is complete. Outside SecXOps nothing is copied and ``path`` is answered.
    """
    source = os.fspath(path)
    folder = os.environ.get("SECXOPS_CHECKPOINT_DIR")
    if not folder:
        return source
    name = os.path.basename(os.path.normpath(source))
    target = os.path.join(folder, f"{int(step):08d}", name)
    part = target + ".part"
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.isdir(source):
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(source, part)
        shutil.rmtree(target, ignore_errors=True)
    else:
        shutil.copy2(source, part)
    os.replace(part, target)
    return target


def should_stop() -> bool:
    """True once somebody has asked to cancel: save what matters and return."""
    path = os.environ.get("SECXOPS_STOP_FILE")
    return bool(path) and os.path.exists(path)
