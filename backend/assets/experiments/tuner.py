"""A tuner of NNI (with its assessor), or an advisor, spoken to over one socket instead of a web socket.

It is started by the backend with the socket as file descriptor 3: one JSON object a line, in both directions. The first line says what to make:
``{"tuner": …, "assessor": …, "history": […], "running": […]}``; every other is a command of NNI's dispatcher, ``{"type": "GE", "content": …}``.
It ends when the socket does, so that it never outlives the backend. What it prints goes to its own log.
"""

import faulthandler
import json
import math
import os
import signal
import socket
import sys
import threading
import traceback
from typing import Any, Dict, List, Optional, Tuple

os.environ["NNI_TUNER_COMMAND_CHANNEL"] = "socket://3"

from nni.algorithms.hpo.curvefitting_assessor import CurvefittingAssessor, curvefitting_assessor
from nni.algorithms.hpo.medianstop_assessor import MedianstopAssessor
from nni.common.serializer import load
from nni.runtime import msg_dispatcher, msg_dispatcher_base
from nni.runtime.tuner_command_channel import CommandType
from nni.tools.package_utils import create_builtin_class_instance, create_customized_class_instance

#: Seconds that a tuner has to end by itself once the backend is gone.
PATIENCE = 5


def plain(value: Any) -> Any:
    """Value as JSON has it: numpy's numbers become Python's."""
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float):
        return float(value)
    return value


class Channel:
    """Stands in for NNI's command channel; there is one of it."""

    advisor = False

    def __init__(self, _url: Optional[str] = None) -> None:
        self._socket = SOCKET
        self._lines = LINES
        self._lock = threading.Lock()

    def connect(self) -> None:
        """It is connected from the beginning."""

    def disconnect(self) -> None:
        """It ends with the process."""

    def _send(self, command: CommandType, data: str) -> None:
        content = data
        if command in (CommandType.NewTrialJob, CommandType.NoMoreTrialJobs):
            content = plain(load(data)) if data else None
        self.tell({"type": command.value, "content": content})

    def tell(self, message: Dict[str, Any]) -> None:
        line = json.dumps(message, ensure_ascii=False) + "\n"
        with self._lock:
            self._socket.sendall(line.encode("utf-8"))

    def _receive(self) -> Tuple[CommandType, str]:
        for line in self._lines:
            command = json.loads(line)
            content = command.get("content")
            # An advisor knows only what it has proposed itself.
            if Channel.advisor and command["type"] in ("ME", "EN") and content["parameter_id"] is None:
                continue
            return CommandType(command["type"]), json.dumps(content)
        # The backend is gone. A tuner may be in the middle of a long computation: it is not waited for.
        threading.Timer(PATIENCE, os._exit, [0]).start()
        return CommandType.Terminate, ""


class Dispatcher(msg_dispatcher.MsgDispatcher):
    """NNI's dispatcher that also tells why a trial is stopped, and that knows trials of an earlier process."""

    def remember(self, history: List[Dict[str, Any]], running: List[Dict[str, Any]]) -> None:
        """Gives the assessor the curves of ended trials, and those so far of the ones that go on."""
        if self.assessor is None:
            return
        if isinstance(self.assessor, CurvefittingAssessor):
            # It keeps only the best last value; each curve more would be fitted in vain.
            history = sorted(history, key=lambda trial: trial["values"][-1])[-1:]
        for trial in history:
            self.assessor.assess_trial(trial["trial"], trial["values"])
            self.assessor.trial_end(trial["trial"], True)
        for trial in running:
            msg_dispatcher._trial_history[trial["trial"]] = dict(enumerate(trial["values"]))

    def handle_import_data(self, data: List[Dict[str, Any]]) -> None:
        for entry in data:
            try:
                super().handle_import_data([entry])
            except Exception:
                # An old result that does not fit (the space was edited) must not end the search.
                traceback.print_exc()

    def handle_trial_end(self, data: Dict[str, Any]) -> None:
        """Called twice: in the order of the results for the tuner, in that of the points for the assessor."""
        ended = data["event"] == "SUCCEEDED"
        trial = data["trial_job_id"]
        parameter = data["parameter_id"]
        if threading.current_thread() is not self.assessor_worker:
            if parameter in msg_dispatcher._trial_params:
                self.tuner.trial_end(parameter, ended)
            return
        msg_dispatcher._ended_trials.add(trial)
        if msg_dispatcher._trial_history.pop(trial, None) is not None and self.assessor is not None:
            self.assessor.trial_end(trial, ended)

    def send(self, command: CommandType, data: str) -> None:
        if command is not CommandType.KillTrialJob:
            super().send(command, data)
            return
        trial = json.loads(data)
        curve = msg_dispatcher._sort_history(msg_dispatcher._trial_history[trial])
        values = [value["default"] if isinstance(value, dict) else value for value in curve]
        self._channel.tell({"type": "KI", "content": {"trial": trial, "step": len(values) - 1, **self._reason(values)}})

    def _reason(self, values: List[float]) -> Dict[str, Any]:
        """The rule, the number that was held against which limit, and the trials that the limit is from."""
        rule = self.assessor
        if isinstance(rule, MedianstopAssessor):
            best = max if rule._high_better else min
            averages = {
                trial: curve[len(values) - 1]
                for trial, curve in rule._completed_avg_history.items()
                if len(curve) >= len(values)
            }
            ordered = sorted(averages.values())
            middle = (len(ordered) - 1) // 2 if rule._high_better else len(ordered) // 2
            return {"rule": "Medianstop", "value": best(values), "limit": ordered[middle], "trials": list(averages)}
        if isinstance(rule, CurvefittingAssessor):
            limit = rule.completed_best_performance * rule.threshold
            return {"rule": "Curvefitting", "value": CurveModel.last, "limit": limit}
        return {"rule": type(rule).__name__, "value": values[-1]}


class CurveModel(curvefitting_assessor.CurveModel):
    """Keeps its prediction, which NNI only writes to a log."""

    last: Optional[float] = None

    def predict(self, trial_history: List[float]) -> Optional[float]:
        CurveModel.last = plain(super().predict(trial_history))
        return CurveModel.last


def enqueue(self: msg_dispatcher_base.MsgDispatcherBase, command: CommandType, data: Any) -> None:
    """NNI's own lets the end of a trial overtake its result; then the tuner does not know the trial any more."""
    point = command is CommandType.ReportMetricData and data["type"] == "PERIODICAL"
    if Channel.advisor or not point:
        self.default_command_queue.put((command, data))
    if not Channel.advisor and (point or command is CommandType.TrialEnd):
        self.assessor_command_queue.put((command, data))


def finite(text: str) -> Any:
    value = json.loads(text)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a result is not a finite number")
    return value


def create(algorithm: Dict[str, Any], kind: str) -> Any:
    if algorithm.get("name"):
        return create_builtin_class_instance(algorithm["name"], algorithm.get("classArgs"), kind)
    return create_customized_class_instance(algorithm)


def run(channel: Channel) -> None:
    given = json.loads(LINES.readline())
    tuner = create(given["tuner"], "tuners")
    if isinstance(tuner, msg_dispatcher_base.MsgDispatcherBase):
        Channel.advisor = True
        tuner.run()
        return
    assessor = create(given["assessor"], "assessors") if given.get("assessor") else None
    dispatcher = Dispatcher("socket://3", tuner, assessor)
    dispatcher.remember(given["history"], given["running"])
    dispatcher.run()
    tuner._on_exit()
    if assessor is not None:
        assessor._on_exit()


if __name__ == "__main__":
    # The backend asks for it when the tuner does not answer: where it hangs is then in the log.
    faulthandler.register(signal.SIGUSR1, all_threads=True)
    SOCKET = socket.socket(fileno=3)
    LINES = SOCKET.makefile("r", encoding="utf-8", newline="\n")
    msg_dispatcher_base.TunerCommandChannel = Channel
    msg_dispatcher_base.MsgDispatcherBase.enqueue_command = enqueue
    # What comes from the backend is plain JSON; NNI's own reader would also make objects out of marked texts.
    msg_dispatcher_base.load = json.loads
    msg_dispatcher.load = finite
    curvefitting_assessor.CurveModel = CurveModel
    try:
        run(Channel())
    except BaseException:
        traceback.print_exc()
        try:
            Channel().tell({"type": "ER", "content": traceback.format_exc()})
        finally:
            os._exit(1)
    sys.stdout.flush()
    os._exit(0)
