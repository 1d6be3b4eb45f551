"""The rows of one input, held against its schema."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import TypeVar

import pyarrow as pa

from modules.exchange.cells import BadCell, Cells, empty_column, fit_column, read_cells
from modules.exchange.problems import CallProblem, Detail
from modules.exchange.schema import ServiceColumn, ServiceInput
from modules.sdk.casting import uncategorical
from modules.sdk.column import Column
from modules.sdk.errors import ModuleError
from modules.sdk.values import Table

MOST_DETAILS = 20
"""Of what is wrong in a call so much is told."""

T = TypeVar("T")


def table_of_cells(input: ServiceInput, columns: Mapping[str, Cells], rows: int) -> Table:
    """The table of an input's cells by column, of equal lengths. Columns that the service does not know are
    ignored. CallProblem tells of what is missing, or of the first cell of each column that does not fit."""
    return _table(input, columns, rows, lambda cells, column: read_cells(cells, column), _loose_cells)


def table_of_arrow(input: ServiceInput, given: pa.Table) -> Table:
    """The table of an input that came as Arrow data."""
    names = given.column_names
    if twice := sorted({name for name in names if names.count(name) > 1 and _column(input, name)}):
        raise refuse_input(input, f"The column {twice[0]!r} stands twice in {input.name}; name each once.")
    columns = {name: Column(name, data) for name, data in zip(names, given.columns, strict=True)}
    return _table(input, columns, given.num_rows, fit_column, lambda column, _: column)


def _table(
    input: ServiceInput,
    given: Mapping[str, T],
    rows: int,
    read: Callable[[T, ServiceColumn], Column],
    loose: Callable[[T, ServiceColumn], Column],
) -> Table:
    check_columns(input, set(given))
    made, details = [], list[Detail]()
    for column in input.columns:
        if column.name not in given:
            made.append(empty_column(column, rows))
            continue
        try:
            made.append(read(given[column.name], column))
        except BadCell as bad:
            if column.optional:
                made.append(_as_it_came(given[column.name], column, rows, loose))
            else:
                details.append(_detail(input, column, bad))
    if details:
        more = f" ({len(details) - 1} more columns do not fit.)" if len(details) > 1 else ""
        raise CallProblem("BadUserArgument", details[0].message + more, details[:MOST_DETAILS])
    made += [empty_column(column, rows) for column in input.absent]
    return Table(tuple(made), rows)


def wanted_names(input: ServiceInput) -> set[str]:
    """The names of the columns that the input has."""
    return {column.name for column in input.columns}


def check_columns(input: ServiceInput, given: set[str]) -> None:
    """CallProblem names all columns that a call must have and has not."""
    missing = [c.name for c in input.columns if not c.optional and c.name not in given]
    if not missing:
        return
    names = ", ".join(repr(name) for name in missing[:MOST_DETAILS])
    close = difflib.get_close_matches(missing[0], sorted(given - {c.name for c in input.columns}), 1)
    hint = f" Did you mean it by {close[0]!r}?" if close else ""
    needs = ", ".join(repr(c.name) for c in input.columns[:MOST_DETAILS] if not c.optional)
    raise refuse_input(
        input,
        f"The input {input.name} lacks the column{'s' * (len(missing) > 1)} {names}; it needs {needs}.{hint}",
    )


def refuse_input(input: ServiceInput, message: str) -> CallProblem:
    return CallProblem.one("BadUserArgument", "InputParseError", input.name, message)


def _detail(input: ServiceInput, column: ServiceColumn, bad: BadCell) -> Detail:
    if bad.row is None:
        target, where = f"{input.name}, column {column.name}", f"{input.name}, column {column.name!r}"
    else:
        row = f"row {bad.row + 1:,}"
        target, where = (
            f"{input.name}, {row}, column {column.name}",
            f"{input.name}, {row}, column {column.name!r}",
        )
    return Detail(code="InputParseError", target=target, message=f"{where}: {bad.message.rstrip('.')}.")


def _as_it_came(
    given: T, column: ServiceColumn, rows: int, loose: Callable[[T, ServiceColumn], Column]
) -> Column:
    """What the graph never reads is passed on as it came; nothing where no column can hold it."""
    try:
        return uncategorical(loose(given, column))
    except (BadCell, ModuleError, pa.ArrowException):
        return empty_column(column, rows)


def _loose_cells(cells: Cells, column: ServiceColumn) -> Column:
    return read_cells(cells, ServiceColumn(name=column.name, type="string"))


def _column(input: ServiceInput, name: str) -> ServiceColumn | None:
    return next((column for column in input.columns if column.name == name), None)
