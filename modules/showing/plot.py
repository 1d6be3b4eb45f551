"""Plot

Draws a chart of a table: bars, lines, areas, points, a histogram, boxes or a heat map.

**Across** and **Up** say which columns the axes show; bars, lines and areas show a **Figure** of *Up* for
each value of *Across*: its sum, its mean, or the number of rows. Several columns in *Up* are several colors.
**Split by color** makes a color of each value of a column, **Small multiples** a chart of each, all on the
same scales. Many values are brought together first, so that a million rows are drawn as fast as a thousand:
dates by day, week, month or year, numbers in bins, categories down to the most frequent ones. What is left
out is said below the chart.

*Chart* has the chart as a drawing (SVG), which turns dark where the page is dark, and as a picture (PNG).
*Data* is the table of exactly what is drawn.

>>> table = Table.of(city=["Bonn", "Ulm", "Bonn"], sales=[1, 2, 4])
>>> done = plot(table, PlotParams(kind="bar", x="city", y="sales", figure="sum"))
>>> done.data.arrow().to_pydict()
{'city': ['Bonn', 'Ulm'], 'Sum of sales': [5, 2], 'Rows': [2, 1]}
>>> print(done.chart.text)
Bars: Sum of sales by city, of 3 rows.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import numpy as np

from modules.sdk.column import Column
from modules.sdk.declare import module, port
from modules.sdk.errors import ModuleError
from modules.sdk.params import Params, choice, columns, integer, text, toggle
from modules.sdk.selection import ColumnSelection
from modules.sdk.values import Device, Table
from modules.showing._plot_drawing import Drawing, draw
from modules.showing._plot_figures import (
    MEASURES,
    Drawn,
    Keys,
    Measure,
    boxes,
    histogram,
    measured,
    scatter,
)
from modules.showing._plot_places import Order, Places, along, categories, only_place, reordered
from modules.showing._plot_style import label, new_figure, save, style

KINDS = {
    "bar": "Bars", "line": "Lines", "area": "Areas", "scatter": "Points", "histogram": "Histogram",
    "box": "Boxes", "heat_map": "Heat map",
}  # fmt: skip
OF_FIGURES = ["bar", "line", "area", "heat_map"]
STEPS = {
    "auto": "As it fits",
    "hour": "Hour", "day": "Day", "week": "Week", "month": "Month", "quarter": "Quarter", "year": "Year",
}  # fmt: skip
ORDERS = {"value": "Largest first", "name": "By name", "data": "As in the table"}
MOST = {"bar": 30, "line": 400, "area": 400, "box": 20, "heat_map": 30}
"""Places along an axis."""
COLORS, PANELS = 6, 12
UP = 20


class PlotParams(Params):
    kind: Literal["bar", "line", "area", "scatter", "histogram", "box", "heat_map"] = choice(
        "bar", "Chart", KINDS
    )
    x: ColumnSelection = columns(
        ColumnSelection.none(), "Across", "The column of the axis across.", of="dataset", single=True
    )
    y: ColumnSelection = columns(
        ColumnSelection.none(),
        "Up",
        "The column of the axis up; of bars, lines and areas also several.",
        of="dataset",
        shown_when={"kind": ["bar", "line", "area", "scatter", "box", "heat_map"]},
    )
    figure: Measure = choice("count", "Figure", MEASURES, shown_when={"kind": OF_FIGURES})
    value: ColumnSelection = columns(
        ColumnSelection.none(), "Figure of", of="dataset", single=True, shown_when={"kind": ["heat_map"]}
    )
    color: ColumnSelection = columns(
        ColumnSelection.none(),
        "Split by color",
        of="dataset",
        single=True,
        shown_when={"kind": ["bar", "line", "area", "scatter", "histogram"]},
    )
    small_multiples: ColumnSelection = columns(
        ColumnSelection.none(), "Small multiples", "A chart of each value.", of="dataset", single=True
    )
    step: Literal["auto", "hour", "day", "week", "month", "quarter", "year"] = choice(
        "auto", "Step of dates", STEPS, shown_when={"kind": OF_FIGURES}
    )
    order: Order = choice("value", "Order of bars", ORDERS, shown_when={"kind": ["bar"]})
    stacked: bool = toggle(False, "Stacked", shown_when={"kind": ["bar", "area"]})
    sideways: bool = toggle(False, "Bars go across", shown_when={"kind": ["bar"]})
    bins: int = integer(30, "Bins", ge=1, le=500, shown_when={"kind": ["histogram"]})
    logarithmic: bool = toggle(
        False, "Logarithmic", "Of the figures.", shown_when={"kind": ["bar", "line", "histogram"]}
    )
    title: str = text("", "Title")
    width: int = integer(880, "Width", "In pixels.", ge=200, le=3000)
    height: int = integer(480, "Height", "In pixels.", ge=150, le=3000)

    def check(self) -> None:
        _refuse_missing(self, across=bool(self.x.rules), up=bool(self.y.rules) or self.y.begin == "all")
        if self.kind == "heat_map" and self.figure != "count" and not self.value.rules:
            raise ModuleError("Choose the column whose figure is drawn.", param="value")


class Plotted(NamedTuple):
    chart: Annotated[Device, port("Chart", shows="chart")]
    data: Annotated[Table, port("Data")]


@module(
    version=1,
    synonyms=("chart", "graph", "diagram", "bar chart", "line plot", "scatter plot", "visualize", "box plot",
              "heatmap", "matplotlib"),
)  # fmt: skip
def plot(dataset: Annotated[Table, port("Dataset")], params: PlotParams) -> Plotted:
    x = _one(dataset, params.x, "x", "Across")
    ys = [dataset.column(name) for name in dict.fromkeys(params.y.names(dataset))]
    if params.kind == "histogram" and x is None and ys:
        x, ys = ys[0], []
    _check(params, x, ys)
    ups: list[Column | None] = [*ys] or [None]
    tables, drawings = zip(*(_figures(dataset, params, x, y) for y in ups), strict=True)
    drawn, what = _together(tables, drawings, ys) if len(ys) > 1 else (tables[0], drawings[0])
    title = params.title.strip()
    text = _sentence(params, what, len(dataset), [title, *drawn.notes])
    with style():
        figure = new_figure(params.width, params.height)
        draw(figure, what)
        if title:
            figure.suptitle(label(title, 120), x=0.01, ha="left")
        pictures = save(figure, Path.cwd(), "plot", text.splitlines()[0])
    return Plotted(Device(text, pictures), drawn.table)


def _check(params: PlotParams, x: Column | None, ys: list[Column]) -> None:
    """As `PlotParams.check`, now that it is known which columns are meant."""
    _refuse_missing(params, across=x is not None, up=bool(ys))
    if len(ys) > 1 and params.kind not in ("bar", "line", "area"):
        raise ModuleError(f"{KINDS[params.kind]} take one column up, but {len(ys)} are chosen.", param="y")
    if len(ys) > 1 and params.color.rules:
        raise ModuleError(
            "Several columns up are several colors already. Choose one, or split by no color.", param="color"
        )


def _refuse_missing(params: PlotParams, *, across: bool, up: bool) -> None:
    kind = params.kind
    if not across and not (up and kind in ("box", "histogram")):
        raise ModuleError("Choose the column that goes across.", param="x")
    if not up and kind in ("scatter", "heat_map", "box"):
        raise ModuleError("Choose the column that goes up.", param="y")
    if not up and kind in ("bar", "line", "area") and params.figure != "count":
        raise ModuleError(
            f"Choose the column whose {MEASURES[params.figure].lower()} is drawn, or the number of rows.",
            param="y",
        )


def _one(table: Table, chosen: ColumnSelection, param: str, what: str) -> Column | None:
    try:
        names = list(dict.fromkeys(chosen.names(table)))
    except ModuleError as error:
        raise ModuleError(f"{what}: {error.message}", param=param) from None
    if len(names) > 1:
        raise ModuleError(f"{what} takes one column, but {len(names)} are chosen.", param=param)
    return table.column(names[0]) if names else None


def _figures(table: Table, params: PlotParams, x: Column | None, y: Column | None) -> tuple[Drawn, Drawing]:
    """What is drawn of one column up."""
    kind, nothing = params.kind, only_place(len(table))
    color = _one(table, params.color, "color", "Split by color")
    split = _one(table, params.small_multiples, "small_multiples", "Small multiples")
    series = categories(color, COLORS, others=True) if color and kind not in ("box", "heat_map") else nothing
    panels = categories(split, PANELS) if split else nothing
    axis, up = _axes(params, x, y, len(table))
    keys = Keys(panels, series, tuple(one for one in (axis, up) if one is not None))
    value = _one(table, params.value, "value", "Figure of") if kind == "heat_map" else y
    name = _figure_name(params, value)
    match kind:
        case "histogram":
            assert x is not None  # _check has seen to it
            drawn = histogram(keys, x, params.bins)
        case "scatter":
            assert x is not None
            assert y is not None
            drawn = scatter(keys, x, y)
        case "box":
            assert y is not None
            if y.type not in ("integer", "float", "timedelta"):
                raise ModuleError(f"Boxes need numbers, but column {y.name} is {y.type}.", param="y")
            drawn = boxes(keys, y)
        case _:
            if value is None and params.figure != "count":
                raise ModuleError("Choose the column whose figure is drawn.", param="value")
            if kind == "bar" and params.order == "value" and axis and axis.scale == "category":
                axis = _largest_first(keys, axis, value, params.figure, name)
                keys = Keys(panels, series, (axis,))
            drawn = measured(keys, value, params.figure, name)
    notes = [*drawn.notes, *(_left_out(one) for one in keys.every)]
    y_name = {"histogram": "Number of rows", "heat_map": up.name if up else ""}.get(
        kind, y.name if y else name
    )
    free = kind in ("scatter", "histogram")
    return replace(drawn, notes=[note for note in notes if note]), Drawing(
        kind,
        drawn.cells,
        panels,
        series,
        axis,
        up,
        x_name=_with_zone(axis, x.name if x else ""),
        y_name=y_name if kind in ("scatter", "box", "heat_map", "histogram") else name,
        value_name=name if kind == "heat_map" else "Rows",
        x_time=bool(x and x.type == "datetime") and (free or kind in ("line", "area")),
        y_time=bool(y and y.type == "datetime") and (kind == "scatter" or params.figure in ("min", "max")),
        stacked=params.stacked and kind in ("bar", "area"),
        flat=params.sideways and kind == "bar",
        log=params.logarithmic and kind in ("bar", "line", "histogram"),
    )


def _axes(
    params: PlotParams, x: Column | None, y: Column | None, rows: int
) -> tuple[Places | None, Places | None]:
    kind = params.kind
    if kind in ("scatter", "histogram"):
        return None, None
    if x is None:
        return only_place(rows), None
    axis = _axis(x, params, MOST[kind])
    return axis, _axis(y, params, UP) if kind == "heat_map" and y else None


def _axis(column: Column, params: PlotParams, most: int) -> Places:
    if column.type in ("integer", "float", "timedelta", "datetime"):
        return along(column, most, params.step if column.type == "datetime" else "auto")
    if column.type == "binary":
        raise ModuleError(f"Column {column.name} holds bytes, which no axis can show.", param="x")
    return categories(column, most, order=params.order if params.kind == "bar" else "name")


def _largest_first(keys: Keys, axis: Places, value: Column | None, figure: Measure, name: str) -> Places:
    nothing = only_place(len(axis.codes))
    found = measured(Keys(nothing, nothing, (axis,)), value, figure, name).cells.get((0, 0))
    if found is None:
        return axis
    sizes = np.full(len(axis), -np.inf)
    sizes[found[0]] = np.nan_to_num(found[1], nan=-np.inf)
    return reordered(axis, np.argsort(-sizes, kind="stable"))


def _together(
    tables: tuple[Drawn, ...], drawings: tuple[Drawing, ...], ys: list[Column]
) -> tuple[Drawn, Drawing]:
    """Several columns up: each is a series, and a column of the figures if all are of the same rows."""
    names = [column.name for column in ys]
    first = drawings[0]
    series = Places("", np.empty(0, dtype=np.int64), names, [])
    cells = {(panel, at): cell for at, one in enumerate(tables) for (panel, _), cell in one.cells.items()}
    figures = [one.table.columns[-2] for one in tables[1:]]
    head = tables[0].table.columns
    if head[-1].name != "Rows":  # numbers of rows only: the same for each
        figures, head = [], (*head, head[-1])
    table = Table.from_columns((*head[:-1], *figures, *([head[-1]] if figures else ())), len(tables[0].table))
    notes = list(dict.fromkeys(note for one in tables for note in one.notes))
    name = first.y_name.split(" of ")[0]
    return Drawn(cells, table, notes), replace(first, cells=cells, series=series, y_name=name)


def _figure_name(params: PlotParams, value: Column | None) -> str:
    if params.figure == "count" or value is None:
        return MEASURES["count"]
    if params.figure == "distinct":
        return f"Different values of {value.name}"
    return f"{MEASURES[params.figure]} of {value.name}"


def _with_zone(axis: Places | None, name: str) -> str:
    return f"{name} ({axis.zone})" if axis is not None and axis.zone else name


def _left_out(axis: Places) -> str:
    said = []
    if axis.missing:
        said.append(f"{axis.missing:,} rows have no {axis.name}")
    if axis.beyond:
        said.append(f"{axis.beyond:,} rows have one of the rarer values of {axis.name}")
    return f"Not drawn: {', and '.join(said)}." if said else ""


def _sentence(params: PlotParams, what: Drawing, rows: int, notes: list[str]) -> str:
    """What the chart shows, for those who cannot see it too."""
    by = what.x_name or "all rows"
    shown = f"{what.y_name} by {by}" if params.kind != "histogram" else by
    if params.kind == "heat_map":
        shown = f"{what.value_name} by {by} and {what.y_name}"
    each = f", by color {what.series.name}" if what.series.name else ""
    panels = f", a chart of each {what.panels.name}" if what.panels.name else ""
    first = f"{KINDS[params.kind]}: {shown}{each}{panels}, of {rows:,} rows."
    return "\n".join([" ".join(first.split()), *(note for note in notes if note)])
