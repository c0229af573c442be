"""What is known of a fitted model."""

import json
import math
import os
from typing import Any


def described(trainer: Any, name: str) -> "dict[str, Any]":
    """Of a model of a trainer: score, seconds (prediction: of 1,000 rows, with all models that it needs), level, bytes on the disk."""
    rows = trainer.get_model_attribute(name, "predict_n_size", default=None) or rows_of(trainer)
    predict = trainer.get_model_attribute_full(name, "predict_time")
    if predict is None or (isinstance(predict, float) and math.isnan(predict)):
        per_row = trainer.get_model_attribute_full(name, "predict_n_time_per_row")
        predict, rows = (per_row, 1) if per_row else (0, 1)
    return {
        "name": name,
        "validation": finite(trainer.get_model_attribute(name, "val_score", default=None)),
        "fitTime": finite(trainer.get_model_attribute_full(name, "fit_time")) or 0,
        "predictTime": (finite(predict) or 0) / max(1, rows) * 1000,
        "stackLevel": int(trainer.get_model_attribute(name, "level")),
        "size": size_of(trainer, name),
    }


def rows_of(trainer: Any) -> int:
    """Rows that validation scores are from: those held out, or all where each model is fitted by folds."""
    rows = trainer._num_rows_val if trainer._num_rows_val else trainer._num_rows_train
    return int(rows or 1)


def size_of(trainer: Any, name: str) -> int:
    """Bytes of a model with all models that it needs."""
    folders = {os.path.join(trainer.path, one) for one in trainer.get_minimum_model_set(name)}
    return sum(bytes_of(folder) for folder in folders)


def bytes_of(folder: str) -> int:
    return sum(
        os.path.getsize(os.path.join(base, file)) for base, _, files in os.walk(folder) for file in files
    )


def finite(value: Any) -> "float | None":
    return float(value) if value is not None and math.isfinite(float(value)) else None


def settings_of(model: Any) -> "dict[str, Any]":
    """Hyper-parameters that a model was asked for, those that JSON has."""
    inner = getattr(model, "model_base", None) or model
    given = getattr(inner, "_user_params", None) or {}
    return {key: value for key, value in given.items() if is_plain(value) and not key.startswith("ag")}


def is_plain(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
        return True
    except (TypeError, ValueError):
        return False


def learner_of(model: Any) -> str:
    inner = getattr(model, "model_base", None) or model
    return getattr(inner, "ag_key", None) or type(inner).__name__
