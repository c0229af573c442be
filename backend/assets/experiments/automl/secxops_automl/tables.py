"""Tables out of files, and what must hold of them before anything is learnt."""

import difflib
import os

import pandas as pd
from secxops_host.user_error import UserError

READERS = {".csv": "csv", ".tsv": "tsv", ".parquet": "parquet", ".pq": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl"}
#: Characters of a text that are learnt from.
LONGEST = 10_000


def read_table(path: str, name: str) -> pd.DataFrame:
    """The table at ``path``: a file, or a folder with just one table in it. Raises UserError."""
    file = table_file(path, name)
    kind = READERS[os.path.splitext(file)[1].lower()]
    try:
        if kind == "parquet":
            table = pd.read_parquet(file)
        elif kind == "jsonl":
            table = pd.read_json(file, lines=True)
        else:
            table = pd.read_csv(file, sep="\t" if kind == "tsv" else ",", low_memory=False)
    except pd.errors.EmptyDataError:
        raise UserError(f"{name} is empty.", {"path": file}) from None
    except pd.errors.ParserError as error:
        raise UserError(f"{name} cannot be read as a table: {str(error).strip()}", {"path": file}) from None
    except UnicodeDecodeError as error:
        raise UserError(f"{name} is not UTF-8 text (byte {error.start}). Save it as UTF-8.", {"path": file}) from None
    except (ValueError, OSError) as error:
        raise UserError(f"{name} cannot be read: {str(error).strip()}"[:500], {"path": file}) from None
    table.columns = [str(column) for column in table.columns]
    if len(table) == 0:
        raise UserError(f"{name} has no rows.", {"path": file})
    if not table.columns.is_unique:
        twice = sorted(set(table.columns[table.columns.duplicated()]))
        raise UserError(f"{name} has columns of the same name: {', '.join(twice)}.", {"path": file})
    return table


def table_file(path: str, name: str) -> str:
    if os.path.isdir(path):
        found = sorted(
            os.path.join(folder, file)
            for folder, _, files in os.walk(path)
            for file in files
            if os.path.splitext(file)[1].lower() in READERS
        )
        if len(found) == 1:
            return found[0]
        listed = ", ".join(os.path.relpath(file, path) for file in found[:5])
        what = f"has {len(found)} tables ({listed}): name one of them" if found else "has no CSV, Parquet or JSON Lines file"
        raise UserError(f"{name} is a folder and {what}.", {"path": path})
    if not os.path.exists(path):
        raise UserError(f"There is no {path}.", {"path": path})
    if os.path.splitext(path)[1].lower() not in READERS:
        raise UserError(f"{name} is no table: it must end in {', '.join(READERS)}.", {"path": path})
    return path


def check_label(table: pd.DataFrame, name: str, label: str, problem: "str | None") -> int:
    """Raises UserError where there is nothing to learn; answers how many rows have no label."""
    if label not in table.columns:
        raise UserError(f"{name} has no column {label!r}.{like(label, table)} Its columns: {listed(table)}.")
    values = table[label]
    missing = int(values.isna().sum())
    if missing == len(values):
        raise UserError(f"The column {label!r} of {name} is empty in all {len(values)} rows: there is nothing to learn from.")
    if problem != "regression" and values.nunique() == 1:
        only = values.dropna().iloc[0]
        raise UserError(f"All rows of {name} have {label} = {only!r}. At least two different values are needed.")
    if problem == "regression" and not pd.api.types.is_numeric_dtype(values):
        raise UserError(f"The column {label!r} of {name} is not a number everywhere, so it cannot be predicted by regression.")
    if problem == "binary" and values.nunique() != 2:
        raise UserError(f"The column {label!r} of {name} has {values.nunique()} different values; a binary problem has two.")
    if len(values) - missing < 10:
        raise UserError(f"{name} has {len(values) - missing} rows with a label; at least 10 are needed.")
    return missing


def check_same(table: pd.DataFrame, name: str, train: pd.DataFrame, label: str, exclude: "list[str]") -> None:
    """Raises UserError where ``table`` lacks a column that is learnt from."""
    wanted = [column for column in train.columns if column not in exclude]
    lacking = [column for column in wanted if column not in table.columns]
    if lacking:
        raise UserError(f"{name} lacks columns of the training table: {', '.join(map(repr, lacking[:8]))}.")
    if table[label].isna().all():
        raise UserError(f"The column {label!r} of {name} is empty in all rows: nothing can be scored with it.")


def like(column: str, table: pd.DataFrame) -> str:
    near = difflib.get_close_matches(column, table.columns, 1)
    return f" Did you mean {near[0]!r}?" if near else ""


def listed(table: pd.DataFrame) -> str:
    names = [repr(column) for column in table.columns[:20]]
    return ", ".join(names) + (f" and {len(table.columns) - 20} more" if len(table.columns) > 20 else "")


def cut_long(table: pd.DataFrame) -> int:
    """Cuts texts that are longer than any learner uses, in place; answers how many. AutoGluon looks at each text for a date: 10 MB take minutes."""
    cut = 0
    for column in table.columns[table.dtypes == object]:
        long = table[column].map(lambda value: isinstance(value, str) and len(value) > LONGEST)
        if long.any():
            cut += int(long.sum())
            table.loc[long, column] = table.loc[long, column].str.slice(0, LONGEST)
    return cut
