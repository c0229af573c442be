"""Runs one trial for NNI's manager: fetches its parameters, has the command made by SecXOps, runs it and passes its results on.

usage: python nni_trial.py FOLDER      FOLDER/requests/ID.json  what this trial got, written here, answered and removed by the backend
                                       FOLDER/commands/ID.json  the answer: {argv, cwd, env, metrics, stop, objective} or {error}

Standard library only, because it starts with every trial.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from typing import Any, Dict, Optional, TextIO
from urllib.parse import urlsplit

LOOK = 0.05
ID = os.environ["NNI_TRIAL_JOB_ID"]


class Manager:
    """NNI's command channel of this trial."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._path = place.path
        self._connection = http.client.HTTPConnection("127.0.0.1", place.port or 80, timeout=30)

    def parameters(self) -> Optional[Dict[str, Any]]:
        """Waits for the parameters; None when the manager has closed the channel."""
        self._ask("PUT", {"type": "request_parameter"})
        while True:
            status, text = self._ask("GET")
            if status == 200:
                return json.loads(json.loads(text)["parameter"])
            if status != 408:
                return None

    def metric(self, record: Any, kind: str, sequence: int, value: float) -> None:
        metric = {
            "parameter_id": record,
            "trial_job_id": ID,
            "type": kind,
            "sequence": sequence,
            "value": json.dumps(value),
        }
        self._ask("PUT", {"type": "metric", "metric": json.dumps(metric)})

    def _ask(self, method: str, body: Any = None) -> "tuple[int, str]":
        data = None if body is None else json.dumps(body)
        for again in (True, False):
            try:
                self._connection.request(method, self._path, data, {"Content-Type": "application/json"})
                answer = self._connection.getresponse()
                return answer.status, answer.read().decode()
            except (http.client.HTTPException, OSError):
                # A kept connection may have been closed meanwhile. A manager that is gone takes this trial with it.
                self._connection.close()
                if not again:
                    return 410, ""
        return 410, ""


class Results:
    """Passes on what the trial appends to its file of metrics. NNI hears of the objective only: what its tuner reads."""

    def __init__(self, manager: Manager, record: Any, command: Dict[str, Any]) -> None:
        self._manager = manager
        self._record = record
        self._names = ("default", command["objective"])
        self._path = command["metrics"]
        self._file: Optional[TextIO] = None
        self._sequence = 0
        self._final: Optional[float] = None

    def look(self) -> None:
        if self._file is None:
            if not os.path.exists(self._path):
                return
            self._file = open(self._path, encoding="utf-8", errors="replace")
        while True:
            at = self._file.tell()
            line = self._file.readline()
            if not line.endswith("\n"):
                self._file.seek(at)
                return
            self._pass_on(line)

    def end(self) -> None:
        self.look()
        if self._final is not None:
            self._manager.metric(self._record, "FINAL", 0, self._final)

    def _pass_on(self, line: str) -> None:
        try:
            metric = json.loads(line)
            if metric["name"] not in self._names:
                return
            value = float(metric["value"])
        except (ValueError, TypeError, KeyError):
            return
        if metric.get("final"):
            self._final = value
            return
        self._manager.metric(self._record, "PERIODICAL", self._sequence, value)
        self._sequence += 1


def write(path: str, text: str) -> None:
    with open(path + ".part", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".part", path)


def command_of(folder: str, packed: Dict[str, Any]) -> Dict[str, Any]:
    request = {"id": ID, "sequence": int(os.environ["NNI_TRIAL_SEQ_ID"]), "packed": packed}
    write(os.path.join(folder, "requests", ID + ".json"), json.dumps(request))
    path = os.path.join(folder, "commands", ID + ".json")
    while not os.path.exists(path):
        time.sleep(LOOK)
    with open(path, encoding="utf-8") as file:
        command = json.load(file)
    # It may hold secrets.
    os.unlink(path)
    return command


def main(folder: str) -> int:
    manager = Manager(os.environ["NNI_TRIAL_COMMAND_CHANNEL"])
    packed = manager.parameters()
    if packed is None:
        return 1
    command = command_of(folder, packed)
    if "error" in command:
        print(command["error"], file=sys.stderr)
        return 1
    # NNI asks the whole group by SIGINT: the trial decides how it ends, and reads that it is asked from a file as well.
    signal.signal(signal.SIGINT, lambda *_: open(command["stop"], "a").close())
    marks = {"SECXOPS_ATTEMPT_ID": os.environ["SECXOPS_ATTEMPT_ID"], "SECXOPS_NNI_TRIAL": ID}
    trial = subprocess.Popen(
        command["argv"],
        cwd=command["cwd"],
        env={**command["env"], **marks},
        stdin=subprocess.DEVNULL,
    )
    results = Results(manager, packed.get("parameter_id"), command)
    while True:
        try:
            code = trial.wait(LOOK)
            break
        except subprocess.TimeoutExpired:
            results.look()
    results.end()
    code = code if code >= 0 else 128 - code
    write(os.path.join(os.environ["NNI_OUTPUT_DIR"], "exit"), str(code) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
