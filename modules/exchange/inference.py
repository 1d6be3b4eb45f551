"""The Open Inference Protocol (version 2, REST): a tensor for each column.

A tensor is called as its column, or `input1.column` where the service has several inputs (or says
`parameters.input`); its shape is [N] or [N, 1]; null is missing. Its data may come as JSON, or as bytes
behind the JSON (the binary extension), as `tritonclient` sends them. Answers are JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pydantic_core import to_json

from modules.exchange.binary_tensors import split_body, tensor_values
from modules.exchange.call import ReadCall, WrittenAnswer
from modules.exchange.json_body import json_object, list_of, object_of, refuse_body
from modules.exchange.parameters import read_parameters
from modules.exchange.problems import CallProblem
from modules.exchange.rows import check_columns, refuse_input, table_of_cells, wanted_names
from modules.exchange.schema import ServiceColumn, ServiceInput, ServiceSchema
from modules.exchange.writing import texts
from modules.sdk.column import Column
from modules.sdk.values import Table

JSON = "application/json"
RESERVED = {"binary_data_output", "sequence_id", "sequence_start", "sequence_end", "priority", "timeout",
            "content_type", "headers", "triton_enable_empty_final_response"}  # fmt: skip
"""Parameters of a request that are the protocol's own, and none of a service's."""
DATATYPES = {"integer": "INT64", "float": "FP64", "boolean": "BOOL"}
"""The datatype of each type of column; all others are BYTES."""
HEADER_LENGTH, NAME, VERSION = "header_length", "model_name", "model_version"
"""What the web process adds to the query: the header Inference-Header-Content-Length, and the service."""


class _Tensor(NamedTuple):
    name: str
    values: list[Any]
    input: str | None


def datatype(column: ServiceColumn) -> str:
    return DATATYPES.get(column.type, "BYTES")


def tensor_name(owner: str, column: str, several: bool) -> str:
    """What the tensor of a column is called."""
    return f"{owner}.{column}" if several else column


def read(body: bytes, schema: ServiceSchema, query: Mapping[str, str]) -> ReadCall:
    head, tail = split_body(body, query.get(HEADER_LENGTH))
    said = json_object(head)
    tensors = _tensors(said, tail)
    inputs = {input.name: _table(input, tensors, len(schema.inputs) > 1) for input in schema.inputs}
    given = object_of(said.get("parameters"), "parameters")
    parameters = read_parameters({k: v for k, v in given.items() if k not in RESERVED}, schema)
    id = said.get("id")
    return ReadCall(inputs, parameters, _asked(said, schema), id if isinstance(id, str) else None)


def _tensors(said: Mapping[str, Any], tail: bytes) -> list[_Tensor]:
    found = []
    for at, item in enumerate(list_of(said.get("inputs"), "inputs")):
        where = f"inputs[{at}]"
        item = object_of(item, where)
        name = item.get("name")
        if not isinstance(name, str):
            raise refuse_body(f"{where}.name must be a text.")
        said_of = object_of(item.get("parameters"), f"{where}.parameters")
        values, tail = tensor_values(item, said_of, tail, f"inputs[{at}] ({name[:80]})")
        owner = said_of.get("input")
        found.append(_Tensor(name, values, owner if isinstance(owner, str) else None))
    if tail:
        raise refuse_body(f"{len(tail):,} bytes follow the body that no tensor says to be its own.")
    return found


def _table(input: ServiceInput, tensors: Sequence[_Tensor], several: bool) -> Table:
    cells: dict[str, list[Any]] = {}
    wanted = wanted_names(input)
    for tensor in tensors:
        name = tensor.name
        if tensor.input is not None and tensor.input != input.name:
            continue
        if tensor.input is None and name not in wanted:
            name = name.removeprefix(f"{input.name}.")
        if several and tensor.input is None and name == tensor.name:
            continue
        if name not in wanted:
            continue
        if name in cells:
            raise refuse_input(input, f"The tensor {tensor.name!r} came twice.")
        cells[name] = tensor.values
    check_columns(input, set(cells) | {tensor.name for tensor in tensors} - wanted)
    lengths = {len(values): name for name, values in cells.items()}
    if len(lengths) > 1:
        (one, first), (other, second), *_ = lengths.items()
        raise refuse_input(
            input,
            f"The tensors of {input.name} differ in length: {first!r} has {one:,} values, "
            f"{second!r} {other:,}.",
        )
    return table_of_cells(input, cells, next(iter(lengths), 0))


def _asked(said: Mapping[str, Any], schema: ServiceSchema) -> tuple[str, ...] | None:
    if said.get("outputs") is None:
        return None
    several = len(schema.outputs) > 1
    known = [tensor_name(o.name, c.name, several) for o in schema.outputs for c in o.columns]
    names = []
    for at, item in enumerate(list_of(said["outputs"], "outputs")):
        name = object_of(item, f"outputs[{at}]").get("name")
        if not isinstance(name, str):
            raise refuse_body(f"outputs[{at}].name must be a text.")
        if name not in known:
            raise CallProblem.one(
                "BadArgument",
                "InvalidOutputOverrideName",
                name[:200],
                f"The service has no output {name[:80]!r}; it has {', '.join(known[:50]) or 'none'}.",
            )
        names.append(name)
    return tuple(names) or None


def write(
    outputs: Mapping[str, Table], schema: ServiceSchema, query: Mapping[str, str], call: ReadCall
) -> WrittenAnswer:
    several = len(schema.outputs) > 1
    made = [
        _tensor(tensor_name(output, column.name, several), column)
        for output, table in outputs.items()
        for column in table
    ]
    if call.outputs is not None:
        by_name = {tensor["name"]: tensor for tensor in made}
        made = [by_name[name] for name in call.outputs if name in by_name]
    answer: dict[str, Any] = {"model_name": query.get(NAME, ""), "model_version": query.get(VERSION, "1")}
    if call.id is not None:
        answer["id"] = call.id
    return WrittenAnswer(JSON, to_json({**answer, "outputs": made}, inf_nan_mode="strings"))


def _tensor(name: str, column: Column) -> dict[str, Any]:
    kind = DATATYPES.get(column.type, "BYTES")
    data = texts(column.data) if kind == "BYTES" else column.data.to_pylist()
    made: dict[str, Any] = {"name": name, "shape": [len(data)], "datatype": kind, "data": data}
    if column.type == "datetime":
        made["parameters"] = {"content_type": "datetime"}
    return made
