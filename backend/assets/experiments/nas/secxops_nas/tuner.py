"""NNI's multi-trial strategies as a tuner of NNI: what proposes the trials of an architecture search.

A strategy is a loop of its own that submits models to an engine; a tuner is asked. The strategy runs in a thread here and is
let on by one model whenever a proposal is asked for.
"""

import collections
import queue
import threading
import traceback
import types
from typing import Any

import nni
from nni.nas.execution.engine import ExecutionEngine
from nni.nas.execution.event import FinalMetricEvent, TrainingEndEvent
from nni.nas.space import ModelStatus, RawFormatModelSpace
from nni.nas.strategy import base, evolution, hpo
from nni.tuner import Tuner

from .single import mutable_evaluator
from .strategies import multi_trial
from .user_code import make_space

ENDED = object()
STALLED = object()


class StrategyTuner(Tuner):
    """``spec`` as in ``__main__``. The space is in the code: that of the experiment is left alone."""

    def __init__(self, spec: "dict[str, Any]") -> None:
        self._sign = 1 if spec["objective"]["direction"] == "maximize" else -1
        space = make_space(spec["space"], spec["folder"])
        self._space = RawFormatModelSpace.from_model(space, mutable_evaluator(spec))
        # Results are handed on as better when higher.
        self._strategy = multi_trial(spec["strategy"], spec["strategyArgs"], True)
        self._bridge = Bridge(self._strategy)
        self._models: "dict[int, Any]" = {}
        self._thread: "threading.Thread | None" = None
        self._failure: "BaseException | None" = None

    def update_search_space(self, search_space: Any) -> None:
        pass

    def generate_parameters(self, parameter_id: int, **_: Any) -> "dict[str, Any]":
        if self._thread is None:
            self._strategy.initialize(self._space, self._bridge)
            self._learn()
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()
        model = self._bridge.next()
        if self._failure:
            raise self._failure
        if model is None:
            raise nni.NoMoreTrialError("The strategy has nothing to propose now.")
        self._models[parameter_id] = model
        return model.sample

    def receive_trial_result(self, parameter_id: int, parameters: Any, value: Any, **_: Any) -> None:
        model = self._models.get(parameter_id)
        if model:
            self._bridge.dispatch_model_event(FinalMetricEvent(model, self._score(value)))

    def trial_end(self, parameter_id: int, success: bool, **_: Any) -> None:
        model = self._models.pop(parameter_id, None)
        if model:
            status = ModelStatus.Trained if success else ModelStatus.Failed
            self._bridge.dispatch_model_event(TrainingEndEvent(model, status))

    def import_data(self, data: "list[dict[str, Any]]") -> None:
        self._known = [*getattr(self, "_known", []), *data]

    def _learn(self) -> None:
        """Gives a new strategy what trials of an earlier process have found."""
        for entry in getattr(self, "_known", []):
            sample, score = entry["parameter"], self._score(entry["value"])
            dedup = getattr(self._strategy, "_dedup_helper", None) or getattr(self._strategy, "_dedup", None)
            if dedup:
                try:
                    dedup.dedup(sample)
                except ValueError:
                    continue
            if isinstance(self._strategy, evolution.RegularizedEvolution):
                self._strategy._population.append(evolution.Individual(sample, score))
                if len(self._strategy._population) > self._strategy.population_size:
                    self._strategy._population.popleft()
            elif isinstance(self._strategy, hpo.HPOTunerStrategy):
                space = {label: mutable.as_legacy_dict() for label, mutable in self._space.simplify().items()}
                self._strategy.tuner.update_search_space(space)
                self._strategy.tuner.import_data([{"parameter": sample, "value": score}])

    def _run(self) -> None:
        try:
            self._strategy.run()
        except Exception as error:
            traceback.print_exc()
            self._failure = error
        self._bridge.end()

    def _score(self, value: Any) -> float:
        return self._sign * float(value["default"] if isinstance(value, dict) else value)


class Bridge(ExecutionEngine):
    """An engine whose only worker is free while a proposal is asked for."""

    def __init__(self, strategy: Any) -> None:
        super().__init__()
        self._strategy = strategy
        self._asked = threading.Semaphore(0)
        self._free = False
        self._models: "queue.Queue[Any]" = queue.Queue()
        self._ended = False
        # Strategies look every second whether a worker is free; here they are woken.
        pause = types.SimpleNamespace(sleep=lambda _seconds: self._wait())
        base.time = pause
        hpo.time = pause

    def next(self) -> Any:
        """The next model; None: there is none now (a result is needed first), or none any more."""
        if self._ended:
            return None
        self._asked.release()
        model = self._models.get()
        return None if model in (ENDED, STALLED) else model

    def end(self) -> None:
        self._ended = True
        self._models.put(ENDED)

    def submit_models(self, *models: Any) -> None:
        for model in models:
            self._free = False
            self._models.put(model)

    def list_models(self, status: "ModelStatus | None" = None) -> "list[Any]":
        return []

    def idle_worker_available(self) -> bool:
        if self._free and self._starves():
            self._free = False
            self._models.put(STALLED)
        return self._free

    def budget_available(self) -> bool:
        return True

    def _wait(self) -> None:
        if not self._free:
            self._asked.acquire()
            self._free = True

    def _starves(self) -> bool:
        """NNI's evolution takes a parent out of a population that may be empty while its first models still run."""
        strategy = self._strategy
        return (
            isinstance(strategy, evolution.RegularizedEvolution)
            and not strategy._population
            and len(strategy._running_models) >= strategy.population_size
        )
