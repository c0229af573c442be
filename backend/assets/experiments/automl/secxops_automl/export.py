"""A fitted model as a folder of its own, with all that it needs to predict."""

from typing import Any

from secxops_host.user_error import UserError

from .finish import open_predictor


def export(spec: "dict[str, Any]") -> None:
    try:
        predictor = open_predictor(spec["folder"])
    except FileNotFoundError:
        raise UserError("No model has been fitted yet.") from None
    names = predictor.model_names(can_infer=True)
    model = spec.get("model") or predictor.model_best
    if model not in names:
        raise UserError(f"The model {model} is not kept any more. These are: {', '.join(names) or 'none'}.")
    predictor.clone_for_deployment(spec["to"], model=model)
