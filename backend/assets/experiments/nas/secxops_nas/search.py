"""One-shot search: everything of a space is trained at once, then the best of it alone."""

import os
from typing import Any

import torch
from nni.nas.evaluator.pytorch import Lightning
from nni.nas.execution import SequentialExecutionEngine
from nni.nas.space import RawFormatModelSpace, model_context

from .alpha import alpha_report
from .follow import Checkpoint, Follow, numbers, quiet
from .kept_model import FirstInput, keep_model
from .pdarts import ProgressiveDarts, choose, keep_best, weights_of
from .scores import score_name
from .strategies import one_shot
from .told import Told
from .user_code import UserError, make_space, makes_evaluator, named

MAX_SKIPS = 2
"""Skip connections in what is found by p-darts, for each cell."""
HEAVIEST_DROPOUT = 0.7


class InProcess(SequentialExecutionEngine):
    """Trains the one model of a one-shot strategy here and now. NNI's trial API is left alone: nothing in between is a result."""

    def submit_models(self, *models: Any) -> None:
        for model in models:
            model.execute()


def search(spec: "dict[str, Any]", told: Told) -> None:
    """Runs the search that ``spec`` describes (see ``__main__``) and tells how it goes. Raises UserError."""
    sample, cells, epoch = (_staged if spec["strategy"] == "p-darts" else _at_once)(spec, told)
    told.report({"kind": "architecture", "rank": 1, "trial": 1, "choices": sample})
    _train_alone(spec, told, sample, cells, epoch)


def _at_once(spec: "dict[str, Any]", told: Told) -> "tuple[dict[str, Any], int | None, int]":
    evaluator = _evaluator(spec)
    strategy = one_shot(spec["strategy"], spec["strategyArgs"], _reward(spec))
    space = make_space(spec["space"], spec["folder"])

    def after(epoch: int, _metrics: "dict[str, float]") -> None:
        _tell_alpha(told, _probabilities(strategy), epoch, None)

    epochs = _fit(spec, told, strategy, space, evaluator, 0, {"strategy": spec["strategy"]}, after)
    strategy.oneshot_module.set_model(strategy.supernet)
    return _plain(strategy.oneshot_module.export()), None, epochs


def _staged(spec: "dict[str, Any]", told: Told) -> "tuple[dict[str, Any], int | None, int]":
    """Each stage keeps of every choice the candidates with the most weight."""
    arguments = dict(spec["strategyArgs"])
    max_skips = int(arguments.pop("max_skips", MAX_SKIPS))
    stages = spec.get("stages") or _usual_stages(spec)
    rates = arguments.pop("skip_dropout", [HEAVIEST_DROPOUT * at / max(1, len(stages) - 1) for at in range(len(stages))])
    if len(rates) != len(stages):
        raise UserError(f"skip_dropout has {len(rates)} values for {len(stages)} stages; give one for each.")
    kept: "dict[str, list[str]]" = {}
    epoch = 0
    for number, stage in enumerate(stages, start=1):
        told.state(f"stage {number} of {len(stages)}")
        evaluator = _evaluator(spec)
        evaluator.trainer.fit_loop.max_epochs = stage["epochs"]
        strategy = ProgressiveDarts(kept, float(rates[number - 1]), **_darts_arguments(arguments))
        space = make_space(spec["space"], spec["folder"], stage.get("cells"))

        def after(at: int, _metrics: "dict[str, float]", stage_number: int = number, first: int = epoch, by: Any = strategy) -> None:
            _tell_alpha(told, weights_of(by.supernet), at, stage_number)
            by.drop_skips(at - first + 1)

        key = {"strategy": "p-darts", "stage": number, "kept": kept, "cells": stage.get("cells")}
        epoch += _fit(spec, told, strategy, space, evaluator, epoch, key, after)
        weights = weights_of(strategy.supernet)
        if not weights:
            raise UserError("The model space has no LayerChoice and no Cell: p-darts has nothing to prune.")
        kept = keep_best(weights, stage["keep"])
        if number < len(stages):
            told.report({"kind": "note", "text": f"Stage {number} keeps {stage['keep']} of each choice."})
    strategy.oneshot_module.set_model(strategy.supernet)
    rest = _plain(strategy.oneshot_module.export())
    sample = choose(strategy.supernet, weights, rest, max_skips)
    return _plain(sample), stages[-1].get("cells"), epoch


def _fit(
    spec: "dict[str, Any]",
    told: Told,
    strategy: Any,
    space: Any,
    evaluator: Lightning,
    first: int,
    key: "dict[str, Any]",
    after: Any,
) -> int:
    """Trains a space; answers the number of its epochs. A stage that is done already is trained no further."""
    quiet(evaluator.trainer)
    stage = key.get("stage", 1)
    checkpoint = Checkpoint(os.path.join(spec["checkpoints"], f"search-{stage}.pt"), key)
    evaluator.trainer.callbacks += [checkpoint, Follow(told, first, "", after)]
    strategy.initialize(RawFormatModelSpace.from_model(space, evaluator), InProcess())
    epochs = evaluator.trainer.max_epochs
    if not epochs or epochs < 1:
        raise UserError("The evaluator trains without an end. Give it max_epochs.")
    checkpoint.prepare(evaluator.trainer)
    strategy.run()
    return int(epochs)


def _train_alone(spec: "dict[str, Any]", told: Told, sample: "dict[str, Any]", cells: "int | None", epoch: int) -> None:
    """What was found is trained anew: weights that were shared with others say little of it."""
    told.state("training the best architecture")
    torch.manual_seed(0)
    with model_context(sample):
        model = make_space(spec["space"], spec["folder"], cells)
    evaluator = _evaluator(spec)
    quiet(evaluator.trainer)
    wanted = spec["objective"]["metric"]

    def after(at: int, metrics: "dict[str, float]") -> None:
        told.metric(wanted, at, metrics[_score(metrics, wanted)])

    evaluator.trainer.callbacks.append(Follow(told, epoch, "best/", after))
    shape = FirstInput(model)
    evaluator.evaluate(model)
    inputs = shape.close()
    metrics = numbers(evaluator.trainer.callback_metrics)
    score = metrics[_score(metrics, wanted)]
    about = {"space": spec["space"], "strategy": spec["strategy"], "cells": cells, "choices": sample, "metrics": metrics}
    for missing in keep_model(os.path.join(spec["directory"], "model"), model, inputs, about):
        told.report({"kind": "note", "text": f"The kept model has {missing}"})
    told.report({"kind": "architecture", "rank": 1, "trial": 1, "score": score, "choices": sample})
    told.final(wanted, score)


def _score(metrics: "dict[str, float]", wanted: str) -> str:
    try:
        return score_name(metrics, wanted)
    except KeyError as error:
        raise UserError(f"The best architecture cannot be scored: {error.args[0]}.") from error


def _evaluator(spec: "dict[str, Any]") -> Lightning:
    function = named(spec["evaluator"], spec["folder"], "The evaluator")
    if not makes_evaluator(function):
        raise UserError(
            f"{spec['evaluator']} takes a model: that is how single models are scored. For {spec['strategy']} write a function without "
            "arguments that answers a Lightning evaluator, like nni.nas.evaluator.pytorch.Classification(...)."
        )
    evaluator = function()
    if not isinstance(evaluator, Lightning):
        raise UserError(
            f"{spec['evaluator']} answers a {type(evaluator).__name__}; {spec['strategy']} needs a Lightning evaluator, like "
            "nni.nas.evaluator.pytorch.Classification(...)."
        )
    return evaluator


def _reward(spec: "dict[str, Any]") -> str:
    wanted = str(spec["objective"]["metric"])
    return "val_acc" if wanted == "default" else wanted


def _darts_arguments(arguments: "dict[str, Any]") -> "dict[str, Any]":
    """Refuses what DARTS itself would not take."""
    one_shot("darts", arguments, "")
    return arguments


def _usual_stages(spec: "dict[str, Any]") -> "list[dict[str, Any]]":
    """Three stages, 8 → 5 → 3 → 1 candidates as in the paper, in the proportion of what there is."""
    from nni.mutable import Categorical

    space = make_space(spec["space"], spec["folder"])
    most = max((len(one.values) for one in space.simplify().values() if isinstance(one, Categorical)), default=1)
    epochs = _evaluator(spec).trainer.max_epochs
    return [{"epochs": epochs, "keep": max(1, round(most * share))} for share in (5 / 8, 3 / 8)] + [{"epochs": epochs, "keep": 1}]


def _probabilities(strategy: Any) -> "dict[str, Any]":
    return strategy.oneshot_module.export_probs()


def _tell_alpha(told: Told, probabilities: "dict[str, Any]", epoch: int, stage: "int | None") -> None:
    report = alpha_report(probabilities, epoch, stage)
    if report:
        told.report(report)


def _plain(sample: "dict[str, Any]") -> "dict[str, Any]":
    """As JSON has it: numbers of numpy and tensors become those of Python."""
    return {label: _plain_value(value) for label, value in sample.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain_value(one) for one in value]
    return value.item() if hasattr(value, "item") else value
