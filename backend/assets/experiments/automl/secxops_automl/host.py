"""Watches over the fit: it ends in time, whatever a learner does, and the best so far is kept."""

import hashlib
import json
import multiprocessing
import os
import shutil
import time
from multiprocessing.connection import Connection
from typing import Any

import pandas as pd
from autogluon.core.metrics import METRICS
from autogluon.core.utils import infer_problem_type
from secxops_host.told import Told
from secxops_host.user_error import UserError

from .board import Board, moment
from .finish import finish
from .fitting import fit
from .tables import LONGEST, check_label, check_same, cut_long, listed, read_table

#: Of the seconds after the limit, the share after which a fit is killed; the rest is for what comes after.
PATIENCE = 0.4


def run(spec: "dict[str, Any]", told: Told) -> None:
    told.state("reading the tables")
    tables = read_all(spec, told)
    began = time.time()
    limit = began + float(spec["limit"])
    grace = float(spec["grace"])
    told.append({"kind": "begun", "until": moment(limit + grace)})
    reuse = same_as_before(spec)
    board = Board(told, spec["numbers"])
    # After a fork nothing has to be loaded again; nothing has started threads yet.
    context = multiprocessing.get_context("fork")
    events, sender = context.Pipe(duplex=False)
    process = context.Process(target=fit, args=(spec, tables, limit - time.time(), reuse, sender), daemon=True)
    process.start()
    sender.close()
    ended = watch(events, board, limit + PATIENCE * grace, spec.get("earlyStop"))
    if ended != "over":
        process.kill()
    process.join()
    drain(events, board)
    finish(spec, tables, board, told, why(ended, process.exitcode, board), limit + 0.85 * grace)


def watch(events: Connection, board: Board, deadline: float, early: "float | None") -> str:
    """Until the fit is ``over``; ``died``, at its ``limit``, or ``early`` because nothing was better for long."""
    while True:
        now = time.time()
        until = deadline if early is None or not board.models else min(deadline, board.better_at + early)
        if now >= until:
            return "limit" if now >= deadline else "early"
        if not events.poll(min(until - now, 1.0)):
            continue
        try:
            event = events.recv()
        except EOFError:
            return "died"
        if event[0] == "over":
            return "over"
        board.take(event)


def drain(events: Connection, board: Board) -> None:
    try:
        while events.poll(0):
            board.take(events.recv())
    except (EOFError, OSError):
        return


def why(ended: str, code: "int | None", board: Board) -> "tuple[str, str]":
    """Reason and words for the model that was being fitted at the end."""
    if ended == "limit":
        return "time", "It was still being fitted when the time was up."
    if ended == "early":
        return "early", "No model had been better for the time that an early stop waits."
    if ended == "died" and code == -9:
        return "memory", "Its process was killed, most likely because the memory was used up."
    return "error", f"Its process ended unexpectedly ({code})."


def read_all(spec: "dict[str, Any]", told: Told) -> "dict[str, pd.DataFrame]":
    """Tables with a label in each row, checked. Raises UserError."""
    label, exclude = spec["label"], list(spec.get("exclude") or [])
    given = {role: read_table(place["path"], place["name"]) for role, place in spec["tables"].items()}
    name = {role: place["name"] for role, place in spec["tables"].items()}
    train = given["train"]
    missing = check_label(train, name["train"], label, spec.get("problem"))
    unknown = [column for column in exclude if column not in train.columns]
    if unknown:
        raise UserError(f"{name['train']} has no column {unknown[0]!r} to exclude. Its columns: {listed(train)}.")
    if label in exclude:
        raise UserError(f"The column {label!r} is to be predicted, so it cannot be excluded.")
    if len(train.columns) - len(exclude) < 2:
        raise UserError(f"{name['train']} has no column besides {label!r}: there is nothing to learn from.")
    if missing:
        told.report({"kind": "note", "text": f"{missing} rows of {name['train']} have no {label} and are left out."})
    for role in ("validation", "test"):
        if role in given:
            check_same(given[role], name[role], train, label, exclude)
    for role, table in given.items():
        cut = cut_long(table)
        if cut:
            text = f"{cut} texts of {name[role]} are longer than {LONGEST} characters; what comes after is not learnt from."
            told.report({"kind": "note", "text": text})
    tables = {role: table.dropna(subset=[label]).reset_index(drop=True) for role, table in given.items()}
    check_metric(spec, tables["train"][label])
    return tables


def check_metric(spec: "dict[str, Any]", labels: pd.Series) -> None:
    problem = spec.get("problem") or infer_problem_type(labels, silent=True)
    metric = spec.get("metric")
    if metric and metric not in METRICS[problem]:
        fitting = ", ".join(sorted(METRICS[problem]))
        raise UserError(f"The metric {metric} does not fit a {problem} problem. These do: {fitting}.")


def same_as_before(spec: "dict[str, Any]") -> bool:
    """Whether models in the folder are of the same tables and settings; what is of others is removed."""
    folder = spec["folder"]
    mark = folder + ".json"
    kept = {key: spec.get(key) for key in ("tables", "label", "problem", "metric", "presets", "exclude", "learners")}
    identity = hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
    try:
        with open(mark, encoding="utf-8") as file:
            before = json.load(file)
    except (OSError, ValueError):
        before = None
    if before == identity and os.path.isdir(folder):
        return True
    shutil.rmtree(folder, ignore_errors=True)
    with open(mark, "w", encoding="utf-8") as file:
        json.dump(identity, file)
    return False
