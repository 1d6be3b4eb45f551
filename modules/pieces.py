"""A module that works row by row goes through a large table piece by piece: its memory does not grow with it.

What the pieces leave is written beside the job's drafts, and put together column by column. A column that
every piece passes on is the input's own, and is not written again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from modules.sdk.column import Column
from modules.sdk.columns import map_file, pack_columns, read_column
from modules.sdk.declare import ModuleSpec
from modules.sdk.errors import ModuleError
from modules.sdk.progress import progress
from modules.sdk.storable import storable
from modules.sdk.uniting import Untogether, unite
from modules.sdk.values import Device, Table, Value

BYTES = 32 << 20
"""Of a piece, about."""
FEWEST, MOST = 1_000, 200_000
"""Rows of a piece."""
EXACT = 2**53
"""Whole numbers beyond are not floats in pandas."""


class Cut(NamedTuple):
    """`port`: the input that may be cut. `folder`: where what the pieces leave is written meanwhile."""

    port: str
    folder: Path


class Rows(NamedTuple):
    """Rows of the input, from 0; `end` is the first one after them."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"rows {self.start + 1:,} to {self.end:,}"


def piece_rows(table: Table) -> int:
    """Rows of each piece of this table; as many as it has if it is not cut."""
    width = sum(column.data.nbytes for column in table) / max(len(table), 1)
    return int(min(MOST, max(FEWEST, BYTES // max(width, 1))))


def call_in_pieces(
    spec: ModuleSpec, arguments: Mapping[str, Any], cut: Cut
) -> dict[str, Value | None] | None:
    """What the module leaves, by port; None if it is to be called with the whole table: the table is small,
    or the module does not work row by row with these params. `arguments`: those of its function.

    ModuleError where the pieces do not go together."""
    table, params = arguments.get(cut.port), arguments.get("params")
    if not isinstance(table, Table) or not spec.works_row_by_row(params):
        return None
    rows = piece_rows(table)
    if len(table) <= rows:
        return None
    function = _function(spec, arguments, params)
    own = os.getpid()
    gathered = [Gathered(port.name, cut.folder) for port in spec.outputs]
    for place, piece in _pieces(table, rows):
        try:
            results = function(**{**arguments, cut.port: piece})
        except Exception as error:
            error.add_note(f"This was in {place} of {len(table):,}: the table is gone through in pieces.")
            raise
        if os.getpid() != own:
            os._exit(0)  # a process that a script forked came back here
        for port, value in zip(gathered, results, strict=True):
            port.take(place, value, piece)
        progress(place.end / len(table))
    return {port.name: port.together(table) for port in gathered}


def _function(spec: ModuleSpec, arguments: Mapping[str, Any], params: Any) -> Callable[..., Any]:
    """A script's top level runs once. Tables are given to each piece anew: a script may change them."""
    if spec.warm is None:
        return spec.function
    lasting = {
        name: value
        for name, value in arguments.items()
        if isinstance(value, Value) and not isinstance(value, Table)
    }
    return spec.warm(params, lasting) or spec.function


def _pieces(table: Table, rows: int) -> Iterator[tuple[Rows, Table]]:
    likes = [_like_the_whole(column) for column in table]
    for start in range(0, len(table), rows):
        place = Rows(start, min(start + rows, len(table)))
        count = place.end - start
        columns = tuple(replace(like, data=like.data.slice(start, count)) for like in likes)
        yield place, Table(columns, count)


def _like_the_whole(column: Column) -> Column:
    """Each piece of it comes to pandas as the whole would, whether or not something is missing in it."""
    data, alone = column.data, replace(column, origin=None)
    if not data.null_count or column.pandas is not None:
        return alone
    if pa.types.is_integer(data.type):
        low, high = pc.min_max(data).as_py().values()
        if low is not None and (low < -EXACT or high > EXACT):
            return replace(alone, pandas="UInt64" if pa.types.is_uint64(data.type) else "Int64")
    return replace(alone, gaps=True)


class Part(NamedTuple):
    """A column as one piece left it. `source`: the place of the input's column that it is, untouched."""

    column: Column
    source: int | None


@dataclass
class Gathered:
    """What the pieces leave on one port."""

    name: str
    folder: Path
    parts: list[list[Part]] = field(default_factory=list)
    places: list[Rows] = field(default_factory=list)
    rows: int = 0
    other: Value | None = None
    empty: Table | None = None

    def take(self, place: Rows, value: Value | None, piece: Table) -> None:
        """A device is the first piece's. ModuleError of what cannot be put together."""
        if isinstance(value, Table):
            if len(value):
                self._take_table(place, value, piece)
            elif self.empty is None or not self.empty.columns:
                self.empty = value
        elif isinstance(value, Device):
            self.other = self.other or value
        elif value is not None:
            raise ModuleError(
                f"A step that works row by row leaves tables only; in {place} it left a {value.type}. "
                "Turn “Works row by row” off."
            )

    def _take_table(self, place: Rows, table: Table, piece: Table) -> None:
        if self.parts and table.names != (before := [part.column.name for part in self.parts[0]]):
            raise ModuleError(
                f"The columns are {_list(table.names)} in {place}, and {_list(before)} in {self.places[0]}. "
                "A step that works row by row leaves the same columns whatever rows it gets."
            )
        sources = {id(column.data): number for number, column in enumerate(piece)}
        found = [sources.get(id(column.data)) for column in table]
        new = [storable(c.data) for c, source in zip(table, found, strict=True) if source is None]
        path = self.folder / f"pieces-{self.name}-{len(self.parts)}"
        stored = _stored(new, path)
        self.parts.append(
            [
                Part(column if source is not None else replace(column, data=next(stored)), source)
                for column, source in zip(table, found, strict=True)
            ]
        )
        self.places.append(place)
        self.rows += len(table)

    def together(self, whole: Table) -> Value | None:
        """`whole`: the table that was cut."""
        if not self.parts:
            return self.other or self.empty
        columns = tuple(self._column(list(parts), whole) for parts in zip(*self.parts, strict=True))
        return Table(columns, self.rows)

    def _column(self, parts: list[Part], whole: Table) -> Column:
        first, sources = parts[0].column, {part.source for part in parts}
        if len(sources) == 1 and (source := parts[0].source) is not None and self.rows == len(whole):
            return replace(first, data=whole.columns[source].data, origin=whole.columns[source].origin,
                           pandas=whole.columns[source].pandas, gaps=False)  # fmt: skip
        try:
            data = unite([storable(part.column.data) for part in parts])
        except Untogether as error:
            raise ModuleError(
                f"The column {first.name!r} is {error.one} in {self.places[0]}, and {error.other} in "
                f"{self.places[error.place]}. A step that works row by row leaves the same types whatever "
                "rows it gets: give the column its type in the script (astype)."
            ) from None
        hints = {part.column.pandas for part in parts}
        notes = [part.column.note for part in parts if part.column.note]
        return replace(
            first,
            data=data,
            origin=None,
            gaps=False,
            pandas=first.pandas if len(hints) == 1 else None,
            note=notes[0] if notes else None,
        )


def _stored(new: list[pa.ChunkedArray], path: Path) -> Iterator[pa.ChunkedArray]:
    """The columns, from now on in a file."""
    if not new:
        return iter(())
    places = pack_columns(new, path)
    buffer = map_file(path)
    return iter([read_column(buffer.slice(*place)) for place in places])


def _list(names: list[str]) -> str:
    return ", ".join(map(repr, names[:20])) + (" …" if len(names) > 20 else "")
