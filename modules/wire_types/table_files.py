"""A table on its way out of a child: which columns are passed on, which are written, and into which files.

A large column has a file of its own. A wide table's small ones share files: to make, hash and move a file for
each of 100,000 columns takes minutes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, cast

import pyarrow as pa

from modules.sdk.column import Column, ColumnType, type_name
from modules.sdk.columns import pack_columns, write_column
from modules.sdk.storable import storable
from modules.sdk.values import Table
from modules.sdk.width import check_width
from modules.wire_types.stored import DRAFT
from modules.wire_types.table import Place, StoredColumn, StoredPack, StoredRole, StoredTable

AT_ONCE = 256 << 20
"""Bytes of new columns from which several are written at once."""

SMALL = 64 << 10
"""Bytes up to which a column is small."""

SHARED_FROM = 256
"""Small new columns from which they share files."""

PACK = 4 << 20
"""Bytes of columns in a file that they share: whoever keeps one of them keeps all of it."""

HEAD = 512
"""Bytes, about, that a column's file has beside its data."""

Draft = Callable[[str], Path]


class Written(NamedTuple):
    """A column's name, where it lies, and the type it is stored in."""

    name: str
    place: Place
    type: pa.DataType


Numbered = tuple[int, Column]


def store_table(table: Table, known: Mapping[str, Place], draft: Draft) -> StoredTable:
    """The manifest of a table whose new columns are written into drafts. `known`: where those lie that were
    stored before, by content name."""
    check_width(len(table.columns))
    new = [(at, column) for at, column in enumerate(table.columns) if column.origin not in known]
    sizes = {at: column.data.nbytes for at, column in new} if len(new) >= SHARED_FROM else {}
    small = [(at, column) for at, column in new if sizes.get(at, SMALL + 1) <= SMALL]
    if len(small) < SHARED_FROM:
        small = []
    shared = {at for at, _ in small}
    written = _write_alone([(at, column) for at, column in new if at not in shared], draft)
    written |= _write_packs(small, sizes, draft)
    packs: dict[StoredPack, int] = {}
    columns = []
    for at, column in enumerate(table.columns):
        name, place, arrow = written.get(at) or Written(
            str(column.origin), known[str(column.origin)], column.data.type
        )
        columns.append(
            StoredColumn(
                name=column.name,
                type=cast(ColumnType, type_name(arrow)),
                object=name,
                bytes=place.bytes,
                pandas=column.pandas,
                note=column.note,
                pack=None if place.pack is None else packs.setdefault(place.pack, len(packs)),
                start=place.start,
            )
        )
    roles = [StoredRole(column=at, role=c.role) for at, c in enumerate(table.columns) if c.role is not None]
    return StoredTable(rows=table.rows, columns=tuple(columns), packs=tuple(packs), roles=tuple(roles))


def _write_alone(columns: list[Numbered], draft: Draft) -> dict[int, Written]:
    paths = [draft("arrow") for _ in columns]

    def write(numbered: Numbered, path: Path) -> tuple[int, Written]:
        data = storable(numbered[1].data)
        return numbered[0], Written(DRAFT + path.name, Place(write_column(data, path)), data.type)

    if sum(column.data.nbytes for _, column in columns) < AT_ONCE:
        return dict(map(write, columns, paths))
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return dict(threads.map(write, columns, paths))


def _write_packs(columns: list[Numbered], sizes: Mapping[int, int], draft: Draft) -> dict[int, Written]:
    """A new column's name is that of its pack's draft: the parent finds its content name."""
    written = {}
    for some in _packs(columns, sizes):
        path, data = draft("pack"), [storable(column.data) for _, column in some]
        places = pack_columns(data, path)
        pack = StoredPack(object=DRAFT + path.name, bytes=path.stat().st_size)
        for (at, _), stored, (start, size) in zip(some, data, places, strict=True):
            written[at] = Written(pack.object, Place(size, pack, start), stored.type)
    return written


def _packs(columns: Iterable[Numbered], sizes: Mapping[int, int]) -> Iterator[list[Numbered]]:
    """The columns in groups, each with no more than a pack holds."""
    group: list[Numbered] = []
    filled = 0
    for at, column in columns:
        size = sizes[at] + HEAD
        if group and filled + size > PACK:
            yield group
            group, filled = [], 0
        group.append((at, column))
        filled += size
    if group:
        yield group
