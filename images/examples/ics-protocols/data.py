"""Packets as tensors."""

import torch
from packets import CLASSES, LENGTH, Packet, balanced, read_folder, split
from torch.utils.data import TensorDataset


def tensors(folder: str, most: int = 400, seed: int = 0) -> "tuple[TensorDataset, TensorDataset]":
    """Training and validation set: bytes as numbers in 0…1, ``[1, LENGTH]``, and the index of the class."""
    train, validation = split(balanced(read_folder(folder), most, seed), seed=seed)
    return _dataset(train), _dataset(validation)


def _dataset(packets: "list[Packet]") -> TensorDataset:
    x = torch.zeros(len(packets), 1, LENGTH)
    for row, packet in enumerate(packets):
        payload = torch.frombuffer(bytearray(packet.payload[:LENGTH]), dtype=torch.uint8)
        x[row, 0, : len(payload)] = payload.float() / 255
    return TensorDataset(x, torch.tensor([CLASSES.index(packet.protocol) for packet in packets]))
