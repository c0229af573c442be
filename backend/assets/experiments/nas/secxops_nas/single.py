"""One trial of a search: one architecture, trained and scored alone."""

import json
import os
from typing import Any

import nni
from nni.mutable import Mutable
from nni.nas.evaluator import FunctionalEvaluator
from nni.nas.evaluator.pytorch import Lightning
from nni.nas.space import model_context

from .follow import numbers, quiet
from .kept_model import FirstInput, keep_model
from .scores import score_name
from .told import Told
from .user_code import UserError, make_space, makes_evaluator, named


def mutable_evaluator(spec: "dict[str, Any]") -> "FunctionalEvaluator | None":
    """The evaluator as a part of the space: its parameters whose defaults are choices (``lr=nni.choice("lr", [...])``) are searched, too."""
    function = named(spec["evaluator"], spec["folder"], "The evaluator")
    defaults = (getattr(function, "__kwdefaults__", None) or {}) | _positional_defaults(function)
    choices = {name: value for name, value in defaults.items() if isinstance(value, Mutable)}
    return FunctionalEvaluator(function, **choices) if choices else None


def single(spec: "dict[str, Any]", told: Told) -> None:
    """Trains the architecture that the trial was given; its evaluator reports, or answers a number or a Lightning evaluator."""
    sample = nni.get_next_parameter()
    function = named(spec["evaluator"], spec["folder"], "The evaluator")
    with model_context(sample):
        model = make_space(spec["space"], spec["folder"])
    shape = FirstInput(model)
    metrics = _train(function, mutable_evaluator(spec), sample, model, spec)
    _settle(spec, told, metrics)
    about = {"space": spec["space"], "strategy": spec["strategy"], "choices": sample}
    for missing in keep_model(os.path.join(spec["directory"], "model"), model, shape.close(), about):
        print(f"The kept model has {missing}")


def _train(function: Any, mutable: "FunctionalEvaluator | None", sample: Any, model: Any, spec: "dict[str, Any]") -> "dict[str, float]":
    """What a training answers as its result beside what it has reported itself."""
    if not makes_evaluator(function):
        answer = mutable.freeze(sample).evaluate(model) if mutable else function(model)
        return {"default": float(answer)} if isinstance(answer, (int, float)) else {}
    evaluator = mutable.freeze(sample).function(**mutable.freeze(sample).arguments) if mutable else function()
    if not isinstance(evaluator, Lightning):
        raise UserError(
            f"{spec['evaluator']} answers a {type(evaluator).__name__}. Write a function that takes a model and reports its score "
            "(nni.report_final_result), or one that answers a Lightning evaluator."
        )
    quiet(evaluator.trainer)
    evaluator.evaluate(model)
    return numbers(evaluator.trainer.callback_metrics)


def _settle(spec: "dict[str, Any]", told: Told, metrics: "dict[str, float]") -> None:
    """Reports the result, unless the training has done so itself."""
    if _has_final() or not metrics:
        return
    wanted = spec["objective"]["metric"]
    try:
        told.final(wanted, metrics[score_name(metrics, wanted)])
    except KeyError as error:
        raise UserError(f"The trial has no result: {error.args[0]}.") from error


def _has_final() -> bool:
    try:
        with open(os.environ["SECXOPS_METRICS_FILE"], encoding="utf-8") as file:
            return any(json.loads(line).get("final") for line in file)
    except (OSError, KeyError):
        return False


def _positional_defaults(function: Any) -> "dict[str, Any]":
    code = getattr(function, "__code__", None)
    defaults = getattr(function, "__defaults__", None) or ()
    names = code.co_varnames[: code.co_argcount] if code else ()
    return dict(zip(names[len(names) - len(defaults) :], defaults))
