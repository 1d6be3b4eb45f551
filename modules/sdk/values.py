"""What travels on wires: Table, Bundle, Device, Model, Transform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column

if TYPE_CHECKING:
    import pandas as pd


class Value:
    """Something a wire carries. `type` is the port type of the contract."""

    type: ClassVar[str]


@dataclass(frozen=True)
class Table(Value):
    """Named columns of equal length. `rows` counts even where there is no column."""

    type: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    rows: int

    def __len__(self) -> int:
        return self.rows

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a table is neither true nor false: ask `is None`, or how many rows or columns it has"
        )

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """The first column of that name; KeyError where there is none."""
        return self._first[name]

    def has(self, name: str) -> bool:
        """Whether there is a column of that name."""
        return name in self._first

    @cached_property
    def _first(self) -> dict[str, Column]:
        """The first column of each name: a table may have 150,000, and be asked for each."""
        return {column.name: column for column in reversed(self.columns)}

    @classmethod
    def of(cls, **columns: Sequence[Any]) -> Table:
        """A small table from lists.

        >>> Table.of(x=[1, 2], y=["a", None]).names
        ['x', 'y']
        """
        return cls.from_arrow(pa.table({name: pa.array(values) for name, values in columns.items()}))

    @classmethod
    def from_columns(cls, columns: Iterable[Column], rows: int) -> Table:
        return cls(tuple(columns), rows)

    @classmethod
    def from_arrow(cls, table: pa.Table) -> Table:
        """A table over Arrow data; nothing is copied."""
        return cls(
            tuple(Column(name, data) for name, data in zip(table.column_names, table.columns, strict=True)),
            table.num_rows,
        )

    def arrow(self) -> pa.Table:
        """All columns as one Arrow table; nothing is copied. Names may repeat."""
        if not self.columns:
            return pa.table({})
        return pa.Table.from_arrays([c.data for c in self.columns], names=self.names)

    def frame(self) -> pd.DataFrame:
        """A pandas frame that may be changed in place (see `modules.sdk.frames`)."""
        from modules.sdk.frames import to_frame  # pandas takes its time

        return to_frame(self.columns, self.rows)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, like: Iterable[Table] = ()) -> Table:
        """The table of a frame; columns equal to one of `like`'s stay that very column."""
        from modules.sdk.frames import from_frame

        return cls(from_frame(frame, like), len(frame))

    def select(self, names: Iterable[str]) -> Table:
        """Just these columns, in this order, untouched."""
        return Table(tuple(self.column(name) for name in names), self.rows)

    def take(self, rows: pa.Array) -> Table:
        """The rows at these positions, or where a boolean mask is true."""
        pick = pc.filter if pa.types.is_boolean(rows.type) else pc.take
        columns = tuple(replace(c, data=pick(c.data, rows), origin=None) for c in self.columns)
        count = pc.sum(rows).as_py() or 0 if pa.types.is_boolean(rows.type) else len(rows)
        return Table(columns, int(count))


@dataclass(frozen=True)
class Bundle(Value):
    """A zip file. `origin` as for a column."""

    type: ClassVar[str] = "bundle"
    path: Path
    origin: str | None = None


@dataclass(frozen=True)
class Picture:
    """A picture a node left: its name, its media type and where its file is."""

    name: str
    media_type: str
    path: Path


@dataclass(frozen=True)
class Document:
    """A report to read: its name, its media type (HTML or PDF) and where its file is."""

    name: str
    media_type: str
    path: Path


@dataclass(frozen=True)
class Device(Value):
    """What a script printed, its pictures in the order they were made, and the documents of a report."""

    type: ClassVar[str] = "device"
    text: str = ""
    pictures: tuple[Picture, ...] = ()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Model(Value):
    """A learner, trained or not, or any other picklable object.

    `card` says what it is, as plain data (JSON): all there is to say of an untrained learner, which has no
    `pickled`. The pickle is loaded inside the sandbox only.
    """

    type: ClassVar[str] = "model"
    pickled: bytes | None
    class_name: str
    text: str = ""
    card: dict[str, Any] = field(default_factory=dict)
    origin: str | None = None


@dataclass(frozen=True)
class Step:
    """What one module has learned from a table, as plain data (JSON): `fitted` does the same to other rows,
    `params` are the module's settings, to learn anew from other rows. `version` is the module's. `params` is
    None in a step that was kept before settings were."""

    module: str
    params: dict[str, Any] | None
    fitted: dict[str, Any]
    version: int = 1


@dataclass(frozen=True)
class Transform(Value):
    """A row of fitted steps, the first one first (see `modules.sdk.transforms`)."""

    type: ClassVar[str] = "transform"
    steps: tuple[Step, ...] = ()
