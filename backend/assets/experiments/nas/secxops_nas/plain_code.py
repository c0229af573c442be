"""A network as plain PyTorch code: its layers one by one, and what happens to the input in order."""

import re
from typing import Any

HEAD = '''"""Architecture found by a search. Plain PyTorch: needs nothing but torch.

    model = Model()
    model.load_state_dict(torch.load("weights.pt", weights_only=True))
    model.eval()
"""

import torch
from torch import device, inf, nan, nn


class Model(nn.Module):
    def __init__(self) -> None:
        super().__init__()
'''


def plain_code(model: Any, inputs: "tuple[Any, ...]") -> "tuple[str, dict[str, Any]]":
    """Code of a class ``Model`` and its weights. Raises an error for a network that can't be followed, or whose code gives other numbers."""
    import torch
    from torch import fx

    traced = fx.symbolic_trace(model)
    modules = dict(traced.named_modules())
    layers: "dict[str, str]" = {}
    tensors: "dict[str, str]" = {}
    for node in traced.graph.nodes:
        if node.op == "call_module":
            kind = type(modules[node.target])
            if kind.__module__.split(".")[0] != "torch":
                raise ValueError(f"{kind.__name__} is no layer of PyTorch")
            layers.setdefault(node.target, _flat(node.target))
            node.target = layers[node.target]
        elif node.op == "get_attr":
            tensors.setdefault(node.target, _flat(node.target))
            node.target = tensors[node.target]
    lines = [f"        self.{flat} = {_made(modules[name])}" for name, flat in layers.items()]
    weights: "dict[str, Any]" = {}
    for name, flat in layers.items():
        weights.update({f"{flat}.{key}": value for key, value in modules[name].state_dict().items()})
    for name, flat in tensors.items():
        value = _attribute(traced, name)
        weights[flat] = value.detach()
        lines.append(f'        self.register_buffer("{flat}", torch.zeros({list(value.shape)}, dtype={value.dtype}))')
    # What the generated lines say to free memory early is of no use to a reader.
    body = re.sub(r";  [\w =]+ = None$", "", traced.graph.python_code("self").src.strip(), flags=re.M)
    text = HEAD + "\n".join(lines) + "\n\n" + "\n".join(f"    {line}".rstrip() for line in body.splitlines()) + "\n"
    _same(text, weights, model, inputs)
    return text, weights


def _same(text: str, weights: "dict[str, Any]", model: Any, inputs: "tuple[Any, ...]") -> None:
    """The code that was just made is run: it must give what the network gives."""
    import torch

    space: "dict[str, Any]" = {}
    exec(compile(text, "model.py", "exec"), space)
    again = space["Model"]()
    again.load_state_dict(weights)
    again.eval()
    sample = tuple(torch.rand_like(one) if one.is_floating_point() else one for one in inputs)
    with torch.no_grad():
        if not torch.allclose(model(*sample), again(*sample), atol=1e-5):
            raise ValueError("the code gives other numbers than the network")


def _flat(name: str) -> str:
    return "_".join(part if not part.isdigit() else f"n{part}" for part in name.split("."))


def _made(module: Any) -> str:
    """``nn.Conv1d(1, 16, …)``: what PyTorch says of its own layers is how they are made."""
    kind = type(module)
    where = "nn" if hasattr(__import__("torch").nn, kind.__name__) else kind.__module__
    return f"{where}.{re.sub(r'[(].*', '', repr(module), flags=re.S)}({module.extra_repr()})"


def _attribute(root: Any, name: str) -> Any:
    for part in name.split("."):
        root = getattr(root, part)
    return root
