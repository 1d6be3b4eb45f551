"""The forms of a call: classic's table and records, Arrow streams, the Open Inference Protocol.

Both functions take time with every row: they belong into the sandbox's child, never into the web process.
"""

from __future__ import annotations

from collections.abc import Mapping

from modules.exchange.call import Form, ReadCall, WrittenAnswer
from modules.exchange.schema import ServiceSchema
from modules.sdk.values import Table


def read_call(form: Form, body: bytes, schema: ServiceSchema, query: Mapping[str, str]) -> ReadCall:
    """What a call says, checked against the schema before anything runs.

    Raises CallProblem that names input, row (from 1), column, the expected type and what came.
    """
    raise NotImplementedError


def write_answer(
    form: Form,
    outputs: Mapping[str, Table],
    schema: ServiceSchema,
    query: Mapping[str, str],
    call: ReadCall,
) -> WrittenAnswer:
    """The answer with the tables that the outputs left, by name."""
    raise NotImplementedError
