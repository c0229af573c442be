"""Typed parameters of this attempt."""

import json
import os
from typing import Any, Dict


def params(**defaults: Any) -> Dict[str, Any]:
    """Values of the module's parameters by name, with their types, over ``defaults``.

    ``params(lr=0.1)["lr"]`` is 0.1 outside SecXOps and the run's value inside. An unset parameter (``required: false``)
    keeps its default.
    """
    path = os.environ.get("SECXOPS_PARAMS_FILE")
    if not path:
        return defaults
    with open(path, encoding="utf-8") as file:
        values = json.load(file)
    return {**defaults, **{name: value for name, value in values.items() if value is not None or name not in defaults}}
