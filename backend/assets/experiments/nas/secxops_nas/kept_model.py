"""A trained architecture as files: what it is, PyTorch code that needs neither NNI nor the space, weights, ONNX."""

import json
import os
import shutil
import tempfile
from typing import Any, Callable

from .plain_code import plain_code


class FirstInput:
    """Remembers the shape of what a model was first called with, which an export needs."""

    def __init__(self, model: Any) -> None:
        self.inputs: "tuple[Any, ...] | None" = None
        self._handle = model.register_forward_pre_hook(self._take)

    def _take(self, _module: Any, inputs: "tuple[Any, ...]") -> None:
        import torch

        if self.inputs is None and inputs and all(isinstance(one, torch.Tensor) for one in inputs):
            # One row is enough, and keeps nothing of the data alive.
            self.inputs = tuple(torch.zeros_like(one[:1]).cpu() for one in inputs)

    def close(self) -> "tuple[Any, ...] | None":
        self._handle.remove()
        return self.inputs


def keep_model(folder: str, model: Any, inputs: "tuple[Any, ...] | None", about: "dict[str, Any]") -> "list[str]":
    """Writes ``architecture.json``, ``weights.pt`` and, where the network allows, ``model.py`` and ``model.onnx``.

    The folder appears at once when it is complete; one that was there is replaced. Answers why something is missing, in words.
    """
    import torch

    missing: "list[str]" = []
    parent = os.path.dirname(folder)
    part = tempfile.mkdtemp(prefix="model-", dir=parent)
    model = model.cpu().eval()
    with open(os.path.join(part, "architecture.json"), "w", encoding="utf-8") as file:
        json.dump(about, file, ensure_ascii=False, indent=2)
    weights = model.state_dict()
    if inputs is None:
        missing.append("neither code nor ONNX: the evaluator never called the model with tensors")
    else:
        plain = _try(missing, "no stand-alone code", lambda: plain_code(model, inputs))
        if plain:
            text, weights = plain
            with open(os.path.join(part, "model.py"), "w", encoding="utf-8") as file:
                file.write(text)
        _try(missing, "no ONNX", lambda: _write_onnx(model, inputs, os.path.join(part, "model.onnx")))
    torch.save(weights, os.path.join(part, "weights.pt"))
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(part, folder)
    return missing


def _write_onnx(model: Any, inputs: "tuple[Any, ...]", path: str) -> None:
    import torch

    names = [f"input_{index}" for index in range(len(inputs))]
    with torch.no_grad():
        torch.onnx.export(
            model,
            inputs,
            path,
            input_names=names,
            output_names=["output"],
            dynamic_axes={name: {0: "batch"} for name in [*names, "output"]},
            dynamo=False,
        )


def _try(missing: "list[str]", what: str, work: "Callable[[], Any]") -> Any:
    # A network is free to do what no exporter follows; that must not lose the result of a search.
    try:
        return work()
    except Exception as error:
        missing.append(f"{what}: {type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''}")
        return None
