"""Draws figures with matplotlib: one set of axes for each panel, the same scales in all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from modules.showing._plot_places import A_DAY, Places
from modules.showing._plot_style import MUTED, SERIES, SURFACE, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROOM = 90
"""Characters of labels that lie side by side along an axis of one panel."""
CATEGORY_SHORT = 24


@dataclass(frozen=True)
class Drawing:
    """What is drawn, and how. `x`: the axis across; `y`: the one up, of a heat map. `flat`: categories go
    up, bars across. `x_name` and `y_name`: titles of the axes; `value_name`: what the shades of a heat map
    mean. `y_time`: the figures are times, in days."""

    kind: str
    cells: dict[tuple[int, int], Any]
    panels: Places
    series: Places
    x: Places | None
    y: Places | None
    x_name: str
    y_name: str
    value_name: str = ""
    x_time: bool = False
    y_time: bool = False
    stacked: bool = False
    flat: bool = False
    log: bool = False


def draw(figure: Figure, what: Drawing) -> None:
    """Fills a figure."""
    many = max(1, len(what.panels))
    across = int(np.ceil(np.sqrt(many))) if many > 1 else 1
    down = int(np.ceil(many / across))
    grid = figure.subplots(down, across, sharex=True, sharey=True, squeeze=False)
    last: Any = None
    for panel, axes in enumerate(grid.flat):
        if panel >= many:
            axes.set_visible(False)
            continue
        cells = {one: cell for (place, one), cell in what.cells.items() if place == panel}
        last = KINDS[what.kind](axes, what, cells) or last
        if what.panels.name and len(what.panels):
            axes.set_title(label(what.panels.labels[panel], 80 // across))
        _axes(axes, what, across)
        if panel + across >= many:
            axes.tick_params(labelbottom=True)
            axes.set_xlabel(label(what.y_name if what.flat else what.x_name, 80))
        if panel % across == 0:
            axes.set_ylabel(label(what.x_name if what.flat else what.y_name, 60))
    if last is not None:
        figure.colorbar(
            last, ax=grid, shrink=0.8, aspect=30, label=label(what.value_name)
        ).outline.set_visible(False)
    elif len(what.series) > 1:
        _legend(figure, what)


def _legend(figure: Figure, what: Drawing) -> None:
    from matplotlib.patches import Patch

    keys = [Patch(color=color(one)) for one in range(len(what.series))]
    names = [label(name, CATEGORY_SHORT) for name in what.series.labels]
    figure.legend(keys, names, title=label(what.series.name), loc="outside right upper", alignment="left")


def _axes(axes: Axes, what: Drawing, across: int) -> None:
    lines: Literal["x", "y", "both"] = "x" if what.flat else "both" if what.kind == "scatter" else "y"
    axes.grid(False) if what.kind == "heat_map" else axes.grid(True, axis=lines)
    number = axes.xaxis if what.flat else axes.yaxis
    if what.log:
        axes.set_xscale("log") if what.flat else axes.set_yscale("log")
    elif what.y_time:
        _dates(number)
    elif what.kind in ("bar", "line", "area", "histogram") and not what.log:
        from matplotlib.ticker import FuncFormatter

        number.set_major_formatter(FuncFormatter(_short))
    if what.x_time:
        _dates(axes.xaxis)
    for axis, at in ((what.x, axes.yaxis if what.flat else axes.xaxis), (what.y, axes.yaxis)):
        if axis is not None and (axis.scale == "category" or what.kind in ("bar", "heat_map", "box")):
            _ticks(at, axis, across, sideways=at is axes.xaxis)
    if what.flat:
        axes.invert_yaxis() if not axes.yaxis_inverted() else None


def _ticks(at: Any, axis: Places, across: int, sideways: bool) -> None:
    names = [label(name, CATEGORY_SHORT) for name in axis.labels]
    every = max(1, len(names) // 40 + (len(names) > 40))
    shown = np.arange(len(names))[::every]
    long = sum(len(names[place]) + 2 for place in shown) > ROOM / across
    turned = {"rotation": 40, "ha": "right", "rotation_mode": "anchor"} if sideways and long else {}
    at.set_ticks(shown, [names[place] for place in shown], **turned)


def _dates(axis: Any) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=8)
    axis.set_major_locator(locator)
    axis.set_major_formatter(ConciseDateFormatter(locator))


def _short(value: float, _: Any) -> str:
    """A number beside an axis.

    >>> _short(2_500_000.0, None), _short(0.25, None), _short(1200.0, None)
    ('2.5M', '0.25', '1,200')
    """
    for size, letter in ((1e12, "T"), (1e9, "G"), (1e6, "M")):
        if abs(value) >= size:
            return f"{value / size:.10g}{letter}" if abs(value) < 1e16 else f"{value:.3g}"
    return f"{value:,.10g}" if abs(value) < 1e4 else f"{value:,.0f}"


def color(series: int) -> str:
    return SERIES[series % len(SERIES)]


def _bar(axes: Axes, what: Drawing, cells: dict[int, Any]) -> None:
    many = max(1, len(what.series))
    width = 0.8 if what.stacked else 0.8 / many
    places = len(what.x or ())
    above, below = np.zeros(places), np.zeros(places)
    for one, (at, values) in sorted(cells.items()):
        known = ~np.isnan(values)
        at, values = at[known], values[known]
        start = np.where(values >= 0, above[at], below[at]) if what.stacked else 0
        shift = 0.0 if what.stacked else (one - (many - 1) / 2) * width
        put = axes.barh if what.flat else axes.bar
        put(at + shift, values, width * 0.94, start, color=color(one))
        if what.stacked:
            np.add.at(above, at[values >= 0], values[values >= 0])
            np.add.at(below, at[values < 0], values[values < 0])
    (axes.set_ylim if what.flat else axes.set_xlim)(-0.6, max(places, 1) - 0.4)
    (axes.axvline if what.flat else axes.axhline)(0, color=MUTED, linewidth=0.8)


def _across(what: Drawing, at: np.ndarray) -> np.ndarray:
    axis = what.x
    return at.astype(float) if axis is None or axis.scale == "category" else axis.positions[at]


def _line(axes: Axes, what: Drawing, cells: dict[int, Any]) -> None:
    for one, (at, values) in sorted(cells.items()):
        alone = "o" if len(at) <= 40 else ""
        axes.plot(_across(what, at), values, color=color(one), linewidth=1.8, marker=alone, markersize=4)


def _area(axes: Axes, what: Drawing, cells: dict[int, Any]) -> None:
    places = len(what.x or ())
    base = np.zeros(places)
    across = _across(what, np.arange(places))
    for one, (at, values) in sorted(cells.items()):
        every = np.zeros(places)
        every[at] = np.nan_to_num(values)
        top = base + every if what.stacked else every
        axes.fill_between(
            across, base, top, color=color(one), alpha=0.85 if what.stacked else 0.3, linewidth=0
        )
        axes.plot(across, top, color=color(one), linewidth=1.5)
        base = top if what.stacked else base


def _histogram(axes: Axes, what: Drawing, cells: dict[int, Any]) -> None:
    base: Any = 0
    for one, (edges, counts) in sorted(cells.items()):
        edges = edges / A_DAY if what.x_time else edges
        axes.bar(
            edges[:-1],
            counts,
            np.diff(edges),
            base,
            align="edge",
            color=color(one),
            edgecolor=SURFACE,
            linewidth=0.7,
        )
        base = base + counts


def _scatter(axes: Axes, what: Drawing, cells: dict[int, Any]) -> Any:
    mesh = None
    for one, cell in sorted(cells.items()):
        if len(cell) == 2:
            x, y = (v / A_DAY if t else v for v, t in zip(cell, (what.x_time, what.y_time), strict=True))
            axes.plot(x, y, "o", color=color(one), markersize=4, alpha=0.55, markeredgewidth=0)
            continue
        across, up, at, over, counts = cell
        grid = np.full((len(up), len(across)), np.nan)
        grid[over, at] = counts
        mesh = _mesh(axes, _edges(across, what.x_time), _edges(up, what.y_time), grid)
    return mesh


def _edges(axis: Places, time: bool) -> np.ndarray:
    edges = np.append(axis.positions - axis.width / 2, axis.positions[-1] + axis.width / 2)
    return edges / A_DAY if time else edges


def _mesh(axes: Axes, across: np.ndarray, up: np.ndarray, grid: np.ndarray) -> Any:
    from matplotlib.colors import LinearSegmentedColormap

    scale = LinearSegmentedColormap.from_list("studio", ["#d6e8f5", "#56a5d8", SERIES[0], "#00304f"])
    return axes.pcolormesh(across, up, grid, cmap=scale, rasterized=True)


def _heat_map(axes: Axes, what: Drawing, cells: dict[int, Any]) -> Any:
    across, up = len(what.x or ()), len(what.y or ())
    grid = np.full((up, across), np.nan)
    for at, over, values in cells.values():
        grid[over, at] = values
    return _mesh(axes, np.arange(across + 1) - 0.5, np.arange(up + 1) - 0.5, grid)


def _box(axes: Axes, what: Drawing, cells: dict[int, Any]) -> None:
    stats = [
        {"med": one["median"], "q1": one["q1"], "q3": one["q3"], "whislo": one["low"], "whishi": one["high"],
         "mean": one["mean"], "fliers": one["outliers"]}
        for _, one in cells.get(0, ()) if one["count"]
    ]  # fmt: skip
    at = [place for place, one in cells.get(0, ()) if one["count"]]
    line = {"color": color(0), "linewidth": 1.3}
    axes.bxp(
        stats, positions=at, widths=0.6, patch_artist=True, manage_ticks=False,
        boxprops={"facecolor": SURFACE, "edgecolor": color(0), "linewidth": 1.3},
        whiskerprops=line, capprops=line,
        medianprops={"color": color(1), "linewidth": 2},
        flierprops={"marker": "o", "markersize": 3, "markerfacecolor": color(0), "markeredgewidth": 0,
                    "alpha": 0.5},
    )  # fmt: skip
    axes.set_xlim(-0.6, max(len(what.x or ()), 1) - 0.4)


KINDS: dict[str, Callable[[Any, Drawing, dict[int, Any]], Any]] = {
    "bar": _bar, "line": _line, "area": _area, "histogram": _histogram, "scatter": _scatter, "box": _box,
    "heat_map": _heat_map,
}  # fmt: skip
