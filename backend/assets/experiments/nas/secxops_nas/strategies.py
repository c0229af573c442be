"""NNI's strategies by the names that an experiment file uses."""

import inspect
import itertools
import math
from typing import Any, Callable

from .user_code import UserError


def one_shot(name: str, arguments: "dict[str, Any]", reward: str) -> Any:
    """A new one-shot strategy. ``reward``: name of the metric that ENAS learns from. Raises UserError for arguments it does not take."""
    from nni.nas.oneshot.pytorch import differentiable, sampling
    from nni.nas.strategy import DARTS, ENAS, GumbelDARTS, Proxyless, RandomOneShot

    makers: "dict[str, tuple[Callable[..., Any], Callable[..., Any]]]" = {
        "darts": (DARTS, differentiable.DartsLightningModule),
        "gumbel-darts": (GumbelDARTS, differentiable.DartsLightningModule),
        "proxyless": (Proxyless, differentiable.DartsLightningModule),
        "enas": (ENAS, sampling.EnasLightningModule),
        "random-one-shot": (RandomOneShot, sampling.RandomSamplingLightningModule),
    }
    maker, module = makers[name]
    if name == "enas":
        arguments = {"reward_metric_name": reward, **arguments}
    return _made(name, maker, arguments, [maker, module])


def multi_trial(name: str, arguments: "dict[str, Any]", maximize: bool) -> Any:
    """A new strategy that proposes one model after the other. Raises UserError for arguments it does not take."""
    from nni.algorithms.hpo.tpe_tuner import TpeTuner
    from nni.mutable import CategoricalMultiple
    from nni.nas.strategy import TPE, GridSearch, Random, RegularizedEvolution

    if name == "tpe":
        CategoricalMultiple.as_legacy_dict = _inputs_as_choice
        return _made(name, TPE, {"optimize_mode": "maximize" if maximize else "minimize", **arguments}, [TpeTuner])
    maker = {"random": Random, "grid": GridSearch, "evolution": RegularizedEvolution}[name]
    return _made(name, maker, arguments, [maker])


MOST_INPUTS = 10_000
"""Sets of inputs of one choice that are enumerated at most."""


def _inputs_as_choice(choice: Any) -> "dict[str, Any]":
    """NNI's own TPE refuses spaces with choices of inputs; each set of them is one candidate here."""
    sizes = range(1, len(choice.values) + 1) if choice.n_chosen is None else [choice.n_chosen]
    if sum(math.comb(len(choice.values), size) for size in sizes) > MOST_INPUTS:
        raise UserError(f"The choice {choice.label} has too many sets of inputs for tpe. Take evolution or random.")
    return {"_type": "choice", "_value": [list(one) for size in sizes for one in itertools.combinations(choice.values, size)]}


def _made(name: str, maker: Callable[..., Any], arguments: "dict[str, Any]", signatures: "list[Callable[..., Any]]") -> Any:
    known = {
        parameter.name
        for signature in signatures
        for parameter in inspect.signature(signature.__init__).parameters.values()
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
    } - {"self", "training_module", "inner_module"}
    unknown = sorted(set(arguments) - known)
    if unknown:
        raise UserError(f"The strategy {name} has no argument {', '.join(unknown)}. It takes {', '.join(sorted(known)) or 'none'}.")
    try:
        return maker(**arguments)
    except (TypeError, ValueError, AssertionError) as error:
        raise UserError(f"The strategy {name} refuses its arguments: {error}") from error
