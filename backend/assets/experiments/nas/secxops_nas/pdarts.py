"""P-DARTS, which NNI lacks: differentiable search in stages, each with fewer candidates in a deeper network.

After Chen, Xie, Wu, Tian: Progressive Differentiable Architecture Search (ICCV 2019). Between stages the candidates with
the least weight go; skip connections, which win by being easy to learn through, are dropped out at random, less and less
within a stage, and at the end at most ``max_skips`` of a cell are kept.
"""

import math
from typing import Any

import torch
from nni.nas.oneshot.pytorch.supermodule.differentiable import DifferentiableMixedCell, DifferentiableMixedLayer
from nni.nas.strategy import DARTS
from torch import nn

DECAY = 0.2
"""How fast the drop-out of skip connections goes down: e^(-DECAY × epoch)."""


def is_skip(name: str, module: "nn.Module | None" = None) -> bool:
    """A candidate that hands its input on."""
    return "skip" in str(name).lower() or str(name).lower() == "identity" or isinstance(module, nn.Identity)


class DroppedSkip(nn.Module):
    """A skip connection whose output is dropped at random while it is trained."""

    def __init__(self, skip: nn.Module, rate: float) -> None:
        super().__init__()
        self.skip = skip
        self.rate = rate

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return nn.functional.dropout(self.skip(x), self.rate, self.training)


class ProgressiveDarts(DARTS):
    """One stage. ``kept``: candidates of each choice that are still there, by label; a label that is not in it keeps all."""

    def __init__(self, kept: "dict[str, list[str]]", skip_dropout: float, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._kept = kept
        self._skip_dropout = skip_dropout

    def mutate_model(self, model: Any) -> Any:
        model = super().mutate_model(model)
        # Choices of one label share their weights: so do those that take their place.
        alphas: "dict[str, nn.Parameter]" = {}
        for module in model.modules():
            if isinstance(module, DifferentiableMixedLayer):
                self._prune_layer(module, alphas)
            elif isinstance(module, DifferentiableMixedCell):
                self._prune_cell(module, alphas)
        return model

    def drop_skips(self, epoch: int) -> None:
        """Sets how often skip connections are dropped in this epoch of the stage."""
        for module in self.supernet.modules():
            if isinstance(module, DroppedSkip):
                module.rate = self._skip_dropout * math.exp(-DECAY * epoch)

    def _prune_layer(self, layer: Any, alphas: "dict[str, nn.Parameter]") -> None:
        kept = self._kept.get(layer.label)
        if kept is not None:
            for name in [name for name in layer.names if str(name) not in kept]:
                delattr(layer, str(name))
            layer.names = [name for name in layer.names if str(name) in kept]
            layer._arch_alpha = alphas.setdefault(layer.label, _fresh(len(layer.names)))
        for name in layer.names:
            self._weaken(layer, str(name))

    def _prune_cell(self, cell: Any, alphas: "dict[str, nn.Parameter]") -> None:
        for node, edges in enumerate(cell.ops, start=cell.num_predecessors):
            for source, candidates in enumerate(edges):
                label = f"{cell.label}/{node}_{source}"
                kept = self._kept.get(label)
                if kept is not None:
                    for name in [name for name in candidates if name not in kept]:
                        del candidates[name]
                    # One more than there are candidates: the weight of taking nothing from here.
                    cell._arch_alpha[label] = alphas.setdefault(label, _fresh(len(candidates) + 1))
                for name in list(candidates):
                    self._weaken(candidates, name)

    def _weaken(self, owner: nn.Module, name: str) -> None:
        skip = owner._modules[name]
        if skip is not None and self._skip_dropout > 0 and is_skip(name, skip):
            owner._modules[name] = DroppedSkip(skip, self._skip_dropout)


def weights_of(space: nn.Module) -> "dict[str, dict[str, float]]":
    """Softmax weight of each candidate that is still there, by label: of a layer's choice or of an edge of a cell."""
    found: "dict[str, dict[str, float]]" = {}
    for module in space.modules():
        if isinstance(module, DifferentiableMixedLayer):
            found[module.label] = _named(module._arch_alpha, [str(name) for name in module.names])
        elif isinstance(module, DifferentiableMixedCell):
            for node, edges in enumerate(module.ops, start=module.num_predecessors):
                for source, candidates in enumerate(edges):
                    label = f"{module.label}/{node}_{source}"
                    found[label] = _named(module._arch_alpha[label], list(candidates))
    return found


def keep_best(weights: "dict[str, dict[str, float]]", keep: int) -> "dict[str, list[str]]":
    """The ``keep`` heaviest candidates of each choice, in their first order."""
    best = {label: sorted(of, key=lambda name: -of[name])[:keep] for label, of in weights.items()}
    return {label: [name for name in weights[label] if name in best[label]] for label in weights}


def choose(space: nn.Module, weights: "dict[str, dict[str, float]]", rest: "dict[str, Any]", max_skips: int) -> "dict[str, Any]":
    """The architecture: ``rest`` with the heaviest candidates, at most ``max_skips`` skip connections in what shares a label's first part."""
    weights = {label: dict(of) for label, of in weights.items()}
    while True:
        chosen = _heaviest(space, weights)
        skips: "dict[str, list[tuple[float, str, str]]]" = {}
        for label, name in chosen.choices:
            # A choice that has nothing else left keeps it.
            if is_skip(name) and any(not is_skip(other) for other in weights[label]):
                skips.setdefault(label.rpartition("/")[0], []).append((weights[label][name], label, name))
        over = [min(of) for of in skips.values() if len(of) > max_skips]
        if not over:
            return {**rest, **chosen.sample}
        _, label, name = min(over)
        del weights[label][name]


class _Chosen:
    def __init__(self) -> None:
        self.sample: "dict[str, Any]" = {}
        self.choices: "list[tuple[str, str]]" = []


def _heaviest(space: nn.Module, weights: "dict[str, dict[str, float]]") -> _Chosen:
    chosen = _Chosen()
    for module in space.modules():
        if isinstance(module, DifferentiableMixedLayer) and module.label not in chosen.sample:
            of = weights[module.label]
            name = max(of, key=lambda one: of[one])
            chosen.sample[module.label] = next(one for one in module.names if str(one) == name)
            chosen.choices.append((module.label, name))
        elif isinstance(module, DifferentiableMixedCell) and f"{module.label}/op_{module.num_predecessors}_0" not in chosen.sample:
            for node in range(module.num_predecessors, module.num_nodes + module.num_predecessors):
                edges = []
                for source in range(node):
                    of = weights[f"{module.label}/{node}_{source}"]
                    edges += [(weight, source, name) for name, weight in of.items()]
                edges.sort(key=lambda edge: -edge[0])
                # Each source once, before any of them a second time.
                firsts = [next(edge for edge in edges if edge[1] == source) for source in range(node)]
                firsts.sort(key=lambda edge: -edge[0])
                order = firsts + [edge for edge in edges if edge not in firsts]
                for place in range(module.num_ops_per_node):
                    _, source, name = order[place % len(order)]
                    chosen.sample[f"{module.label}/op_{node}_{place}"] = name
                    chosen.sample[f"{module.label}/input_{node}_{place}"] = [source]
                    chosen.choices.append((f"{module.label}/{node}_{source}", name))
    return chosen


def _fresh(size: int) -> nn.Parameter:
    return nn.Parameter(torch.randn(size) * 1e-3)


def _named(alpha: torch.Tensor, names: "list[str]") -> "dict[str, float]":
    return dict(zip(names, torch.softmax(alpha.detach().float(), -1).tolist()))
