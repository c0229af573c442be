"""NNI's trial API without NNI's manager: code that calls ``nni.get_next_parameter()`` and reports runs unchanged.

Only NNI imports this module, by ``NNI_TRIAL_COMMAND_CHANNEL=import://secxops._nni.Channel``.
"""

import json
import os
from typing import Any, Dict, Optional

from nni.runtime.trial_command_channel.base import TrialCommandChannel

from secxops._metrics import append_metric


class Channel(TrialCommandChannel):
    """Reads the trial's parameters from a file and appends what it reports to another."""

    def receive_parameter(self) -> Any:
        with open(os.environ["SECXOPS_PARAMS_FILE"], encoding="utf-8") as file:
            parameters = json.load(file)
        return {"parameter_id": int(os.environ["NNI_TRIAL_SEQ_ID"]), "parameters": parameters}

    def send_metric(self, type: str, parameter_id: Optional[int], trial_job_id: str, sequence: int, value: Any) -> None:
        final = type == "FINAL"
        numbers: Dict[str, Any] = value if isinstance(value, dict) else {"default": value}
        if "default" not in numbers:
            raise ValueError("report a number, or a dict whose 'default' is a number; there is no 'default'")
        for name, number in numbers.items():
            if name == "default" or _is_number(number):
                append_metric(str(name), float(number), None if final else sequence, final)


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return not isinstance(value, (str, bool))
