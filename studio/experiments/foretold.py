"""The columns that a module will leave, told before it runs: its function is given tables of one row, or
none, that have the columns which are known and values of our own."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa
from pydantic import ValidationError

from modules.registry import find
from modules.scripting.finding import Columns
from modules.sdk.arrow_types import ARROW
from modules.sdk.column import Column
from modules.sdk.declare import ModuleSpec
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from studio.experiments.missing_params import missing_params

MOST = 500
"""Columns of all inputs; what is wider is known after the run."""
LONGEST = 20_000
"""Characters of the params."""
VALUES: Mapping[str, Any] = {
    "integer": 1,
    "float": 1.5,
    "string": "a",
    "boolean": True,
    "datetime": dt.datetime(2024, 2, 29),
    "timedelta": dt.timedelta(days=1),
    "categorical": "a",
    "binary": b"a",
}
ROWS = (1, 0)
"""A column without rows may take any type, so one row is tried first; what refuses its values, has none."""
UNKNOWN = ("string", "float")
"""What a column is taken for whose type is not known: what both give is so."""

log = logging.getLogger(__name__)


def foretell(
    spec: ModuleSpec, params: Mapping[str, Any], inputs: Mapping[str, Columns]
) -> dict[str, Columns] | None:
    """By output, name and type of each column (an empty type is not known); None if the module cannot tell.

    Patterns over names of columns are not tried: a regular expression may take for ever, and this runs in the
    web process."""
    if not spec.foretells or sum(map(len, inputs.values())) > MOST:
        return None
    said = json.dumps(params, sort_keys=True, default=str)
    if len(said) > LONGEST or '"pattern"' in json.dumps([*_rules(params)]):
        return None
    given = tuple((port, tuple(columns.items())) for port, columns in sorted(inputs.items()))
    return _foretold(spec.slug, said, given)


def _rules(value: Any) -> Any:
    """What column pickers go by, wherever they stand."""
    if isinstance(value, dict):
        yield from [value["by"]] if "by" in value else []
        for each in value.values():
            yield from _rules(each)
    elif isinstance(value, list):
        for each in value:
            yield from _rules(each)


@lru_cache(maxsize=512)
def _foretold(
    slug: str, said: str, given: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
) -> dict[str, Columns] | None:
    """A graph is looked at after each edit, and most of its nodes are as they were."""
    spec = find(slug)
    assert spec
    raw = json.loads(said)
    try:
        params = spec.read_params(raw)
    except ValidationError:
        return None
    may = spec.foretells(params) if callable(spec.foretells) else spec.foretells
    if not may or any(missing_params(spec.params, raw)):
        return None
    certain = all(kind for _, columns in given for _, kind in columns)
    found = [_tried(spec, params, given, kind) for kind in (UNKNOWN[:1] if certain else UNKNOWN)]
    told = [each for each in found if each is not None]
    if not told:
        return None
    if len(told) == 1 and certain:
        return told[0]
    names = [[[*columns] for columns in each.values()] for each in told]
    if any(each != names[0] for each in names):
        return None
    sure = len(told) == len(UNKNOWN)
    return {
        port: {
            n: kind if sure and all(e[port][n] == kind for e in told) else "" for n, kind in columns.items()
        }
        for port, columns in told[0].items()
    }


def _tried(spec: ModuleSpec, params: Any, given: Any, unknown: str) -> dict[str, Columns] | None:
    named = {"params": params} if spec.params else {}
    for rows in ROWS:
        tables = {port: _stand_in(columns, unknown, rows) for port, columns in given}
        try:
            results = spec.function(**tables, **named)
        except ModuleError:
            continue
        except Exception:
            log.exception("%s cannot tell its columns", spec.name)
            return None
        return {
            port.name: {column.name: column.type for column in value}
            for port, value in zip(spec.outputs, results, strict=True)
            if isinstance(value, Table)
        }
    return None


def _stand_in(columns: Any, unknown: str, rows: int) -> Table:
    made = []
    for name, kind in columns:
        data = pa.array([VALUES[kind or unknown]] * rows)
        made.append(Column(name, pa.chunked_array([data.cast(ARROW[kind or unknown])])))
    return Table.from_columns(made, rows)
