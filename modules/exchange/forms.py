"""The forms of a call: classic's table and records, Arrow streams, the Open Inference Protocol.

Both functions take time with every row: they belong into the sandbox's child, never into the web process.
"""

from __future__ import annotations

from collections.abc import Mapping

from modules.exchange import arrow_stream, classic, inference
from modules.exchange.call import Form, ReadCall, WrittenAnswer
from modules.exchange.problems import CallProblem
from modules.exchange.schema import ServiceSchema
from modules.sdk.values import Table

TRAINS = (
    "This service trains a model, which takes its time and is no table. Send the rows as a job: POST to "
    "…/jobs in place of …/execute."
)


def read_call(form: Form, body: bytes, schema: ServiceSchema, query: Mapping[str, str]) -> ReadCall:
    """What a call says, checked against the schema before anything runs.

    Raises CallProblem that names input, row (from 1), column, the expected type and what came.
    """
    if schema.trains:
        raise CallProblem.one("InvalidOperation", "CannotStartJob", "outputs", TRAINS)
    match form:
        case "arrow":
            return arrow_stream.read(body, schema, query)
        case "inference":
            return inference.read(body, schema, query)
        case _:
            return classic.read(body, schema)


def write_answer(
    form: Form,
    outputs: Mapping[str, Table],
    schema: ServiceSchema,
    query: Mapping[str, str],
    call: ReadCall,
) -> WrittenAnswer:
    """The answer with the tables that the outputs left, by name."""
    match form:
        case "arrow":
            return arrow_stream.write(outputs)
        case "inference":
            return inference.write(outputs, schema, query, call)
        case _:
            return classic.write(form, outputs, query)
