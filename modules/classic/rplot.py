"""`pandas.tools.rplot`: a plot of layers over a trellis of groups, drawn with matplotlib."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import pyplot
from scipy import stats

__all__ = ["Geom", "GeomDensity", "GeomDensity2D", "GeomHistogram", "GeomPoint", "GeomPolyFit", "GeomScatter",
           "RPlot", "Scale", "ScaleConstant", "ScaleGradient", "ScaleRandomColour", "ScaleShape", "ScaleSize",
           "TrellisGrid"]  # fmt: skip


class Scale:
    """What a row of the data says of its point: a color, a size or a shape."""

    def __init__(self, column: str, *settings: Any, **_: Any) -> None:
        self.column, self.settings = column, settings

    def of(self, data: pd.DataFrame, whole: pd.DataFrame) -> Any:
        values, all_values = data[self.column].to_numpy(dtype=float), whole[self.column].to_numpy(dtype=float)
        low, high = np.nanmin(all_values), np.nanmax(all_values)
        return (values - low) / ((high - low) or 1.0)


class ScaleGradient(Scale):
    """From one color to another."""

    def of(self, data: pd.DataFrame, whole: pd.DataFrame) -> Any:
        first, second = (np.array(end[:3], dtype=float) for end in self.settings[-2:])
        share = super().of(data, whole)[:, None]
        return first + (second - first) * share


class ScaleSize(Scale):
    def of(self, data: pd.DataFrame, whole: pd.DataFrame) -> Any:
        least, most = (*self.settings, 5.0, 100.0)[:2]
        return least + (most - least) * super().of(data, whole)


class ScaleRandomColour(Scale):
    def of(self, data: pd.DataFrame, whole: pd.DataFrame) -> Any:
        levels = sorted(whole[self.column].dropna().unique(), key=str)
        colors = {level: pyplot.get_cmap("tab10")(place % 10) for place, level in enumerate(levels)}
        return [colors.get(value, (0.5, 0.5, 0.5, 1.0)) for value in data[self.column]]


class ScaleShape(ScaleRandomColour):
    """Shapes of one drawing are one; the column is told by its color."""


class ScaleConstant(Scale):
    def of(self, data: pd.DataFrame, whole: pd.DataFrame) -> Any:
        return self.column


class Geom(ABC):
    """A layer: what is drawn of the rows of one cell."""

    def __init__(self, *settings: Any, **named: Any) -> None:
        self.settings, self.named = settings, named

    @abstractmethod
    def draw(self, axes: Any, data: pd.DataFrame, plot: RPlot) -> None:
        """Draws the rows into the axes of their cell."""

    def value(self, name: str, default: Any, data: pd.DataFrame, plot: RPlot) -> Any:
        said = self.named.get(name, default)
        return said.of(data, plot.data) if isinstance(said, Scale) else said


class GeomScatter(Geom):
    def draw(self, axes: Any, data: pd.DataFrame, plot: RPlot) -> None:
        color = self.value("colour", self.named.get("color", "grey"), data, plot)
        size = self.value("size", 20, data, plot)
        shape = self.named.get("marker", self.named.get("shape", "o"))
        marker = shape if isinstance(shape, str) else "o"
        alpha = self.named.get("alpha", 1.0)
        axes.scatter(data[plot.x], data[plot.y], c=color, s=size, marker=marker, alpha=alpha)


class GeomPoint(GeomScatter):
    pass


class GeomPolyFit(Geom):
    def draw(self, axes: Any, data: pd.DataFrame, plot: RPlot) -> None:
        degree = self.named.get("degree", self.settings[0] if self.settings else 1)
        known = data[[plot.x, plot.y]].dropna()
        if len(known) > degree:
            along = np.linspace(known[plot.x].min(), known[plot.x].max(), 200)
            fitted = np.polyval(np.polyfit(known[plot.x], known[plot.y], degree), along)
            axes.plot(along, fitted, lw=self.named.get("lw", 2.0), color=self.named.get("colour", "grey"))


class GeomHistogram(Geom):
    def draw(self, axes: Any, data: pd.DataFrame, plot: RPlot) -> None:
        bins = self.named.get("bins", self.settings[0] if self.settings else 10)
        axes.hist(data[plot.x].dropna().to_numpy(), bins, facecolor=self.named.get("colour", "grey"))


class GeomDensity(Geom):
    def draw(self, axes: Any, data: pd.DataFrame, plot: RPlot) -> None:
        values = data[plot.x].dropna().to_numpy(dtype=float)
        if len(np.unique(values)) > 1:
            along = np.linspace(values.min(), values.max(), 1000)
            axes.plot(along, stats.gaussian_kde(values)(along), color=self.named.get("colour", "grey"))


class GeomDensity2D(Geom):
    def draw(self, axes: Any, data: pd.DataFrame, plot: RPlot) -> None:
        known = data[[plot.x, plot.y]].dropna().to_numpy(dtype=float).T
        if known.shape[1] > 2 and np.linalg.matrix_rank(np.cov(known)) == 2:
            ends = [np.linspace(row.min(), row.max(), 80) for row in known]
            xs, ys = np.meshgrid(*ends)
            heights = stats.gaussian_kde(known)(np.vstack([xs.ravel(), ys.ravel()])).reshape(xs.shape)
            axes.contour(xs, ys, heights, colors=self.named.get("colour", "grey"))


class TrellisGrid:
    """One cell for each pair of values of two columns; "." stands for no column."""

    def __init__(self, by: Any) -> None:
        self.by = list(by)

    def cells(self, data: pd.DataFrame) -> list[list[tuple[str, pd.DataFrame]]]:
        levels = [
            [None] if column == "." else sorted(data[column].dropna().unique(), key=str) for column in self.by
        ]
        return [[self._cell(data, (row, column)) for column in levels[1]] for row in levels[0]]

    def _cell(self, data: pd.DataFrame, values: tuple[Any, Any]) -> tuple[str, pd.DataFrame]:
        names = []
        for column, value in zip(self.by, values, strict=True):
            if column != ".":
                data = data[data[column] == value]
                names.append(f"{column} = {value}")
        return "\n".join(names), data


class RPlot:
    """`RPlot(data, x="a", y="b")`, layers by `add`, then `render`."""

    def __init__(self, data: pd.DataFrame, x: Any = None, y: Any = None) -> None:
        self.data, self.x, self.y = data, x, y
        self.layers: list[Any] = []

    def add(self, layer: Any) -> None:
        self.layers.append(layer)

    def render(self, fig: Any = None) -> Any:
        figure = fig if fig is not None else pyplot.gcf()
        grids = [layer for layer in self.layers if isinstance(layer, TrellisGrid)]
        cells = grids[-1].cells(self.data) if grids else [[("", self.data)]]
        height, width = len(cells), max(map(len, cells))
        for row, line in enumerate(cells):
            for column, (title, data) in enumerate(line):
                axes = figure.add_subplot(height, width, row * width + column + 1)
                for layer in self.layers:
                    if isinstance(layer, Geom) and len(data):
                        layer.draw(axes, data, self)
                axes.set_title(title, fontsize=8)
        return figure
