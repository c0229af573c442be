"""What is known of the models so far, and its telling."""

import time
from datetime import datetime, timezone
from typing import Any

from secxops_host.told import Told


class Board:
    def __init__(self, told: Told, numbers: "dict[str, int]") -> None:
        self._told = told
        self.numbers = dict(numbers)
        self.planned: "list[str]" = []
        self.tried: "set[str]" = set()
        self.models: "dict[str, dict[str, Any]]" = {}
        self.fitting: "str | None" = None
        self.better_at = time.time()

    def take(self, event: "tuple[Any, ...]") -> None:
        """An event of ``fitting.fit``."""
        what, *rest = event
        if what == "plan":
            self.planned += [name for name in rest[0] if name not in self.planned]
        elif what == "metric":
            self._told.append({"kind": "objective", "metric": rest[0]})
        elif what == "begin":
            self._begin(*rest)
        elif what == "taken":
            self._taken(*rest)
        elif what == "fitted":
            self.fitted(*rest)
        elif what == "skipped":
            self.skipped(*rest)

    def _begin(self, number: int, name: str, parameters: "dict[str, Any]", at: float) -> None:
        self.numbers[name] = number
        self.tried.add(name)
        self.fitting = name
        self._trial(name, state="running", parameters=parameters, startedAt=moment(at))
        total = len(self.planned)
        self._told.state(f"fitting {name}" + (f" ({min(len(self.tried), total)} of {total})" if total else ""))

    def _taken(self, number: int, parameters: "dict[str, Any]", model: "dict[str, Any]") -> None:
        """A model that an earlier start has fitted; when it did stays as it is."""
        name = model["name"]
        self.numbers[name] = number
        self.tried.add(name)
        self.models[name] = model
        self._trial(name, state="succeeded", parameters=parameters, **self._scores(model))
        self._told.report({"kind": "model", "trial": number, **model})

    def fitted(self, model: "dict[str, Any]", at: float) -> None:
        name = model["name"]
        self.fitting = None
        score = model["validation"]
        best = self.best()
        if score is not None and (best is None or score > best["validation"]):
            self.better_at = at
        self.models[name] = model
        self._trial(name, state="succeeded", endedAt=moment(at), **self._scores(model))
        self._told.report({"kind": "model", "trial": self.numbers[name], **model})

    def skipped(self, name: str, reason: str, detail: str, at: float) -> None:
        self.fitting = None
        if name in self.numbers:
            error = {"code": "command-failed", "message": detail}
            state = "failed" if reason == "error" else "skipped"
            self._trial(name, state=state, endedAt=moment(at), error=error)
        self._told.report({"kind": "skipped", "name": name, "reason": reason, "detail": detail})

    def found(self, model: "dict[str, Any]", learner: str, at: float) -> None:
        """A model whose fit was not followed, like one that was fitted again on all rows."""
        name = model["name"]
        if name not in self.numbers:
            self.numbers[name] = max(self.numbers.values(), default=0) + 1
            parameters = {"model": name, "learner": learner, "level": model["stackLevel"]}
            self._trial(name, parameters=parameters, state="running", startedAt=moment(at - model["fitTime"]))
        self.fitted(model, at)

    def rescored(self, name: str, **more: Any) -> None:
        """More that is known of a model."""
        model = self.models[name]
        model.update(more)
        self._trial(name, **self._scores(model))
        self._told.report({"kind": "model", "trial": self.numbers[name], **model})

    def gone(self, name: str) -> None:
        """A model that was fitted and is not kept."""
        self.models.pop(name, None)

    def best(self) -> "dict[str, Any] | None":
        scored = [model for model in self.models.values() if model["validation"] is not None]
        return max(scored, key=lambda model: model["validation"], default=None)

    def _scores(self, model: "dict[str, Any]") -> "dict[str, Any]":
        score = model["validation"]
        finals = {"fit_time": model["fitTime"], "predict_time": model["predictTime"], "size": model["size"]}
        if model.get("test") is not None:
            finals["test"] = model["test"]
        return {"finals": finals, **({"final": score} if score is not None else {})}

    def _trial(self, name: str, **news: Any) -> None:
        self._told.append({"kind": "trial", "trial": {"number": self.numbers[name], **news}})


def moment(at: float) -> str:
    return datetime.fromtimestamp(at, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
