"""How good a network is: one that is trained alone, and all of a space at once."""

import nni
import secxops
import torch
from data import tensors
from nni.nas.evaluator.pytorch import Classification, DataLoader
from packets import CLASSES
from torch import nn

TRAFFIC = secxops.input("traffic", "traffic")


def evaluate(
    model: nn.Module,
    epochs: int = 8,
    learning_rate=nni.choice("learning_rate", [0.003, 0.01, 0.03, 0.1]),
    momentum=nni.choice("momentum", [0.0, 0.5, 0.9]),
    dropout=nni.choice("dropout", [0.0, 0.2, 0.5]),
    batch_size=nni.choice("batch_size", [16, 32, 64]),
) -> None:
    """Trains one network; reports the share of validation packets whose protocol it tells, after each epoch and at the end."""
    torch.manual_seed(0)
    train, validation = tensors(TRAFFIC)
    model.dropout.p = dropout
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=momentum)
    accuracy = 0.0
    for _ in range(epochs):
        model.train()
        for x, y in DataLoader(train, batch_size=batch_size, shuffle=True):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            x, y = validation.tensors
            accuracy = (model(x).argmax(1) == y).float().mean().item()
        nni.report_intermediate_result(accuracy)
    nni.report_final_result(accuracy)


def lightning() -> Classification:
    """For one-shot strategies: everything of the space is trained at once."""
    train, validation = tensors(TRAFFIC)
    return Classification(
        learning_rate=0.003,
        train_dataloaders=DataLoader(train, batch_size=32, shuffle=True),
        val_dataloaders=DataLoader(validation, batch_size=32),
        num_classes=len(CLASSES),
        max_epochs=15,
    )
