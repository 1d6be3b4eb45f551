"""A call as an Arrow stream (IPC): one input, one output. Parameters come in the address."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from modules.exchange.call import ReadCall, WrittenAnswer
from modules.exchange.json_body import refuse_body
from modules.exchange.parameters import read_parameters
from modules.exchange.problems import CallProblem
from modules.exchange.rows import table_of_arrow
from modules.exchange.schema import ServiceSchema
from modules.sdk.values import Table

MEDIA_TYPE = "application/vnd.apache.arrow.stream"


def read(body: bytes, schema: ServiceSchema, query: Mapping[str, str]) -> ReadCall:
    if len(schema.inputs) != 1 or len(schema.outputs) != 1:
        raise CallProblem.one(
            "BadArgument",
            "InvalidInputNames",
            "body",
            "An Arrow stream holds one table, and this service has "
            f"{len(schema.inputs)} inputs and {len(schema.outputs)} outputs. Call it with JSON.",
        )
    if not body:
        raise CallProblem.one("BadArgument", "RequestIsEmpty", "body", "The body of the request is empty.")
    try:
        given = pa.ipc.open_stream(body).read_all()
        given.validate(full=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise refuse_body(f"The body is no Arrow stream: {str(error)[:200]}.") from None
    named = {
        parameter.name: query[parameter.name] for parameter in schema.parameters if parameter.name in query
    }
    (input,) = schema.inputs
    return ReadCall({input.name: table_of_arrow(input, given)}, read_parameters(named, schema))


def write(outputs: Mapping[str, Table]) -> WrittenAnswer:
    (table,) = outputs.values()
    sink = pa.BufferOutputStream()
    arrow = table.arrow()
    with pa.ipc.new_stream(sink, arrow.schema) as stream:
        stream.write_table(arrow)
    return WrittenAnswer(MEDIA_TYPE, sink.getvalue().to_pybytes())
