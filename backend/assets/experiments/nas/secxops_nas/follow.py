"""Tells how a training goes, after each epoch, and keeps what a later start goes on from."""

import os
import warnings
from typing import Any, Callable

import torch
from pytorch_lightning import Callback, Trainer

from .told import Told


class Follow(Callback):
    """``first``: number of the first epoch in the whole search. ``prefix``: of the names of metrics. ``each``: told after an epoch."""

    def __init__(self, told: Told, first: int, prefix: str, each: "Callable[[int, dict[str, float]], None]") -> None:
        self._told = told
        self._first = first
        self._prefix = prefix
        self._each = each

    def on_train_epoch_end(self, trainer: Trainer, pl_module: Any) -> None:
        epoch = self._first + trainer.current_epoch
        metrics = numbers(trainer.callback_metrics)
        for name, value in metrics.items():
            self._told.metric(self._prefix + name, epoch, value)
        self._each(epoch, metrics)


class Checkpoint(Callback):
    """Keeps weights, candidates' weights and optimizers after each epoch in ``path``; a start that finds it there goes on after it."""

    def __init__(self, path: str, key: "dict[str, Any]") -> None:
        self._path = path
        self._key = key

    def prepare(self, trainer: Trainer) -> int:
        """Epochs that are done already. Before ``fit``: strategies look at the number of the epoch."""
        self._state = self._read()
        done = int(self._state["done"]) if self._state else 0
        trainer.fit_loop.epoch_progress.current.processed = done
        trainer.fit_loop.epoch_progress.current.completed = done
        return done

    def on_train_start(self, trainer: Trainer, pl_module: Any) -> None:
        if not self._state:
            return
        pl_module.load_state_dict(self._state["weights"])
        for optimizer, kept in zip(trainer.optimizers, self._state["optimizers"]):
            for name, parameter in _named(optimizer, pl_module):
                optimizer.state[parameter] = kept["state"][name]
            for group, rates in zip(optimizer.param_groups, kept["groups"]):
                group.update(rates)

    def on_train_epoch_end(self, trainer: Trainer, pl_module: Any) -> None:
        part = self._path + ".part"
        torch.save(
            {
                "key": self._key,
                "done": trainer.current_epoch + 1,
                "weights": pl_module.state_dict(),
                "optimizers": [_kept(optimizer, pl_module) for optimizer in trainer.optimizers],
            },
            part,
        )
        os.replace(part, self._path)

    def _read(self) -> "dict[str, Any] | None":
        if not os.path.exists(self._path):
            return None
        state = torch.load(self._path, weights_only=True)
        return state if state["key"] == self._key else None


def _named(optimizer: Any, module: Any) -> "list[tuple[str, Any]]":
    """Parameters of an optimizer with their names: NNI's strategies give them in another order in each process."""
    names = {parameter: name for name, parameter in module.named_parameters()}
    return [(names[one], one) for group in optimizer.param_groups for one in group["params"] if one in names]


def _kept(optimizer: Any, module: Any) -> "dict[str, Any]":
    groups = [{key: value for key, value in group.items() if key != "params"} for group in optimizer.param_groups]
    return {"state": {name: optimizer.state.get(one, {}) for name, one in _named(optimizer, module)}, "groups": groups}


def numbers(metrics: "dict[str, Any]") -> "dict[str, float]":
    """Lightning's metrics without those that repeat the candidates' weights."""
    return {name: float(value) for name, value in metrics.items() if not name.startswith("prob/")}


def quiet(trainer: Trainer) -> None:
    """Nothing is drawn into the log, and Lightning's own logs and checkpoints are not put among the user's files."""
    from pytorch_lightning.callbacks import ModelCheckpoint, ModelSummary, ProgressBar

    trainer.callbacks = [
        one
        for one in trainer.callbacks
        if not isinstance(one, (ModelSummary, ProgressBar)) and not (isinstance(one, ModelCheckpoint) and one.dirpath is None)
    ]
    trainer.loggers = []
    warnings.filterwarnings("ignore", message=".*does not have many workers.*")
