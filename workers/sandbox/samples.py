"""Tries a node on a few rows: runs it, and what it needs above it, in one child, and shows what it left."""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pydantic import BaseModel

from modules.look.pages import page
from modules.module_call import call_module
from modules.registry import find
from modules.scripting.line_values import watch_next
from modules.sdk.values import Device, Table, Value
from workers.sandbox.chain import StepFailed

SHOWN = 100
"""Rows of a table that an answer has."""
MOST_COLUMNS = 1000
SQL = "apply-sql-transformation"
LONGEST = 1000
"""Characters of a text in a row."""
PICTURES, PICTURE_BYTES = 20, 4 << 20
"""Pictures that an answer has, and the bytes of all of them."""
MOST_TEXT = 64 << 10


class SampleStep(BaseModel):
    """A node to run. `wires`: by port, the node above and its port. `given`: by port, the name of a job's
    input. Without a `module` it leaves what it is given, as a dataset does."""

    node: str
    module: str = ""
    params: dict[str, Any] = {}
    wires: dict[str, tuple[str, str]] = {}
    given: dict[str, str] = {}


class SampleWish(BaseModel):
    """The first `rows` of each given table, or so many `random` ones, drawn by `seed` and in their order. The
    last of `steps` is the node that is tried."""

    steps: list[SampleStep]
    rows: int
    random: bool = False
    seed: int = 0


def try_on_sample(wish: SampleWish, given: Mapping[str, Value]) -> dict[str, Any]:
    """`{"outputs": {port: shown}, "seconds": {node: …}, "plan": […]}`. StepFailed from what a module
    raised."""
    sampled = {name: _some_of(value, wish) for name, value in given.items()}
    left: dict[tuple[str, str], Value] = {}
    seconds: dict[str, float] = {}
    made: Mapping[str, Value | None] = {}
    values: Mapping[str, Value] = {}
    for place, step in enumerate(wish.steps):
        values = {port: sampled[name] for port, name in step.given.items()} | {
            port: left[wire] for port, wire in step.wires.items() if wire in left
        }
        began = time.monotonic()
        _enter_folder(place)
        watch_next(step is wish.steps[-1])
        try:
            made = call_module(step.module, step.params, values) if step.module else values
        except BaseException as error:
            raise StepFailed(step.node) from error
        seconds[step.node] = time.monotonic() - began
        left |= {(step.node, port): value for port, value in made.items() if value is not None}
    return {
        "outputs": {port: _shown(value) for port, value in made.items() if value is not None},
        "seconds": seconds,
        "plan": _plan(wish.steps[-1], values),
    }


def _plan(step: SampleStep, values: Mapping[str, Value]) -> list[dict[str, Any]]:
    """How the engine ran the query of the node that was tried; empty of other modules."""
    spec = find(step.module) if step.module == SQL else None
    if spec is None:
        return []
    from modules.data_transformation._query_plan import query_plan
    from modules.data_transformation.apply_sql_transformation import SqlParams

    params = spec.read_params(dict(step.params))
    assert isinstance(params, SqlParams)
    tables = {name: table for name, table in values.items() if isinstance(table, Table)}
    return [part._asdict() for part in query_plan(params, tables)]


def _enter_folder(place: int) -> None:
    """Each step has a working directory of its own, so that a picture of one is not picked up by the next."""
    folder = Path.cwd() if place == 0 else Path.cwd().parent
    folder = folder / f"step {place}"
    folder.mkdir()
    os.chdir(folder)


def _some_of(value: Value, wish: SampleWish) -> Value:
    if not isinstance(value, Table) or value.rows <= wish.rows:
        return value
    if wish.random:
        drawn = np.random.default_rng(wish.seed).choice(value.rows, wish.rows, replace=False)
        return value.take(pa.array(np.sort(drawn)))
    columns = (replace(c, data=c.data.slice(0, wish.rows), origin=None) for c in value.columns)
    return Table(tuple(columns), wish.rows)


def _shown(value: Value) -> dict[str, Any]:
    if isinstance(value, Table):
        names = value.names[:MOST_COLUMNS] if len(value.columns) > MOST_COLUMNS else None
        shown = page(value, 0, SHOWN, columns=names, longest=LONGEST)
        return {"type": "table", "count": len(value.columns), **shown}
    if isinstance(value, Device):
        return {"type": "device", "text": value.text[:MOST_TEXT], "pictures": _pictures(value)}
    return {"type": value.type}


def _pictures(device: Device) -> list[dict[str, str]]:
    """Those that fit; one that is too large has no `data`."""
    told, room = [], PICTURE_BYTES
    for picture in device.pictures[:PICTURES]:
        data = picture.path.read_bytes() if picture.path.stat().st_size <= room else b""
        room -= len(data)
        encoded = base64.b64encode(data).decode()
        told.append({"name": picture.name, "media_type": picture.media_type, "data": encoded})
    return told
