"""A value of every type that travels on wires."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from pathlib import Path

from modules.sdk.values import Bundle, Device, Model, Picture, Step, Table, Transform, Value
from tests.modules.tables import every_type, zipped

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>'


def device(folder: Path) -> Device:
    """A text and a small drawing."""
    path = folder / "drawing.svg"
    path.write_text(DRAWING)
    return Device("printed\n", (Picture("drawing.svg", "image/svg+xml", path),))


def table(folder: Path) -> Table:
    return every_type()


def bundle(folder: Path) -> Bundle:
    return zipped(folder, {"x.csv": "1,2\n"})


def model(folder: Path) -> Model:
    """A trained one: a pickle and its card."""
    card = {"task": "two-class", "learner": "scripted", "classes": ["no", None]}
    return Model(pickle.dumps({"weights": [1, 2]}), "builtins.dict", "{…}", card)


def transform(folder: Path) -> Transform:
    return Transform((Step("clean-missing-data", None, {"columns": ["x"]}),))


EXAMPLES: Mapping[str, Callable[[Path], Value]] = {
    make.__name__: make for make in (table, bundle, device, model, transform)
}
"""By the name of the type; each writes what it needs into a folder."""
