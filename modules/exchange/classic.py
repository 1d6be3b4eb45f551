"""The two JSON forms of ML Studio (classic): tables of values, and (`format=swagger`) lists of records.

A call may be written in either form, whichever the answer is asked in.

    {"Inputs": {"input1": {"ColumnNames": ["a"], "Values": [["1"]]}}, "GlobalParameters": {}}
    {"Inputs": {"input1": [{"a": 1}]}}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from modules.exchange.call import ReadCall, WrittenAnswer
from modules.exchange.json_body import json_object, list_of, object_of, refuse_body
from modules.exchange.parameters import read_parameters
from modules.exchange.problems import CallProblem
from modules.exchange.rows import check_columns, refuse_input, table_of_cells, wanted_names
from modules.exchange.schema import ServiceInput, ServiceSchema
from modules.exchange.writing import CLASSIC_TYPES, texts
from modules.sdk.values import Table

JSON = "application/json"
NO_ROW = object()


def read(body: bytes, schema: ServiceSchema) -> ReadCall:
    said = json_object(body) if body.strip() or schema.inputs else {}
    given = object_of(said.get("Inputs", said.get("inputs")), "Inputs")
    check_input_names(set(given), schema)
    inputs = {input.name: _table(input, given[input.name]) for input in schema.inputs}
    parameters = object_of(said.get("GlobalParameters"), "GlobalParameters")
    return ReadCall(inputs, read_parameters(parameters, schema))


def check_input_names(given: set[str], schema: ServiceSchema) -> None:
    """CallProblem lists the right names if one is unknown or missing."""
    known = [input.name for input in schema.inputs]
    listed = ", ".join(known) or "none"
    if unknown := sorted(given - set(known)):
        raise CallProblem.one(
            "BadArgument",
            "InvalidInputNames",
            unknown[0][:200],
            f"The service has no input {unknown[0][:80]!r}; its inputs are: {listed}.",
        )
    if missing := [name for name in known if name not in given]:
        raise CallProblem.one(
            "BadArgument",
            "MissingRequestInput",
            missing[0],
            f"Inputs lacks {missing[0]!r}; the service's inputs are: {listed}.",
        )


def _table(input: ServiceInput, given: Any) -> Table:
    if isinstance(given, list):
        return _of_records(input, given)
    if isinstance(given, dict):
        return _of_values(input, given)
    raise refuse_body(
        f'Inputs.{input.name} must be {{"ColumnNames": […], "Values": [[…]]}} or a list of records.'
    )


def _of_values(input: ServiceInput, given: Mapping[str, Any]) -> Table:
    names = list_of(given.get("ColumnNames"), f"Inputs.{input.name}.ColumnNames")
    rows = list_of(given.get("Values"), f"Inputs.{input.name}.Values")
    if not all(isinstance(name, str) for name in names):
        raise refuse_body(f"Inputs.{input.name}.ColumnNames must be a list of texts.")
    wanted = wanted_names(input)
    for name in wanted:
        if names.count(name) > 1:
            raise refuse_input(input, f"The column {name!r} stands twice in {input.name}; name each once.")
    check_columns(input, set(names))
    width = len(names)
    for at, row in enumerate(rows):
        if not isinstance(row, list):
            raise refuse_body(f"Inputs.{input.name}.Values[{at}] must be a list, the cells of one row.")
        if len(row) != width:
            raise refuse_input(
                input,
                f"{input.name}, row {at + 1:,} has {len(row):,} cells, but ColumnNames has {width:,}.",
            )
    columns = zip(*rows, strict=True) if rows else ((),) * width
    cells = {name: list(column) for name, column in zip(names, columns, strict=True) if name in wanted}
    return table_of_cells(input, cells, len(rows))


def _of_records(input: ServiceInput, records: list[Any]) -> Table:
    for at, record in enumerate(records):
        if not isinstance(record, dict):
            raise refuse_body(f"Inputs.{input.name}[{at}] must be an object, the cells of one row by column.")
    cells = {}
    for column in input.columns:
        name = column.name
        found = [record.get(name, NO_ROW) for record in records]
        absent = found.count(NO_ROW)
        if absent and absent < len(found) and not column.optional:
            raise refuse_input(
                input,
                f"{input.name}, row {found.index(NO_ROW) + 1:,} lacks the column {name!r}; "
                "send null for a missing value.",
            )
        if absent < len(found) or not records:
            cells[name] = [None if cell is NO_ROW else cell for cell in found] if absent else found
    if len(cells) < len(input.columns):
        check_columns(input, set().union(*records))
    return table_of_cells(input, cells, len(records))


def write(form: str, outputs: Mapping[str, Table], query: Mapping[str, str]) -> WrittenAnswer:
    make = _records if form == "records" else _values
    details = query.get("details", "true").lower() != "false"
    return WrittenAnswer(
        JSON, to_json({"Results": {name: make(table, details) for name, table in outputs.items()}})
    )


def _values(table: Table, details: bool) -> dict[str, Any]:
    columns = [texts(column.data) for column in table]
    rows = list(zip(*columns, strict=True)) if columns else [()] * len(table)
    if not details:
        return {"type": "table", "value": {"Values": rows}}
    types = [CLASSIC_TYPES[column.type] for column in table]
    return {"type": "table", "value": {"ColumnNames": table.names, "ColumnTypes": types, "Values": rows}}


def _records(table: Table, details: bool) -> list[dict[str, str | None]]:
    names = table.names
    columns = [texts(column.data) for column in table]
    if not columns:
        return [{} for _ in range(len(table))]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
