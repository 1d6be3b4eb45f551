"""A table, kept column by column.

Each column is one uncompressed Arrow IPC file of one field named "value", so that a column nobody touched is
passed on by its name and never written again. Small columns of a wide table lie one after the other in a file
that they share, a pack; each still has the content name it would have in a file of its own, and the table's
identity is the same. In what a child hands back a new column in a pack has its pack's draft as `object`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple, Self

import pyarrow as pa
from pydantic import BaseModel, FailFast, Field, model_validator

from modules.learning.roles import are_scored
from modules.sdk.broken_role import are_broken
from modules.sdk.column import Column, ColumnType
from modules.sdk.columns import read_column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table
from modules.wire_types.stored import (
    DRAFT,
    Count,
    Drafts,
    Findings,
    Inputs,
    Names,
    Object,
    Part,
    Question,
    Refused,
    Stored,
    StoredValue,
)

ARROW = b"ARROW1"
FIRST = 100
"""Columns of a table that are told in lists."""

PLACES: Any = {"packs": True, "columns": {"__all__": {"pack", "start"}}}
"""The members that tell where columns lie."""


class StoredColumn(Stored):
    """`pandas` and `note` as in `modules.sdk.column.Column`. `pack`: which of the table's packs it lies in,
    `start`: from which byte on; both None where it has a file of its own."""

    name: str
    type: ColumnType
    object: Object
    bytes: Count
    pandas: str | None = None
    note: str | None = None
    pack: Count | None = None
    start: Count | None = None


class StoredPack(Stored):
    """A file of several columns."""

    object: Object
    bytes: Count


class StoredRole(Stored):
    """The role of the column at that place, from 0 (see `modules.sdk.column.Column`)."""

    column: Count
    role: Annotated[str, Field(max_length=2000)]


class Place(NamedTuple):
    """Where a stored column lies: so many bytes, from one on, of a pack; or all of a file of its own."""

    bytes: int
    pack: StoredPack | None = None
    start: int | None = None


class ColumnOut(BaseModel):
    name: str
    type: ColumnType
    note: str | None = None


class TableMembers(BaseModel):
    """`scored`: it holds labels and scores, so that it can be evaluated."""

    rows: int
    columns: list[ColumnOut]
    column_count: int
    scored: bool | None = None


class TableSizes(BaseModel):
    """`broken`: its rows break rules, or it says which rules are broken."""

    rows: int
    columns: int
    broken: bool | None = None


class StoredTable(StoredValue):
    value_class = Table
    members = TableMembers
    outline_members = TableSizes
    dataset_type = "parquet"

    type: Literal["table"] = "table"
    rows: Count
    columns: Annotated[tuple[StoredColumn, ...], FailFast()]
    packs: Annotated[tuple[StoredPack, ...], FailFast()] = ()
    roles: Annotated[tuple[StoredRole, ...], FailFast()] = ()

    @model_validator(mode="after")
    def _packs_exist(self) -> Self:
        if any(each.column >= len(self.columns) for each in self.roles):
            raise ValueError("a role is that of a column that is not there")
        for column in self.columns:
            if column.pack is None and column.start is None:
                continue
            if column.start is None or column.pack is None or column.pack >= len(self.packs):
                raise ValueError(f"column {column.name[:50]!r} lies in a pack that is not there")
        return self

    def place_of(self, column: StoredColumn) -> Place:
        """Where one of its columns lies."""
        pack = None if column.pack is None else self.packs[column.pack]
        return Place(column.bytes, pack, column.start)

    def parts(self) -> Sequence[Part]:
        if not self.packs:
            return self.columns
        used = sorted({column.pack for column in self.columns if column.pack is not None})
        alone = [column for column in self.columns if column.pack is None]
        return [*alone, *(self.packs[place] for place in used)]

    def shared(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        packed: dict[str, list[tuple[int, int]]] = {}
        if self.packs:
            for column in self.columns:
                if column.pack is not None and column.object.startswith(DRAFT):
                    packed.setdefault(column.object, []).append((column.start or 0, column.bytes))
        return packed

    def renamed(self, names: Names) -> Self:
        columns = tuple(c.model_copy(update={"object": names.of(c, c.start)}) for c in self.columns)
        packs = tuple(pack.model_copy(update={"object": names.of(pack)}) for pack in self.packs)
        return self.model_copy(update={"columns": columns, "packs": packs})

    def identity(self) -> bytes:
        return self.model_dump_json(exclude=PLACES | self._unsaid()).encode()

    def data(self) -> dict[str, Any]:
        """Without empty members where there may be many thousands."""
        if self.packs:
            return self.model_dump(mode="json", exclude_none=True, exclude=self._unsaid())
        return self.model_dump(mode="json", exclude=PLACES | self._unsaid())

    def _unsaid(self) -> dict[str, Any]:
        """The members that tables did not have once: one without roles is still called the same."""
        return {} if self.roles else {"roles": True}

    @classmethod
    def object_names(cls, data: Mapping[str, Any]) -> set[str]:
        alone = (column for column in data["columns"] if column.get("pack") is None)
        return {part["object"] for part in (*alone, *data.get("packs", ()))}

    def read(self, port: str, inputs: Inputs) -> Table:
        columns, read = [], dict[tuple[str, int | None], pa.ChunkedArray]()
        roles = {each.column: each.role for each in self.roles}
        for at, column in enumerate(self.columns):
            file = column.object if column.pack is None else self.packs[column.pack].object
            data = read.get((file, column.start))
            if data is None:
                data = read[file, column.start] = _read(file, column, port, inputs)
            if len(data) != self.rows:
                raise ModuleError(
                    f"Column {column.name} of {port} has {len(data)} rows, its table {self.rows}. "
                    "Run the node that made it again."
                )
            columns.append(
                Column(column.name, data, column.pandas, column.object, column.note, roles.get(at))
            )
        return Table(tuple(columns), self.rows)

    @classmethod
    def write(cls, value: Table, drafts: Drafts) -> StoredTable:
        from modules.wire_types.table_files import store_table

        return store_table(value, drafts.find(places_by_name), drafts.draft)

    @classmethod
    def answer(cls, value: Table, question: Question) -> Any:
        from modules.wire_types.table_questions import answer

        return answer(value, question)

    def check(self, found: Findings) -> None:
        """A column that is passed on is one of the inputs', where that lies, by the name it has. New ones lie
        in files of their own, or one after the other in a pack, so that hashing each reads no byte twice."""
        known, ends = found.find(known_places), dict[str, int]()
        for column in self.columns:
            place = self.place_of(column)
            if not column.object.startswith(DRAFT):
                if (column.object, place) not in known:
                    raise Refused("The result names a stored file that was not among its inputs.")
            elif place.pack is None:
                found.take(column, ARROW)
            else:
                if column.object != place.pack.object:
                    raise Refused("The result has a column that lies in a file of another name.")
                if place.start is None or place.start < ends.get(column.object, 0):
                    raise Refused("The result has columns that lie over each other.")
                ends[column.object] = place.start + column.bytes
        packs = {pack.object: pack for pack in self.packs}
        if len(packs) != len(self.packs) or len({c.pack for c in self.columns} - {None}) != len(packs):
            raise Refused("The result names a file twice, or one that holds no column.")
        for name, end in ends.items():
            if end > packs[name].bytes:
                raise Refused("The result has a column that ends beyond its file.")
            found.take(packs[name], ARROW)

    @classmethod
    def needed(cls, data: Mapping[str, Any], verb: str, args: Mapping[str, Any]) -> StoredValue:
        from modules.wire_types.table_questions import asked_columns

        names = asked_columns(verb, args)
        if names is None:
            return cls.model_validate(data)
        asked = [column for column in data["columns"] if column["name"] in names]
        return cls.model_validate({**data, "columns": asked, "roles": ()})

    @classmethod
    def outline(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Its rows, how many columns it has, and the first of them."""
        columns = data["columns"]
        first = [column_facts(column) for column in columns[:FIRST]]
        return {"rows": data["rows"], "columns": len(columns), "first": first} | _scored(data) | _broken(data)

    @classmethod
    def told(cls, data: Mapping[str, Any], most: int | None) -> dict[str, Any]:
        columns = data["columns"]
        shown = [column_facts(column) for column in columns[:most]]
        return {
            "rows": data["rows"],
            "columns": shown,
            "column_count": len(columns),
            "scored": None,
        } | _scored(data)


def _scored(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"scored": True} if are_scored(each["role"] for each in data.get("roles") or ()) else {}


def _broken(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"broken": True} if are_broken(each["role"] for each in data.get("roles") or ()) else {}


def column_facts(column: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a column of a manifest."""
    return {"name": column["name"], "type": column["type"], "note": column.get("note")}


def places_by_name(inputs: Sequence[StoredValue]) -> dict[str, Place]:
    """Where the columns of the inputs lie, by content name."""
    return dict(_places(inputs))


def known_places(inputs: Sequence[StoredValue]) -> set[tuple[str, Place]]:
    """The content names of the inputs' columns, each with every place where it lies."""
    return set(_places(inputs))


def _places(inputs: Sequence[StoredValue]) -> Iterator[tuple[str, Place]]:
    for manifest in inputs:
        if isinstance(manifest, StoredTable):
            yield from ((column.object, manifest.place_of(column)) for column in manifest.columns)


def _read(file: str, column: StoredColumn, port: str, inputs: Inputs) -> pa.ChunkedArray:
    try:
        whole = inputs.data(file)
        return read_column(whole if column.start is None else whole.slice(column.start, column.bytes))
    except (pa.ArrowInvalid, OSError, KeyError, IndexError) as error:
        raise ModuleError(
            f"Column {column.name} of {port} is damaged in the store: {error}. "
            "Run the node that made it again."
        ) from error
