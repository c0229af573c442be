"""Numbers that the run view draws while the module runs."""

import json
import math
import os
from datetime import datetime, timezone
from typing import Any, Dict, Optional


def metric(name: str, value: float, step: Optional[float] = None, final: bool = False) -> None:
    """Reports one number: a point of a curve (``step``) or a result (``final=True``).

    Outside SecXOps it does nothing. Raises ValueError for a value that is not a finite number.
    """
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"metric {name} is {value!r}; report a finite number")
    append_metric(str(name), number, step, final)


def append_metric(name: str, number: float, step: Optional[float], final: bool) -> None:
    """Appends one number to the file of metrics, if there is one. What is not finite is written as a text."""
    path = os.environ.get("SECXOPS_METRICS_FILE")
    if not path:
        return
    line: Dict[str, Any] = {"name": name, "value": number if math.isfinite(number) else repr(number)}
    if step is not None:
        line["step"] = float(step) if step != int(step) else int(step)
    if final:
        line["final"] = True
    line["time"] = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    _append(path, json.dumps(line, ensure_ascii=False) + "\n")


def _append(path: str, text: str) -> None:
    """One write to a file opened for appending: lines of several processes never mix."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, text.encode("utf-8"))
    finally:
        os.close(file)
