"""Weights of the candidates of a space, as the protocol's report of kind ``alpha``."""

from typing import Any


def alpha_report(probabilities: "dict[str, Any]", epoch: int, stage: "int | None") -> "dict[str, Any] | None":
    """Out of what a one-shot module's ``export_probs`` answers. Nothing where the strategy weighs nothing."""
    choices = [
        {"label": label, "candidates": [str(name) for name in weights], "weights": [round(float(one), 6) for one in weights.values()]}
        for label, weights in sorted(probabilities.items())
        if isinstance(weights, dict)
    ]
    if not choices:
        return None
    return {"kind": "alpha", "epoch": epoch, **({"stage": stage} if stage else {}), "choices": choices}
