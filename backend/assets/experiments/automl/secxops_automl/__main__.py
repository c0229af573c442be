"""``python -m secxops_automl fit|export SPEC``. SPEC is a JSON file; of ``fit``:

    tables       {train, validation?, test?}: {path, name}, absolute
    label, problem, metric, presets, exclude, learners     as in the experiment's file
    limit        seconds from when the tables are read until the best so far is taken; ``grace``: seconds more until it must have ended
    earlyStop    seconds without a better model after which it ends
    folder       where the fitted models are kept, absolute; a start that finds some there goes on with them
    trials       absolute folder whose ``<number>/log`` gets what is logged about a model
    numbers      names of models to numbers of trials, as far as they are known
    told         file to which is appended what happens

of ``export``: ``folder`` as above, ``model`` (a name; null: the best), ``to`` (a folder that is not there yet).
"""

import json
import sys
import traceback
from typing import Callable

from secxops_host.told import Told
from secxops_host.user_error import UserError


def main(work: str, spec_path: str) -> int:
    with open(spec_path, encoding="utf-8") as file:
        spec = json.load(file)
    if work == "export":
        from .export import export

        return said(lambda: export(spec))
    told = Told(spec["told"])
    try:
        told.state("loading AutoGluon")
        from .host import run

        run(spec, told)
        return 0
    except UserError as error:
        print(error, file=sys.stderr)
        told.failed(str(error), error.place)
    except Exception as error:
        traceback.print_exc()
        told.failed(f"AutoGluon failed: {type(error).__name__}: {error}"[:2000])
    return 1


def said(work: "Callable[[], None]") -> int:
    """Its mistakes as one line on stderr."""
    try:
        work()
        return 0
    except UserError as error:
        print(error, file=sys.stderr)
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
