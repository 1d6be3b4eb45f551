"""What a chart draws, figured out of all rows: some hundred numbers, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow as pa

from modules.look.charts.axis import edges_of, numbers, places
from modules.look.charts.boxes import box
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.frames import unique_names
from modules.sdk.storable import storable
from modules.sdk.values import Table
from modules.showing._plot_places import A_DAY, Places, on_clocks

Measure = Literal["count", "sum", "mean", "median", "min", "max", "distinct"]
MEASURES = {
    "count": "Number of rows", "sum": "Sum", "mean": "Mean", "median": "Median", "min": "Min", "max": "Max",
    "distinct": "Number of different values",
}  # fmt: skip
PANDAS = {"distinct": "nunique"}
POINTS = 3_000
ACROSS, UP = 64, 40
BOX = ("count", "min", "low", "q1", "median", "mean", "q3", "high", "max", "beyond")


@dataclass(frozen=True)
class Drawn:
    """`cells`: by panel and series, what is drawn there, as the kind of chart takes it. `table`: the same
    figures to read. `notes`: what is not drawn."""

    cells: dict[tuple[int, int], Any]
    table: Table
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Keys:
    """The places of each row by which figures are told apart: panel, series, and along the axes."""

    panels: Places
    series: Places
    axes: tuple[Places, ...] = ()

    @property
    def every(self) -> tuple[Places, ...]:
        return (self.panels, self.series, *self.axes)

    def drawn(self) -> np.ndarray:
        """Which rows are drawn."""
        mask = np.ones(len(self.panels.codes), dtype=bool)
        for one in self.every:
            mask &= one.codes >= 0
        return mask

    def columns(self, places: Sequence[np.ndarray]) -> list[Column]:
        """For each place of `every`, its values as columns."""
        return [
            Column(column.name, column.data.take(pa.array(at)))
            for one, at in zip(self.every, places, strict=True)
            for column in one.columns
        ]


def measured(keys: Keys, y: Column | None, measure: Measure, name: str) -> Drawn:
    """A figure of `y` at each place that has rows. A cell: the places along each axis, and the figures."""
    mask = keys.drawn()
    shape = [max(1, len(one)) for one in keys.every]
    at = np.ravel_multi_index([one.codes[mask] for one in keys.every], shape)
    rows = np.bincount(at, minlength=int(np.prod(shape)))
    full = np.flatnonzero(rows)
    counted = Column("Rows", pa.chunked_array([pa.array(rows[full], pa.int64())]))
    figures = counted if y is None or measure == "count" else _figures(y, mask, at, measure)
    values = numbers(figures, name) if figures.type != "datetime" else numbers(figures, name) / A_DAY
    places_of = np.unravel_index(full, shape)
    cells = {}
    for panel, one in {(p, s) for p, s in zip(places_of[0].tolist(), places_of[1].tolist(), strict=True)}:
        here = (places_of[0] == panel) & (places_of[1] == one)
        cells[panel, one] = (*(axis[here] for axis in places_of[2:]), values[here])
    made = [*keys.columns(places_of), figures.renamed(name)]
    return Drawn(cells, _table([*made, counted] if figures is not counted else made))


def _figures(y: Column, mask: np.ndarray, at: np.ndarray, measure: Measure) -> Column:
    data = storable(y.data)
    numeric = y.type in ("integer", "float", "boolean", "timedelta")
    ordered = y.type == "datetime" and measure in ("min", "max")
    if not (numeric or ordered or measure == "distinct"):
        raise ModuleError(
            f"The {MEASURES[measure].lower()} needs numbers, but column {y.name} is {y.type}. Choose another "
            "column, or the number of rows.",
            param="y",
        )
    if pa.types.is_duration(data.type):
        data = pa.chunked_array([pa.array(numbers(y, "y"), from_pandas=True)])
    elif pa.types.is_boolean(data.type):
        data = data.cast(pa.int64())
    elif pa.types.is_dictionary(data.type):
        data = data.cast(data.type.value_type)
    values = pd.Series(pd.arrays.ArrowExtensionArray(data if mask.all() else data.filter(pa.array(mask))))
    found = values.groupby(at, sort=True).agg(PANDAS.get(measure, measure))
    return Column(y.name, storable(pa.chunked_array([pa.array(found.array, from_pandas=True)])))


def histogram(keys: Keys, x: Column, bins: int) -> Drawn:
    """The same bins in all panels and series. A cell: the edges, and the number of rows in each bin."""
    values = numbers(on_clocks(x), "x")
    mask = keys.drawn() & ~np.isnan(values)
    if not mask.any():
        return Drawn({}, Table.of(), [_missing(x.name, int(np.isnan(values).sum()))])
    edges = edges_of(values[mask], bins)
    axis = Places(x.name, np.full(len(values), -1), [""] * (len(edges) - 1), _ends(x, edges))
    axis.codes[mask] = places(values[mask], edges)
    done = measured(Keys(keys.panels, keys.series, (axis,)), None, "count", "Rows")
    cells = {}
    for place, (at, counts) in done.cells.items():
        every = np.zeros(len(edges) - 1)
        every[at] = counts
        cells[place] = (edges, every)
    return Drawn(cells, done.table, [_missing(x.name, int(np.isnan(values).sum()))])


def boxes(keys: Keys, y: Column) -> Drawn:
    """A cell: the boxes of a panel, each with its place along the axis, as `modules.look` tells them."""
    values = numbers(y, "y")
    axis, mask = keys.axes[0], keys.drawn()
    at = keys.panels.codes[mask] * len(axis) + axis.codes[mask]
    order = np.argsort(at, kind="stable")
    at, held = at[order], values[mask][order]
    here, starts = np.unique(at, return_index=True)
    cells: dict[tuple[int, int], list[Any]] = {}
    told: list[dict[str, Any]] = []
    for place, part in zip(here.tolist(), np.split(held, starts[1:]) if len(here) else [], strict=True):
        made = box(part, axis.labels[place % len(axis)])
        cells.setdefault((place // len(axis), 0), []).append((place % len(axis), made))
        told.append(made)
    figures = [
        Column(name, pa.chunked_array([pa.array([one.get(name) for one in told], kind)]))
        for name, kind in zip(BOX, (pa.int64(), *[pa.float64()] * (len(BOX) - 2), pa.int64()), strict=True)
    ]
    columns = keys.columns([here // len(axis), np.zeros(len(here), dtype=np.int64), here % len(axis)])
    return Drawn(cells, _table([*columns, *figures]), [_missing(y.name, int(np.isnan(values).sum()))])


def scatter(keys: Keys, x: Column, y: Column) -> Drawn:
    """A cell: two arrays of points. Of many rows without series, how dense they lie: places and counts in a
    grid (see `ACROSS` and `UP`); of many rows with series, some drawn evenly."""
    across, up = numbers(on_clocks(x), "x"), numbers(on_clocks(y), "y")
    mask = keys.drawn() & ~np.isnan(across) & ~np.isnan(up)
    rows = np.flatnonzero(mask)
    notes = [_missing(f"{x.name} or {y.name}", int((np.isnan(across) | np.isnan(up)).sum()))]
    if len(rows) > POINTS and len(keys.series) < 2:
        return _density(keys, x, y, mask, across, up, notes)
    if len(rows) > POINTS:
        notes.append(f"{POINTS:,} of {len(rows):,} rows are drawn, taken at random.")
        rows = np.sort(np.random.default_rng(0).choice(rows, POINTS, replace=False))
    panels, series = keys.panels.codes[rows], keys.series.codes[rows]
    cells = {
        (panel, one): (across[rows[here]], up[rows[here]])
        for panel in range(max(1, len(keys.panels)))
        for one in range(max(1, len(keys.series)))
        if (here := (panels == panel) & (series == one)).any()
    }
    drawn = [Column(c.name, storable(c.data).take(pa.array(rows))) for c in (x, y)]
    return Drawn(cells, _table([*keys.columns([panels, series]), *drawn]), notes)


def _density(
    keys: Keys, x: Column, y: Column, mask: np.ndarray, across: np.ndarray, up: np.ndarray, notes: list[str]
) -> Drawn:
    axes = []
    for column, values, many in ((x, across, ACROSS), (y, up, UP)):
        edges = edges_of(values[mask], many)
        codes = np.full(len(values), -1)
        codes[mask] = places(values[mask], edges)
        centers, step = (edges[:-1] + edges[1:]) / 2, float(edges[1] - edges[0])
        labels = [""] * len(centers)
        axes.append(Places(column.name, codes, labels, _ends(column, edges), "number", centers, step))
    done = measured(Keys(keys.panels, keys.series, tuple(axes)), None, "count", "Rows")
    cells = {place: (*axes, *cell) for place, cell in done.cells.items()}
    said = f"{int(mask.sum()):,} rows are too many to tell apart"
    note = f"{said}: the darker a field is, the more of them lie in it."
    return Drawn(cells, done.table, [*notes, note])


def _ends(column: Column, edges: np.ndarray) -> list[Column]:
    """Where each bin begins and ends; of times in milliseconds, as times."""
    ends = {"from": pa.array(edges[:-1], pa.float64()), "to": pa.array(edges[1:], pa.float64())}
    if column.type == "datetime":
        ends = {end: part.cast(pa.int64(), safe=False).cast(pa.timestamp("ms")) for end, part in ends.items()}
    return [Column(f"{column.name} {end}", pa.chunked_array([part])) for end, part in ends.items()]


def _missing(name: str, rows: int) -> str:
    return f"{rows:,} rows have no {name}." if rows else ""


def _table(columns: list[Column]) -> Table:
    names = unique_names(column.name for column in columns)
    rows = len(columns[0].data) if columns else 0
    return Table.from_columns((c.renamed(n) for c, n in zip(columns, names, strict=True)), rows)
