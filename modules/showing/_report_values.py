"""What a report may show of what is wired to it: `{{table1}}`, `{{chart1}}`, `{{sum of table1.sales}}`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from modules.look.cells import cells
from modules.look.days import as_days, only_days
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable
from modules.sdk.values import Device, Picture, Table, Value
from modules.showing._plot_places import on_clocks

ROWS, MOST_ROWS, MOST_COLUMNS = 20, 500, 50
LONGEST = 200
FIGURES = {
    "sum": "sum", "mean": "mean", "median": "median", "min": "min", "max": "max", "count": "count",
    "distinct": "nunique", "first": "first", "last": "last",
}  # fmt: skip
OF_NUMBERS = ("sum", "mean", "median")
FIGURE = re.compile(r"(\w+) +of +(\w+)(?:\.(.+?))?(?: +as +(percent|\d digits?))?")
PART = re.compile(r"(\w+)(?: +first +(\d+)| +(text)| +(\d+))?")


@dataclass(frozen=True)
class Grid:
    """A table as texts; `right`: which columns are numbers. `note`: what is not shown."""

    heads: list[str]
    right: list[bool]
    rows: list[list[str]]
    note: str = ""


@dataclass(frozen=True)
class Shot:
    """A picture, as the same in each of its formats."""

    formats: tuple[Picture, ...]
    words: str

    def of(self, *media_types: str) -> Picture | None:
        """The first of these formats that there is."""
        known = {picture.media_type: picture for picture in self.formats}
        return next((known[kind] for kind in media_types if kind in known), None)


Shown = str | Grid | tuple[Shot, ...]


def shown(wish: str, ports: Mapping[str, Value | None]) -> Shown:
    """What stands for `{{wish}}`: a text for a place in a line, or a table or pictures for a line of their
    own. ModuleError if there is no such thing."""
    wish = " ".join(wish.split())
    if found := FIGURE.fullmatch(wish):
        return _figure(found[1].lower(), _wired(found[2], ports), found[2], found[3], found[4])
    found = PART.fullmatch(wish)
    if found is None:
        raise ModuleError(f"'{{{{{wish}}}}}' is not understood. {_examples(ports)}")
    value = _wired(found[1], ports)
    if isinstance(value, Table):
        return grid(value, min(int(found[2]), MOST_ROWS) if found[2] else ROWS)
    assert isinstance(value, Device)  # a report has ports of these two types
    if found[3]:
        return value.text.strip()
    shots = shots_of(value)
    if found[4] is None:
        return shots
    at = int(found[4])
    if not 1 <= at <= len(shots):
        raise ModuleError(f"{found[1]} has {len(shots)} pictures; there is no picture {at}.")
    return (shots[at - 1],)


def _wired(name: str, ports: Mapping[str, Value | None]) -> Value:
    if name not in ports:
        raise ModuleError(f"There is no port '{name}'. A report has {', '.join(ports)}.")
    value = ports[name]
    if value is None:
        raise ModuleError(f"Nothing is wired to {name}. Wire something to it, or take it out of the text.")
    return value


def _examples(ports: Mapping[str, Value | None]) -> str:
    name = next((name for name, value in ports.items() if value is not None), "table1")
    return f"Write for example {{{{{name}}}}}, {{{{rows of table1}}}} or {{{{sum of table1.column}}}}."


def _figure(figure: str, value: Value, port: str, name: str | None, form: str | None) -> str:
    if not isinstance(value, Table):
        raise ModuleError(f"{port} is no table, so it has no {figure}.")
    if name is None:
        if figure in ("rows", "columns"):
            return number(len(value) if figure == "rows" else len(value.columns))
        raise ModuleError(f"Say of which column: {{{{{figure} of {port}.column}}}}.")
    whole = f"{name} as {form}"
    if form and value.has(whole) and not value.has(name):
        name, form = whole, None
    if figure not in FIGURES:
        raise ModuleError(f"There is no figure '{figure}'; there are {', '.join(FIGURES)}, rows and columns.")
    if not value.has(name):
        raise ModuleError(f"{port} has no column '{name}'; it has {', '.join(value.names[:10])}.")
    return _told(figured(figure, value.column(name)), form)


def figured(figure: str, column: Column) -> Any:
    """The figure of all values that are there; None where there are none."""
    data = storable(column.data)
    if pa.types.is_boolean(data.type):
        data = data.cast(pa.int64())
    if figure in OF_NUMBERS and not (pa.types.is_integer(data.type) or pa.types.is_floating(data.type)):
        raise ModuleError(f"The {figure} needs numbers, but column {column.name} is {column.type}.")
    present = pc.drop_null(data)
    if pa.types.is_dictionary(present.type):
        present = present.cast(present.type.value_type)
    if figure == "count":
        return len(present)
    if not len(present):
        return None
    if figure in ("first", "last"):
        return cells(present.slice(0 if figure == "first" else len(present) - 1, 1))[0]
    made = getattr(pd.Series(pd.arrays.ArrowExtensionArray(present)), FIGURES[figure])()
    return cells(pa.chunked_array([pa.array([made], present.type)]))[0] if figure in ("min", "max") else made


def _told(value: Any, form: str | None) -> str:
    if value is None:
        return "–"
    if form is None or isinstance(value, str):
        return text(value)
    if form == "percent":
        return f"{float(value) * 100:,.1f} %"
    return f"{value:,.{int(form.split()[0])}f}"


def number(value: float) -> str:
    """A number to read.

    >>> number(1234567), number(2024), number(1234.5678), number(0.012345), number(1e20)
    ('1,234,567', '2024', '1,234.57', '0.01235', '1e+20')
    """
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)
    if value != value or abs(value) >= 1e15 or (value and abs(value) < 1e-4):
        return f"{value:.4g}"
    if abs(value) >= 100:
        return f"{value:,.2f}".removesuffix(".00")
    return f"{value:.4g}"


def text(value: Any) -> str:
    """A cell as a report shows it: one line, not too long; empty if missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number(value)
    line = " ".join(str(value).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def grid(table: Table, rows: int) -> Grid:
    """The first rows of a table as texts."""
    columns = table.columns[:MOST_COLUMNS]
    made = [_cells(column, min(rows, len(table))) for column in columns]
    more = [f"{len(table) - rows:,} more rows"] if len(table) > rows else []
    more += (
        [f"{len(table.columns) - MOST_COLUMNS:,} more columns"] if len(table.columns) > MOST_COLUMNS else []
    )
    return Grid(
        [column.name for column in columns],
        [column.type in ("integer", "float") for column in columns],
        [list(row) for row in zip(*made, strict=True)] if columns else [],
        f"And {' and '.join(more)}." if more else "",
    )


def _cells(column: Column, rows: int) -> list[str]:
    column = on_clocks(column)
    values = cells(column.data.slice(0, rows))
    if column.type == "datetime":
        shown = as_days(values) if only_days(column.data) else values
        values = [one.replace("T", " ") if isinstance(one, str) else one for one in shown]
    return [text(value) for value in values]


def shots_of(device: Device) -> tuple[Shot, ...]:
    """The pictures of a device; files of the same name with other endings are one picture."""
    by_stem: dict[str, list[Picture]] = {}
    for picture in device.pictures:
        by_stem.setdefault(picture.name.rpartition(".")[0], []).append(picture)
    words = device.text.strip().split("\n")[0][:LONGEST]
    return tuple(Shot(tuple(formats), words or stem) for stem, formats in by_stem.items())


def wired(ports: Mapping[str, Value | None]) -> Sequence[str]:
    """The names of the ports that something is wired to."""
    return [name for name, value in ports.items() if value is not None]
