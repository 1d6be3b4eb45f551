"""The features of a model: which columns, of which types, with which levels; found again by name in new
tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from modules.learning.log import tell
from modules.learning.roles import score_role
from modules.sdk.card import MOST_LEVELS
from modules.sdk.casting import cast, uncategorical
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.fold_role import is_fold
from modules.sdk.storable import storable
from modules.sdk.values import Table

TEXT = ("string", "categorical")


@dataclass(frozen=True)
class Feature:
    """`type` is that of the column it was trained on; `levels` the texts it had there, sorted; None of
    numbers."""

    name: str
    type: str
    levels: tuple[str, ...] | None = None


def choose_features(table: Table, wanted: Sequence[str] | None, leave_out: Iterable[str]) -> list[str]:
    """The names of the columns to learn from: those wanted, else all but scores, folds and the ones left
    out. What nothing can be learned from, bytes and columns without a value, is told in the log."""
    out = set(leave_out)
    if wanted is None:
        names = [c.name for c in table if c.name not in out and score_role(c) is None and not is_fold(c)]
    else:
        names = [name for name in dict.fromkeys(wanted) if name not in out]
    useless = [name for name in names if _useless(table.column(name))]
    if useless:
        tell(f"These columns hold bytes or no value at all, so they are no features: {listed(useless)}.")
    return [name for name in dict.fromkeys(names) if name not in set(useless)]


def _useless(column: Column) -> bool:
    data = storable(column.data)
    return column.type == "binary" or (len(data) > 0 and data.null_count == len(data))


def fit_features(table: Table, names: Sequence[str]) -> tuple[Feature, ...]:
    """What is known of each feature from these rows; ModuleError where a text has too many levels."""
    features = [_feature(table.column(name)) for name in names]
    many = [f for f in features if f.levels is not None and len(f.levels) > MOST_LEVELS]
    if many:
        shown = listed([f"{f.name} ({len(f.levels or ()):,})" for f in many])
        raise ModuleError(
            f"These columns of text have more than {MOST_LEVELS:,} different values: {shown}. Leave them out "
            "of the features, or group their values first."
        )
    return tuple(features)


def _feature(column: Column) -> Feature:
    if column.type not in TEXT:
        return Feature(column.name, column.type)
    texts = pc.unique(_texts(column)).drop_null().to_pylist()
    return Feature(column.name, column.type, tuple(sorted(texts)))


def find_columns(table: Table, features: Sequence[Feature]) -> list[Column]:
    """The columns of these features, whatever their order; ModuleError that names all that are missing."""
    missing = [f.name for f in features if not table.has(f.name)]
    if missing:
        near = {name: get_close_matches(name, table.names, 1, 0.6) for name in missing[:20]}
        said = [
            f"{name!r}" + (f" (there is {near[name][0]!r})" if near.get(name) else "") for name in missing
        ]
        raise ModuleError(
            f"The model was trained on columns that this table does not have: {listed(said)}. "
            "Score a table with the same columns."
        )
    return [table.column(f.name) for f in features]


def numbers(feature: Feature, column: Column) -> np.ndarray:
    """A feature of numbers as floats; NaN where a value is missing or infinite. Dates are seconds since 1970.
    Text is read as the type that the feature was trained on."""
    column = uncategorical(column)
    if column.type == "string":
        column = _read(feature, column)
    data = storable(column.data)
    arrow = data.type
    if (pa.types.is_timestamp(arrow) or pa.types.is_duration(arrow)) != (
        feature.type in ("datetime", "timedelta")
    ) or column.type == "binary":
        raise ModuleError(
            f"Column {feature.name} is {column.type}, but the model was trained on {feature.type} there."
        )
    if pa.types.is_timestamp(arrow) or pa.types.is_duration(arrow):
        unit = {"s": 1, "ms": 1e3, "us": 1e6, "ns": 1e9}[arrow.unit]
        values = data.cast(pa.int64()).cast(pa.float64(), safe=False).to_numpy() / unit
    else:
        data = data.cast(pa.int8()) if pa.types.is_boolean(arrow) else data
        values = data.cast(pa.float64(), safe=False).to_numpy()
    infinite = np.isinf(values)
    if infinite.any():
        tell(f"Column {feature.name}: {int(infinite.sum()):,} infinite values count as missing.")
        values = np.where(infinite, np.nan, values)
    return values


def _read(feature: Feature, column: Column) -> Column:
    if storable(column.data).null_count == len(column.data):
        return Column(column.name, pa.chunked_array([pa.nulls(len(column.data), _arrow_of(feature))]))
    to = feature.type
    read = cast(column, to)
    tell(f"Column {feature.name} is text; it was read as {to}, on which the model was trained.")
    return read


def _arrow_of(feature: Feature) -> pa.DataType:
    times = {"datetime": pa.timestamp("us"), "timedelta": pa.duration("us")}
    return times.get(feature.type, pa.float64())


def codes(feature: Feature, column: Column, allow_unknown: bool) -> tuple[np.ndarray, np.ndarray]:
    """A feature of text as the places of its levels, -1 where it has none of them; and which are missing.
    ModuleError where a text is unknown and must not be."""
    texts = _texts(column)
    levels = pa.array(feature.levels or (), pa.large_string())
    found = pc.index_in(texts, levels)
    places = pc.fill_null(found, -1).to_numpy().astype(np.int64, copy=False)
    gone = texts.is_null().to_numpy()
    unknown = (places < 0) & ~gone
    if unknown.any() and not allow_unknown:
        rows = np.flatnonzero(unknown)
        new = sorted(set(texts.take(pa.array(rows)).to_pylist()))
        raise ModuleError(
            f"Column {feature.name} has values that were not in the training data: {listed(new)} (first in "
            f"row "
            f"{rows[0] + 1:,}). Allow unknown levels in the learner, or correct them."
        )
    return places, gone


def _texts(column: Column) -> pa.ChunkedArray:
    plain = uncategorical(column)
    return storable((plain if plain.type == "string" else cast(plain, "string")).data)


def listed(names: Sequence[str], most: int = 20) -> str:
    """Names with commas between; of very many the first.

    >>> listed(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    shown = ", ".join(str(name)[:200] for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most:,} more"
