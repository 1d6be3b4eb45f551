"""Names and words of matplotlib 1.3–2.2."""

from __future__ import annotations

import functools
import importlib
import operator
from typing import Any, cast

import matplotlib
import numpy as np
from matplotlib import axes, cm, figure, legend, mlab, projections, pyplot, style

from modules.classic import notes
from modules.classic.matplotlib_inner import inner_modules
from modules.classic.patches import Patches
from modules.classic.words import chained, renamed

ON_OFF = {"on": True, "off": False}
COLORMAPS = {
    "spectral": "nipy_spectral",
    "Vega10": "tab10",
    "Vega20": "tab20",
    "Vega20b": "tab20b",
    "Vega20c": "tab20c",
}


def matplotlib_names(patches: Patches) -> None:
    Axes = axes.Axes
    for owner in (Axes, pyplot):
        patches.wrap(owner, "hist", renamed("normed", "density"))
        patches.wrap(owner, "boxplot", renamed("labels", "tick_labels"))
        patches.wrap(owner, "bar", renamed("left", "x"))
        patches.wrap(owner, "barh", renamed("bottom", "y"))
        patches.wrap(owner, "grid", chained(renamed("b", "visible"), _switch))
        patches.wrap(owner, "tick_params", _switches)
        patches.put(owner, "plot_date", notes.gone("plot_date", ".plot() did it", _plot_date(owner)))
        patches.put(owner, "hold", lambda *_: notes.replaced("hold()", "figures always hold"))
        patches.put(owner, "ishold", lambda *_: True)
    for name, ends in {"xlim": ("left", "right"), "ylim": ("bottom", "top")}.items():
        axis = name[0]
        words = [renamed(f"{axis}min", ends[0]), renamed(f"{axis}max", ends[1])]
        patches.wrap(pyplot, name, chained(*words))
    for name, function in {
        "set_axis_bgcolor": Axes.set_facecolor,
        "get_axis_bgcolor": Axes.get_facecolor,
        "set_color_cycle": lambda self, colors: self.set_prop_cycle(color=colors),
        "get_axes": lambda self: self,
    }.items():
        patches.put(Axes, name, notes.gone(f"Axes.{name}", "its present name did it", cast(Any, function)))
    for owner in (figure.FigureBase, figure.Figure):
        for name in ("add_subplot", "add_axes"):
            if name in vars(owner):
                patches.wrap(owner, name, renamed("axisbg", "facecolor"))
    for name in ("axes", "subplot"):
        patches.wrap(pyplot, name, renamed("axisbg", "facecolor"))
    patches.wrap(figure.FigureBase, "gca", _gca)
    for name in "xyz":
        patches.put(
            projections.get_projection_class("3d"),
            f"w_{name}axis",
            property(operator.attrgetter(f"{name}axis")),
        )
    for owner in (figure.Figure, pyplot):
        patches.wrap(owner, "savefig", renamed("frameon", ""))
    patches.put(figure.Figure, "hold", lambda *_: None)
    draggable = notes.gone("Legend.draggable", "set_draggable did it", _draggable)
    patches.put(legend.Legend, "draggable", draggable)
    _colors(patches)
    patches.wrap(style, "use", _style)
    inner_modules(patches)
    patches.put(
        pyplot,
        "spectral",
        notes.gone(
            "pyplot.spectral()", "set_cmap('nipy_spectral') did it", lambda: pyplot.set_cmap("nipy_spectral")
        ),
    )
    patches.put_all(mlab, {name: function for name, function in MLAB.items() if not hasattr(mlab, name)})


def pylab_names(patches: Patches) -> None:
    """For a script that names pylab, whose names are taken once, when it is imported."""
    for place in ("matplotlib.pylab", "pylab"):
        module = importlib.import_module(place)
        starred = {name: getattr(np, name) for name in np.__all__} | MLAB
        patches.put_all(module, {name: value for name, value in starred.items() if name not in vars(module)})


def _plot_date(owner: Any) -> Any:
    def plot_date(
        *args: Any, fmt: str = "o", tz: Any = None, xdate: bool = True, ydate: bool = False, **named: Any
    ) -> Any:
        *values, last = args
        if isinstance(last, str):
            args, fmt = tuple(values), last
        target = args[0] if owner is axes.Axes else pyplot.gca()
        x, y = args[-2:]
        if xdate:
            target.xaxis_date(tz)
        if ydate:
            target.yaxis_date(tz)
        return target.plot(x, y, fmt, **named)

    return plot_date


def _gca(function: Any) -> Any:
    @functools.wraps(function)
    def gca(self: Any, **named: Any) -> Any:
        if not named:
            return function(self)
        notes.replaced("gca(…) with words", "add_subplot(…) did it")
        return self.add_subplot(**named)

    return gca


def _draggable(self: Any, state: Any = None, use_blit: bool = False, update: str = "loc") -> Any:
    return self.set_draggable(not self.get_draggable() if state is None else state, use_blit, update)


def _switch(function: Any) -> Any:
    @functools.wraps(function)
    def grid(*args: Any, **named: Any) -> Any:
        args = tuple(ON_OFF.get(value, value) if isinstance(value, str) else value for value in args)
        if isinstance(named.get("visible"), str):
            named["visible"] = ON_OFF[named["visible"]]
        return function(*args, **named)

    return grid


def _switches(function: Any) -> Any:
    @functools.wraps(function)
    def tick_params(*args: Any, **named: Any) -> Any:
        sides = ("left", "right", "top", "bottom")
        for name, value in named.items():
            if isinstance(value, str) and value in ON_OFF and name.removeprefix("label") in sides:
                named[name] = ON_OFF[value]
        return function(*args, **named)

    return tick_params


def _colors(patches: Patches) -> None:
    patches.put(cm, "get_cmap", lambda name=None, lut=None: pyplot.get_cmap(COLORMAPS.get(name, name), lut))
    there = matplotlib.colormaps
    for old, new in COLORMAPS.items():
        if old not in there:
            there.register(there[new], name=old)
            patches.afterwards(functools.partial(there.unregister, old))
        patches.put(cm, old, there[new])
        patches.put(pyplot.cm, old, there[new])


def _style(function: Any) -> Any:
    @functools.wraps(function)
    def use(name: Any) -> Any:
        if isinstance(name, str) and name.startswith("seaborn") and name not in style.available:
            new = name.replace("seaborn", "seaborn-v0_8", 1)
            notes.replaced(f"the style {name}", f"{new} did it")
            name = new
        return function(name)

    return use


def _bivariate_normal(
    X: Any,
    Y: Any,
    sigmax: float = 1.0,
    sigmay: float = 1.0,
    mux: float = 0.0,
    muy: float = 0.0,
    sigmaxy: float = 0.0,
) -> Any:
    rho = sigmaxy / (sigmax * sigmay)
    x, y = X - mux, Y - muy
    z = x**2 / sigmax**2 + y**2 / sigmay**2 - 2 * rho * x * y / (sigmax * sigmay)
    return np.exp(-z / (2 * (1 - rho**2))) / (2 * np.pi * sigmax * sigmay * np.sqrt(1 - rho**2))


MLAB: dict[str, Any] = {
    "normpdf": lambda x, mu, sigma: (
        np.exp(-0.5 * ((np.asarray(x) - mu) / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi))
    ),
    "bivariate_normal": _bivariate_normal,
    "find": lambda condition: np.flatnonzero(condition),
    "frange": lambda start, stop, step=1.0: np.arange(start, stop + step / 2, step),
    "entropy": lambda y, bins: -sum(p * np.log2(p) for p in np.histogram(y, bins)[0] / len(y) if p),
    "rms_flat": lambda a: np.sqrt(np.mean(np.abs(a) ** 2)),
}
