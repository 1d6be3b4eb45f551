"""Where the rows of a column lie along an axis of a chart: at a few categories, or at places on a scale."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.look.charts.axis import MISSING, OTHER, edges_of, groups, is_measured, numbers, places
from modules.sdk.column import Column
from modules.sdk.storable import one_piece, storable

Scale = Literal["category", "number", "time"]
Order = Literal["value", "name", "data"]
STEPS = {
    "second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800, "month": 2_629_746,
    "quarter": 7_889_238, "year": 31_556_952,
}  # fmt: skip
"""Seconds of each step of the calendar, about."""
DECADES = 10
OTHERS, NONE = "Other", "(missing)"
A_DAY = 86_400_000.0


@dataclass(frozen=True)
class Places:
    """`codes`: the place of each row, below 0 of rows that are not drawn. Of each place: its `label`, its
    value in `columns` (one column, or two with the ends of a bin), and its `positions` on a scale (numbers,
    or days since 1970 on the clocks of the column's zone). `missing` and `beyond` count rows that are not
    drawn because they have no value, or one that is too rare. `zone`: of the times."""

    name: str
    codes: np.ndarray
    labels: list[str]
    columns: list[Column]
    scale: Scale = "category"
    positions: np.ndarray = field(default_factory=lambda: np.empty(0))
    width: float = 1.0
    missing: int = 0
    beyond: int = 0
    zone: str = ""

    def __len__(self) -> int:
        return len(self.labels)


def categories(column: Column, most: int, *, others: bool = False, order: Order = "data") -> Places:
    """The `most` frequent values. Rows of rarer ones and without one are left out, or make a place each if
    `others`."""
    found = groups(column, most)
    codes = found.codes.copy()
    labels = [as_text(label) for label in found.labels]
    first = _first_rows(codes, len(labels))
    at = np.argsort(_ranks(column, found.labels, first, order), kind="stable")
    back = np.empty(len(labels), dtype=np.int64)
    back[at] = np.arange(len(labels))
    codes[codes >= 0] = back[codes[codes >= 0]]
    labels = [labels[place] for place in at]
    values = storable(column.data).take(pa.array(first[at]))
    if others:
        labels, values = _with_others(codes, labels, values)
    return Places(
        column.name,
        codes,
        labels,
        [Column(column.name, values)],
        missing=int((codes == MISSING).sum()),
        beyond=int((codes == OTHER).sum()),
    )


def _with_others(
    codes: np.ndarray, labels: list[str], values: pa.ChunkedArray
) -> tuple[list[str], pa.ChunkedArray]:
    """One more place for rarer values, and one for missing ones, if there are such; changes the codes."""
    texts: list[str | None] = [*labels]
    for code, label, value in ((OTHER, OTHERS, OTHERS), (MISSING, NONE, None)):
        rows = codes == code
        if rows.any():
            codes[rows] = len(labels)
            labels = [*labels, label]
            texts.append(value)
    return labels, pa.chunked_array([pa.array(texts, pa.large_string())]) if len(texts) > len(
        values
    ) else values


def _ranks(column: Column, labels: list[object], first: np.ndarray, order: Order) -> np.ndarray:
    if is_measured(column):
        return numbers(Column(column.name, storable(column.data).take(pa.array(first))), column.name)
    if order == "name" and column.type == "string":
        return np.argsort(np.argsort([as_text(label).casefold() for label in labels], kind="stable"))
    if order == "data" and column.type == "string":
        return first
    return np.arange(len(labels))


def along(column: Column, most: int, step: str = "auto") -> Places:
    """Places on a scale: each value if there are at most so many, else steps of the calendar or bins of
    equal width."""
    if column.type == "datetime":
        return _times(column, most, step)
    values = numbers(column, column.name)
    present = values[~np.isnan(values)]
    missing = len(values) - len(present)
    exact = storable(column.data)
    if column.type == "timedelta":
        exact = pa.chunked_array([pa.array(values, from_pandas=True)])
    distinct = np.unique(present)
    if len(distinct) <= most:
        codes = np.where(np.isnan(values), MISSING, np.searchsorted(distinct, values))
        rows = _first_rows(codes, len(distinct))
        labels = [as_text(value) for value in distinct]
        taken = Column(column.name, exact.take(pa.array(rows)))
        gap = float(np.diff(distinct).min()) if len(distinct) > 1 else 1.0
        return Places(column.name, codes, labels, [taken], "number", distinct, gap, missing)
    edges = edges_of(present, most)
    codes = np.full(len(values), MISSING)
    codes[~np.isnan(values)] = places(present, edges)
    ends = [_floats(f"{column.name} {end}", part) for end, part in (("from", edges[:-1]), ("to", edges[1:]))]
    labels = [f"{low:.5g}–{high:.5g}" for low, high in pairwise(edges)]
    centers = (edges[:-1] + edges[1:]) / 2
    return Places(column.name, codes, labels, ends, "number", centers, float(edges[1] - edges[0]), missing)


def _times(column: Column, most: int, step: str) -> Places:
    data = one_piece(storable(column.data))
    missing = data.null_count
    if step == "auto":
        step = _step(data, most)
    if step != "each":
        unit, many = ("year", DECADES) if step == "decade" else (step, 1)
        data = pc.floor_temporal(data, multiple=many, unit=unit, week_starts_monday=True)
    encoded = data.dictionary_encode()
    order = pc.array_sort_indices(encoded.dictionary).to_numpy()
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    raw = pc.fill_null(encoded.indices.cast(pa.int64()), MISSING).to_numpy(zero_copy_only=False)
    codes = np.where(raw < 0, MISSING, back[raw]) if len(order) else raw
    values = encoded.dictionary.take(pa.array(order))
    zone = data.type.tz or ""
    taken = Column(column.name, pa.chunked_array([values]))
    clocks = one_piece(on_clocks(taken).data)
    days = numbers(Column(column.name, pa.chunked_array([clocks])), column.name) / A_DAY
    texts = [
        stamp.isoformat(" ", "minutes") for stamp in clocks.cast(pa.timestamp("us"), safe=False).to_pylist()
    ]
    if all(text.endswith(" 00:00") for text in texts):
        texts = [text.removesuffix(" 00:00") for text in texts]
    if step in ("month", "year", "decade"):
        texts = [text[: 7 if step == "month" else 4] for text in texts]
    width = STEPS.get(step, 0) / 86_400 or (float(np.diff(days).min()) if len(days) > 1 else 1.0)
    return Places(column.name, codes, texts, [taken], "time", days, width, missing, zone=zone)


def _step(data: pa.Array, most: int) -> str:
    """The finest step that makes at most so many places; each value by itself if there are few."""
    if pc.count_distinct(data).as_py() <= most:
        return "each"
    ends = pc.min_max(
        data.cast(pa.timestamp("s"), safe=False) if not data.type.tz else pc.local_timestamp(data)
    )
    span = (ends["max"].as_py() - ends["min"].as_py()).total_seconds()
    return next((name for name, seconds in STEPS.items() if span / seconds < most), "decade")


def on_clocks(column: Column) -> Column:
    """Times as the clocks of their zone show them; any other column as it is."""
    if column.type != "datetime" or not getattr(column.data.type, "tz", None):
        return column
    return Column(column.name, pc.local_timestamp(column.data))


def only_place(rows: int) -> Places:
    """All rows at one place without a name."""
    return Places("", np.zeros(rows, dtype=np.int64), [""], [])


def reordered(axis: Places, order: np.ndarray) -> Places:
    """The same categories in another order."""
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    codes = axis.codes.copy()
    codes[codes >= 0] = back[codes[codes >= 0]]
    taken = [Column(c.name, c.data.take(pa.array(order))) for c in axis.columns]
    return replace(axis, codes=codes, labels=[axis.labels[at] for at in order], columns=taken)


def as_text(value: object) -> str:
    """How a value stands in a picture.

    >>> as_text(0.1 + 0.2), as_text(True), as_text(1234567)
    ('0.3', 'true', '1234567')
    """
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float | np.floating):
        return f"{value:.10g}"
    return str(value)


def _first_rows(codes: np.ndarray, many: int) -> np.ndarray:
    first = np.zeros(many, dtype=np.int64)
    rows = np.flatnonzero(codes >= 0)[::-1]
    first[codes[rows]] = rows  # of several rows NumPy keeps the last one it writes
    return first


def _floats(name: str, values: np.ndarray) -> Column:
    return Column(name, pa.chunked_array([pa.array(values, pa.float64())]))
