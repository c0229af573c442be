"""The user's model space and evaluator, out of files."""

import importlib
import inspect
import os
import sys
import traceback
from typing import Any, Callable


class UserError(Exception):
    """A mistake in the user's files or settings, in words. ``place``: where it is."""

    def __init__(self, message: str, place: "dict[str, Any] | None" = None) -> None:
        super().__init__(message)
        self.place = place


def named(reference: str, folder: str, what: str) -> Callable[..., Any]:
    """What ``FILE.py:NAME`` means, the file being relative to ``folder``. Raises UserError.

    The file is imported under its own name with its folder on the path, so that it finds what lies beside it.
    """
    file, _, name = reference.partition(":")
    path = os.path.normpath(os.path.join(folder, file))
    if not name:
        raise UserError(f"{what} is {reference!r}; write FILE.py:NAME, like net.py:Net.")
    if not os.path.isfile(path):
        raise UserError(f"{what} {reference}: there is no file {path}.")
    directory, base = os.path.split(path)
    if directory not in sys.path:
        sys.path.insert(0, directory)
    try:
        module = importlib.import_module(os.path.splitext(base)[0])
    except Exception as error:
        raise UserError(f"{what} {reference}: {base} cannot be imported: {said(error)}", place_of(error, folder)) from error
    if not hasattr(module, name):
        raise UserError(f"{what} {reference}: {base} has no {name}.", {"path": path})
    return getattr(module, name)


def make_space(reference: str, folder: str, cells: "int | None" = None) -> Any:
    """A new instance of the model space; ``cells`` is given to its constructor. Raises UserError."""
    from nni.nas.nn.pytorch import ModelSpace

    factory = named(reference, folder, "The model space")
    arguments = {}
    if cells is not None:
        # NNI wraps the constructors of spaces and keeps what they were.
        made = getattr(factory, "_init_wrapped", None) or factory
        names = inspect.signature(made).parameters
        taken = next((name for name in ("cells", "num_cells") if name in names), None)
        if taken is None:
            raise UserError(
                f"A stage asks for {cells} cells, but {reference} takes no `cells`. Give its __init__ a parameter `cells`, or take "
                "`cells` out of the stages."
            )
        arguments[taken] = cells
    space = factory(**arguments)
    if not isinstance(space, ModelSpace):
        raise UserError(f"{reference} makes a {type(space).__name__}, which is no nni.nas ModelSpace.")
    return space


def makes_evaluator(function: Callable[..., Any]) -> bool:
    """True for a function that is called without a model and answers an evaluator; false for one that scores a model."""
    return all(
        parameter.default is not parameter.empty or parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL)
        for parameter in inspect.signature(function).parameters.values()
    )


def said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def place_of(error: BaseException, folder: str) -> "dict[str, Any] | None":
    """Deepest place of a traceback in the user's folder."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(folder + os.sep)]
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return {"path": error.filename, "line": error.lineno}
    return {"path": frames[-1].filename, "line": frames[-1].lineno} if frames else None
