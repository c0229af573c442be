"""Which of the metrics that a training logged is the objective."""

ORDER = ["default", "val_acc", "val_accuracy", "val_mse", "val_loss", "train_acc", "train_mse", "train_loss"]


def score_name(metrics: "dict[str, float]", wanted: str) -> str:
    """``wanted`` where it is there; for "default" the first of the usual ones. Raises KeyError with what is there."""
    if wanted in metrics:
        return wanted
    if wanted == "default":
        usual = [name for name in ORDER if name in metrics] or sorted(name for name in metrics if name.startswith("val_"))
        if usual:
            return usual[0]
    raise KeyError(
        f"the objective is the metric {wanted!r}, and the evaluator logs {', '.join(sorted(metrics)) or 'none'}; "
        "write one of them as `objective.metric`"
    )
