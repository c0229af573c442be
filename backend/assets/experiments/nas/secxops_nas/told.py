"""What the search tells the backend: numbers as every trial reports them, and the rest as one JSON object a line."""

import json
import os
from typing import Any

from secxops._metrics import append_metric


class Told:
    """Appends to files, each line with one write: what was told survives the end of this process at any moment."""

    def __init__(self, path: str) -> None:
        self._path = path

    def state(self, detail: str) -> None:
        """What the search is busy with, in words."""
        self._append({"kind": "state", "detail": detail})

    def metric(self, name: str, step: int, value: float) -> None:
        append_metric(name, float(value), step, False)

    def final(self, name: str, value: float) -> None:
        """The last value; that of the objective decides which trial is best."""
        append_metric(name, float(value), None, True)

    def report(self, report: "dict[str, Any]") -> None:
        """One of the protocol's reports: ``alpha``, ``architecture`` or ``note``."""
        self._append({"kind": "report", "report": report})

    def failed(self, message: str, place: "dict[str, Any] | None" = None) -> None:
        """Why the search ends without a result, for the user to read."""
        self._append({"kind": "failed", "message": message, **({"place": place} if place else {})})

    def _append(self, line: "dict[str, Any]") -> None:
        text = json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n"
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, text.encode("utf-8"))
        finally:
            os.close(file)
