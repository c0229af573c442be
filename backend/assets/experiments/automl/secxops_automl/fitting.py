"""The fit itself, in a process of its own: it may be killed at any moment, what is fitted by then stays on the disk."""

import logging
import os
import signal
import time
from multiprocessing.connection import Connection
from typing import Any

from autogluon.core.callbacks import AbstractCallback
from autogluon.tabular import TabularPredictor
from autogluon.tabular.configs.hyperparameter_configs import get_hyperparameter_config
from autogluon.tabular.configs.presets_configs import tabular_presets_alias, tabular_presets_dict
from autogluon.tabular.trainer.abstract_trainer import AbstractTabularTrainer

from .models import described, learner_of, settings_of

#: Why a model was skipped, by the name of what AutoGluon raised.
REASONS = {
    "TimeLimitExceeded": "time",
    "InsufficientTime": "time",
    "NotEnoughMemoryError": "memory",
    "MemoryError": "memory",
    "NotEnoughCudaMemoryError": "memory",
    "NoGPUError": "gpu",
    "ImportError": "library",
    "ModuleNotFoundError": "library",
    "NoValidFeatures": "columns",
    "NoStackFeatures": "columns",
}


def fit(spec: "dict[str, Any]", tables: "dict[str, Any]", limit: float, reuse: bool, events: Connection) -> None:
    """Sends ``(what, …)`` for all that happens; ends when AutoGluon has."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    label = spec["label"]
    presets = [one for one in spec["presets"]]
    predictor = TabularPredictor(
        label=label,
        problem_type=spec.get("problem"),
        eval_metric=spec.get("metric"),
        path=spec["folder"],
        verbosity=2,
        learner_kwargs={"ignored_columns": spec.get("exclude") or []},
    )
    watch_plans(events)
    bagged = any(tabular_presets_dict[tabular_presets_alias.get(one, one)].get("auto_stack") for one in presets)
    given: "dict[str, Any]" = {}
    if "validation" in tables:
        given["tuning_data"] = tables["validation"]
        if bagged:
            given["use_bag_holdout"] = True
    if bagged:
        # Otherwise a quarter of the time goes to a fit whose models are thrown away.
        given["dynamic_stacking"] = False
    if spec.get("learners"):
        given["hyperparameters"] = chosen(spec["learners"], presets)
    predictor.fit(
        tables["train"],
        presets=presets,
        time_limit=limit,
        callbacks=[Tell(events, spec, reuse)],
        **given,
    )
    events.send(("over",))


def chosen(learners: "list[str]", presets: "list[str]") -> "dict[str, Any]":
    """The presets' settings of these learners; where they have none, the learner as it is."""
    name: Any = "default"
    for preset in presets:
        name = tabular_presets_dict[tabular_presets_alias.get(preset, preset)].get("hyperparameters", name)
    known = get_hyperparameter_config(name) if isinstance(name, str) else name
    return {key: known.get(key, {}) for key in learners}


def watch_plans(events: Connection) -> None:
    """Tells the names of the models before each level is fitted: what is not come to is known then."""
    train_multi = AbstractTabularTrainer._train_multi

    def watched(self: Any, X: Any, y: Any, models: Any, *args: Any, **kwargs: Any) -> Any:
        events.send(("plan", [model.name for model in models if not isinstance(model, str)]))
        return train_multi(self, X, y, models, *args, **kwargs)

    AbstractTabularTrainer._train_multi = watched


class Tell(AbstractCallback):
    """Tells of each model, and takes those that an earlier start has fitted already."""

    def __init__(self, events: Connection, spec: "dict[str, Any]", reuse: bool) -> None:
        super().__init__()
        self._events = events
        self._numbers: "dict[str, int]" = dict(spec["numbers"])
        self._trials = spec["trials"]
        self._reuse = reuse
        self._log: "logging.Handler | None" = None
        self._fitting: "str | None" = None

    def __getstate__(self) -> "dict[str, Any]":
        """Trainers are kept with their callbacks while they fit; this one is nothing without its process."""
        return {"_skip": False}

    def before_trainer_fit(self, trainer: Any, **_: Any) -> None:
        self._events.send(("metric", trainer.eval_metric.name))

    def before_model_fit(
        self, trainer: Any, model: Any, time_limit: Any = None, stack_name: str = "core", level: int = 1
    ) -> "tuple[bool, bool]":
        name = model.name
        number = self._numbers.setdefault(name, max(self._numbers.values(), default=0) + 1)
        parameters = {"model": name, "learner": learner_of(model), "level": level, **settings_of(model)}
        if self._reuse and level == 1 and stack_name == "core" and self._take(trainer, model, number, parameters):
            return False, True
        self._events.send(("begin", number, name, parameters, time.time()))
        self._fitting = name
        self._open_log(number)
        return False, False

    def after_model_fit(self, trainer: Any, model_names: "list[str]", stack_name: str = "core", level: int = 1) -> bool:
        self._close_log()
        name = self._fitting or ""
        self._fitting = None
        if name in model_names:
            self._events.send(("fitted", described(trainer, name), time.time()))
            return False
        failure = trainer._models_failed_to_train_errors.get(name)
        skipped = trainer._models_skipped_by_constraint.get(name)
        if failure:
            reason = REASONS.get(failure["exc_type"], "error")
            self._events.send(("skipped", name, reason, f"{failure['exc_type']}: {failure['exc_str']}"[:2000], time.time()))
        elif skipped:
            self._events.send(("skipped", name, "constraint", skipped[:2000], time.time()))
        else:
            self._events.send(("skipped", name, "time", "There was not enough time left for it.", time.time()))
        return False

    def _take(self, trainer: Any, model: Any, number: int, parameters: "dict[str, Any]") -> bool:
        """What was fitted on the same table with the same settings is the same model."""
        try:
            known = type(model).load(path=model.path, verbose=False)
            if known.val_score is None or not known.is_fit():
                return False
            trainer._add_model(model=known, stack_name="core", level=1)
        except Exception:
            return False
        trainer.save()
        self._events.send(("taken", number, parameters, described(trainer, model.name)))
        return True

    def _open_log(self, number: int) -> None:
        folder = os.path.join(self._trials, str(number))
        os.makedirs(folder, mode=0o700, exist_ok=True)
        self._log = logging.FileHandler(os.path.join(folder, "log"), encoding="utf-8")
        self._log.setFormatter(logging.Formatter("%(message)s"))
        logging.getLogger("autogluon").addHandler(self._log)

    def _close_log(self) -> None:
        if self._log:
            logging.getLogger("autogluon").removeHandler(self._log)
            self._log.close()
        self._log = None
