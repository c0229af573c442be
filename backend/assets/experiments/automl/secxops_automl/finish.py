"""What comes after the fit, also after one that was killed: an ensemble of what is there, scores on the test table, the best."""

import time
from typing import Any

from autogluon.tabular import TabularPredictor
from secxops_host.told import Told
from secxops_host.user_error import UserError

from .board import Board
from .models import described


def finish(
    spec: "dict[str, Any]",
    tables: "dict[str, Any]",
    board: Board,
    told: Told,
    why: "tuple[str, str]",
    deadline: float,
) -> None:
    """Ends by ``deadline`` (seconds since the epoch) as far as a step of it can be cut. Raises UserError when there is no model."""
    if board.fitting:
        board.skipped(board.fitting, *why, time.time())
    for name in board.planned:
        if name not in board.tried and name not in board.models:
            board.skipped(name, "early" if why[0] == "early" else "time", "AutoGluon did not get to it.", time.time())
    told.state("taking what is best")
    try:
        predictor = open_predictor(spec["folder"])
    except FileNotFoundError:
        raise UserError(nothing(why)) from None
    trainer = predictor._trainer
    names = set(trainer.get_model_names(can_infer=True))
    if not names:
        raise UserError(nothing(why))
    if len(names) > 1 and not any(name.startswith("WeightedEnsemble") for name in names) and deadline - time.time() > 3:
        try:
            predictor.fit_weighted_ensemble()
        except Exception as error:
            told.report({"kind": "note", "text": f"No ensemble was made of the models: {error}"[:500]})
    for name in list(board.models):
        if name not in trainer.get_model_names():
            board.gone(name)
    for name in trainer.get_model_names():
        if name not in board.models:
            board.found(described(trainer, name), learner_of(trainer, name), time.time())
    score_test(predictor, tables, board, told, deadline)
    best = predictor.model_best
    first = board.best()
    # Of models that are equally good the one that was there first is the best of the experiment, too.
    if first and best in board.models and board.models[best]["validation"] == first["validation"]:
        best = first["name"]
    trainer.save()
    predictor.save(silent=True)
    if best in board.models:
        board.rescored(best, best=True)


def open_predictor(folder: str) -> TabularPredictor:
    """A predictor as it lies in its folder; one whose fit was killed is made usable. Raises FileNotFoundError while nothing is fitted."""
    predictor = TabularPredictor.load(folder, require_py_version_match=False)
    trainer = predictor._trainer
    if trainer is None:
        raise FileNotFoundError(folder)
    trainer._fit_cleanup()
    if trainer.model_best is None and trainer.get_model_names(can_infer=True):
        trainer.model_best = trainer.get_model_best(allow_full=True)
    trainer.save()
    return predictor


def score_test(
    predictor: TabularPredictor, tables: "dict[str, Any]", board: Board, told: Told, deadline: float
) -> None:
    """The best first, as many as there is time for."""
    if "test" not in tables:
        return
    ranked = sorted(board.models.values(), key=lambda model: -(model["validation"] or float("-inf")))
    for model in sorted(ranked, key=lambda model: model["name"] != predictor.model_best):
        begun = time.time()
        expected = model["predictTime"] / 1000 * len(tables["test"])
        if begun + expected > deadline:
            told.report({"kind": "note", "text": "There was no time left to score all models on the test table."})
            return
        told.state(f"scoring {model['name']} on the test table")
        scores = predictor.evaluate(tables["test"], model=model["name"], silent=True, auxiliary_metrics=False)
        board.rescored(model["name"], test=float(scores[predictor.eval_metric.name]))


def learner_of(trainer: Any, name: str) -> str:
    kind = trainer.get_model_attribute(name, "type_inner")
    return getattr(kind, "ag_key", None) or kind.__name__


def nothing(why: "tuple[str, str]") -> str:
    if why[0] == "time":
        return "No model was fitted within the time limit. Give more time, fewer rows, or presets like medium_quality."
    return f"No model could be fitted. {why[1]} The skipped models and their logs say more."
