"""The space of networks: a small convolution network over the bytes of a packet."""

import torch
from nni.nas.nn.pytorch import Cell, ModelSpace
from packets import CLASSES
from torch import nn

WIDTH = 16
NODES = 3


class Separable(nn.Module):
    """Depth-wise convolution, then point-wise: fewer weights for a wide kernel."""

    def __init__(self, width: int, kernel: int) -> None:
        super().__init__()
        self.steps = nn.Sequential(
            nn.Conv1d(width, width, kernel, padding=kernel // 2, groups=width),
            nn.Conv1d(width, width, 1),
            nn.BatchNorm1d(width),
            nn.ReLU(),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.steps(x)


def convolution(width: int, kernel: int) -> nn.Module:
    return nn.Sequential(
        nn.Conv1d(width, width, kernel, padding=kernel // 2), nn.BatchNorm1d(width), nn.ReLU()
    )


def candidates(width: int) -> "dict[str, nn.Module]":
    """What each layer may be. All keep the shape."""
    return {
        "conv_3": convolution(width, 3),
        "conv_5": convolution(width, 5),
        "conv_7": convolution(width, 7),
        "separable_5": Separable(width, 5),
        "separable_9": Separable(width, 9),
        "max_pool": nn.MaxPool1d(3, stride=1, padding=1),
        "skip": nn.Identity(),
    }


class PacketNet(ModelSpace):
    """A stem, then the same searched cell ``cells`` times: a progressive search asks for more of them by stage."""

    def __init__(self, cells: int = 2) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv1d(1, WIDTH, 5, stride=2, padding=2), nn.BatchNorm1d(WIDTH), nn.ReLU())
        # Cells of one label have the same architecture, each with weights of its own.
        self.cells = nn.ModuleList(
            Cell(candidates(WIDTH), num_nodes=NODES, num_ops_per_node=1, num_predecessors=1, label="cell")
            for _ in range(cells)
        )
        self.joins = nn.ModuleList(nn.Conv1d(WIDTH * NODES, WIDTH, 1) for _ in range(cells))
        self.shrink = nn.AvgPool1d(2)
        self.collect = nn.AdaptiveAvgPool1d(4)
        self.dropout = nn.Dropout(0.2)
        self.head = nn.Linear(WIDTH * 4, len(CLASSES))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        for cell, join in zip(self.cells, self.joins):
            x = self.shrink(join(cell([x])))
        return self.head(self.dropout(self.collect(x).flatten(1)))
