"""P-DARTS' own steps on small spaces: what goes, what stays, and how many skip connections are left."""

import unittest

import torch
from nni.nas.evaluator.pytorch import Classification
from nni.nas.execution import SequentialExecutionEngine
from nni.nas.nn.pytorch import Cell, LayerChoice, ModelSpace
from nni.nas.space import RawFormatModelSpace, model_context
from secxops_nas.pdarts import DroppedSkip, ProgressiveDarts, choose, keep_best, weights_of
from torch import nn


class Layers(ModelSpace):
    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList(LayerChoice(candidates(), label=f"layer_{i}") for i in range(4))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Cells(ModelSpace):
    """Two cells of one label, whose operations depend on the edge: the supernet has a weight for each edge."""

    def __init__(self) -> None:
        super().__init__()
        factories = {name: lambda _node, _place, _source, make=make: make() for name, make in MAKERS.items()}
        self.cells = nn.ModuleList(
            Cell(factories, num_nodes=2, num_ops_per_node=1, num_predecessors=1, concat_dim=1, label="cell") for _ in range(2)
        )
        self.join = nn.Linear(8, 4)

    def forward(self, x):
        for cell in self.cells:
            x = self.join(cell([x]))
        return x


MAKERS = {"linear": lambda: nn.Linear(4, 4), "skip": nn.Identity, "relu": nn.ReLU}


def candidates():
    return {name: make() for name, make in MAKERS.items()}


def stage(space, kept=None, skip_dropout=0.0):
    strategy = ProgressiveDarts(kept or {}, skip_dropout)
    evaluator = Classification(num_classes=2, train_dataloaders=[], val_dataloaders=[], max_epochs=1)
    strategy.initialize(RawFormatModelSpace.from_model(space, evaluator), SequentialExecutionEngine())
    return strategy


class Stages(unittest.TestCase):
    def test_the_lightest_candidates_go_and_the_order_of_the_rest_stays(self):
        weights = {"a": {"x": 0.1, "y": 0.6, "z": 0.3}, "b": {"x": 1.0}}
        self.assertEqual(keep_best(weights, 2), {"a": ["y", "z"], "b": ["x"]})

    def test_a_stage_has_only_what_was_kept(self):
        strategy = stage(Layers(), {"layer_0": ["linear", "relu"], "layer_1": ["skip"]})
        weights = weights_of(strategy.supernet)
        self.assertEqual(list(weights["layer_0"]), ["linear", "relu"])
        self.assertEqual(list(weights["layer_1"]), ["skip"])
        self.assertEqual(list(weights["layer_2"]), ["linear", "skip", "relu"])
        strategy.supernet(torch.rand(2, 4)).sum().backward()
        strategy.oneshot_module.set_model(strategy.supernet)
        alphas = strategy.oneshot_module.arch_parameters()
        self.assertEqual(sorted(len(one) for one in alphas), [1, 2, 3, 3])

    def test_edges_of_cells_are_pruned_alike_in_all_cells_of_a_label(self):
        strategy = stage(Cells(), {"cell/1_0": ["linear"], "cell/2_0": ["skip", "relu"]})
        first, second = strategy.supernet.cells
        self.assertIs(first._arch_alpha["cell/1_0"], second._arch_alpha["cell/1_0"])
        self.assertEqual(len(first._arch_alpha["cell/2_0"]), 3)
        self.assertEqual(list(weights_of(strategy.supernet)["cell/2_0"]), ["skip", "relu"])
        strategy.supernet(torch.rand(2, 4)).sum().backward()
        sample = choose(strategy.supernet, weights_of(strategy.supernet), {}, 2)
        with model_context(sample):
            self.assertEqual(Cells()(torch.rand(2, 4)).shape, (2, 4))

    def test_skips_are_dropped_out_less_and_less(self):
        strategy = stage(Layers(), skip_dropout=0.5)
        skips = [one for one in strategy.supernet.modules() if isinstance(one, DroppedSkip)]
        self.assertEqual(len(skips), 4)
        rates = []
        for epoch in range(3):
            strategy.drop_skips(epoch)
            rates.append(skips[0].rate)
        self.assertEqual(rates[0], 0.5)
        self.assertGreater(rates[0], rates[1])
        self.assertGreater(rates[1], rates[2])
        x = torch.ones(1, 4)
        self.assertTrue(torch.equal(skips[0].eval()(x), x))

    def test_of_too_many_skips_those_with_the_least_weight_give_way_to_the_next_best(self):
        strategy = stage(Layers())
        heavy = {f"layer_{i}": {"linear": 0.1, "skip": 0.5 + i / 10, "relu": 0.2} for i in range(4)}
        sample = choose(strategy.supernet, heavy, {"other": 3}, 2)
        self.assertEqual(
            sample,
            {"other": 3, "layer_0": "relu", "layer_1": "relu", "layer_2": "skip", "layer_3": "skip"},
        )

    def test_a_choice_with_nothing_else_keeps_its_skip(self):
        strategy = stage(Layers(), {"layer_0": ["skip"]})
        weights = weights_of(strategy.supernet)
        self.assertEqual(choose(strategy.supernet, weights, {}, 0)["layer_0"], "skip")


if __name__ == "__main__":
    unittest.main()
