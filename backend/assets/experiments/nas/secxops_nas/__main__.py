"""``python -m secxops_nas search|single SPEC``: ``search`` is a one-shot search, ``single`` one trial of many. SPEC is a JSON file with

    space, evaluator   FILE.py:NAME, relative to ``folder``
    strategy, strategyArgs, stages
    objective          {metric, direction}
    folder             where the user's files lie, absolute
    directory          where results go, absolute
    checkpoints        where a search that is started again goes on from, absolute
    told               file to which is appended what happens
"""

import json
import sys
import traceback
import warnings

from .told import Told
from .user_code import UserError, place_of, said


def main(work: str, spec_path: str) -> int:
    with open(spec_path, encoding="utf-8") as file:
        spec = json.load(file)
    told = Told(spec["told"])
    # NNI 3.0 warns of every class of a PyTorch that is newer than itself.
    warnings.filterwarnings("ignore", message=".*is found to be not a nn.Module.*")
    try:
        told.state("loading PyTorch")
        if work == "single":
            from .single import single as run
        else:
            from .search import search as run
        run(spec, told)
        return 0
    except ModuleNotFoundError as error:
        traceback.print_exc()
        told.failed(missing(error) or said(error), place_of(error, spec["folder"]))
    except UserError as error:
        print(error, file=sys.stderr)
        told.failed(str(error), error.place)
    except Exception as error:
        traceback.print_exc()
        told.failed(said(error), place_of(error, spec["folder"]))
    return 1


def missing(error: ModuleNotFoundError) -> "str | None":
    """What to do about an environment of the user's own that lacks what a search needs."""
    wanted = {"torch": "torch", "nni": "nni==3.0", "pytorch_lightning": "pytorch-lightning==2.0.9", "torchmetrics": "torchmetrics"}
    if (error.name or "").split(".")[0] not in wanted:
        return None
    return (
        f"The environment of this experiment has no {error.name}. Add {', '.join(wanted.values())} to its requirements, or take "
        "`environment` out of the experiment's `code`: SecXOps then installs one with all of it (6.5 GB)."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
