"""What a search tells the backend: one JSON object a line."""

import json
import os
from typing import Any


class Told:
    """Appends to a file, each line with one write: what was told survives the end of this process at any moment."""

    def __init__(self, path: str) -> None:
        self._path = path

    def state(self, detail: str) -> None:
        """What the search is busy with, in words."""
        self.append({"kind": "state", "detail": detail})

    def report(self, report: "dict[str, Any]") -> None:
        """One of the protocol's reports."""
        self.append({"kind": "report", "report": report})

    def failed(self, message: str, place: "dict[str, Any] | None" = None) -> None:
        """Why the search ends without a result, for the user to read."""
        self.append({"kind": "failed", "message": message, **({"place": place} if place else {})})

    def append(self, line: "dict[str, Any]") -> None:
        text = json.dumps(line, ensure_ascii=False, allow_nan=False) + "\n"
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, text.encode("utf-8"))
        finally:
            os.close(file)
