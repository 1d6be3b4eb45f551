"""The label of a model: its classes as codes and back, or its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.learning.features import listed
from modules.sdk.casting import uncategorical
from modules.sdk.column import Column, type_name
from modules.sdk.errors import ModuleError
from modules.sdk.storable import storable

MOST_CLASSES = 1_000
KINDS = ("integer", "float", "boolean", "string")


@dataclass(frozen=True)
class Classes:
    """The classes in sort order. `positive` is the place of the positive one, of two."""

    values: tuple[Any, ...]
    arrow: pa.DataType
    categorical: bool = False
    positive: int | None = None

    def encode(self, column: Column) -> np.ndarray:
        """The place of each value among the classes; -1 where it is missing or none of them."""
        data = _plain(column)
        if type_name(data.type) != type_name(self.arrow):
            data = _alike(data, self.arrow)
        known = pa.array(self.values, self.arrow)
        return pc.fill_null(pc.index_in(data.cast(self.arrow, safe=False), known), -1).to_numpy()

    def column(self, name: str, places: np.ndarray) -> Column:
        """The classes at these places as a column of the label's type; -1 is missing."""
        indices = pa.array(places, pa.int32(), mask=places < 0)
        known = pa.array(self.values, self.arrow)
        data = pa.DictionaryArray.from_arrays(indices, known) if self.categorical else known.take(indices)
        return Column(name, pa.chunked_array([data]))

    def named(self, place: int) -> str:
        """A class as people read it.

        >>> Classes((True,), pa.bool_()).named(0)
        'true'
        """
        value = self.values[place]
        return str(value).lower() if isinstance(value, bool) else str(value)


def find_classes(column: Column, positive: str = "", two: bool = False, what: str = "The learner") -> Classes:
    """The classes of a label column; ModuleError where it can be no label of classes."""
    data = _plain(column)
    if type_name(data.type) not in KINDS:
        raise ModuleError(
            f"The label column {column.name!r} is {type_name(data.type)}; classes are text, numbers or "
            f"true and "
            "false.",
            param="label_column",
        )
    values = sorted(pc.unique(data).drop_null().to_pylist())
    if two and len(values) > 2:
        raise ModuleError(
            f"{what} tells two classes apart, but the label column {column.name!r} has {len(values):,} "
            f"values: "
            f"{listed([str(value) for value in values], 10)}. Take a multiclass learner, or One-vs-All "
            "Multiclass around this one.",
            param="label_column",
        )
    if len(values) > MOST_CLASSES:
        raise ModuleError(
            f"The label column {column.name!r} has {len(values):,} different values, which are too many for "
            "classes. Take a regression learner for numbers.",
            param="label_column",
        )
    if len(values) < 2:
        only = f"only the value {values[0]!r}" if values else "no values"
        raise ModuleError(
            f"The label column {column.name!r} has {only}; a learner of classes needs two or more.",
            param="label_column",
        )
    classes = Classes(tuple(values), data.type, column.type == "categorical")
    if len(values) > 2:
        return classes
    return Classes(classes.values, classes.arrow, classes.categorical, find_positive(classes, positive))


def find_positive(classes: Classes, positive: str = "") -> int:
    """The place of the positive class: the one named; else true, 1 or the last.

    >>> find_positive(Classes((1, 2), pa.int64())), find_positive(Classes(("no", "yes"), pa.string()))
    (0, 1)
    """
    if positive.strip():
        names = [classes.named(place) for place in range(len(classes.values))]
        for wanted in (positive, positive.strip(), positive.strip().lower()):
            if wanted in names:
                return names.index(wanted)
        by_number = [str(float(v)) if isinstance(v, int | float) else None for v in classes.values]
        if (number := _as_float(positive)) in by_number and number is not None:
            return by_number.index(number)
        raise ModuleError(
            f"The label has no class {positive!r}; its classes are {listed(names)}.", param="positive_class"
        )
    for place, value in enumerate(classes.values):
        if isinstance(value, int | float) and value == 1:
            return place
    return len(classes.values) - 1


def _as_float(text: str) -> str | None:
    try:
        return str(float(text))
    except ValueError:
        return None


def find_numbers(column: Column, what: str = "The learner") -> np.ndarray:
    """A label of numbers; NaN where it is missing. ModuleError where it is none."""
    data = _plain(column)
    if type_name(data.type) not in ("integer", "float", "boolean"):
        raise ModuleError(
            f"{what} predicts numbers, but the label column {column.name!r} is {type_name(data.type)}. "
            f"Choose a "
            "column of numbers, or a learner of classes.",
            param="label_column",
        )
    data = data.cast(pa.int8()) if pa.types.is_boolean(data.type) else data
    values = data.cast(pa.float64(), safe=False).to_numpy()
    return np.where(np.isinf(values), np.nan, values)


def label_texts(columns: Sequence[Column]) -> list[np.ndarray]:
    """The values of several label columns as comparable things: numbers where all are, else text."""
    plain = [_plain(column) for column in columns]
    kinds = {type_name(data.type) for data in plain}
    if kinds <= {"integer", "float", "boolean"}:
        return [
            (data.cast(pa.int8()) if pa.types.is_boolean(data.type) else data)
            .cast(pa.float64(), safe=False)
            .to_numpy()
            for data in plain
        ]
    return [data.cast(pa.large_string()).to_numpy(zero_copy_only=False) for data in plain]


def _plain(column: Column) -> pa.ChunkedArray:
    return storable(uncategorical(column).data)


def _alike(data: pa.ChunkedArray, arrow: pa.DataType) -> pa.ChunkedArray:
    """Values in the type of the classes: whole numbers that became floats, texts of numbers."""
    try:
        if pa.types.is_boolean(arrow) and not pa.types.is_large_string(data.type):
            return data.cast(pa.float64(), safe=False).cast(pa.bool_())
        return data.cast(arrow, safe=False)
    except pa.ArrowException:
        return pa.chunked_array([pa.nulls(len(data), arrow)])
