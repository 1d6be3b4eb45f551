"""The call of a job: as an ordinary one, but an input may name a dataset in place of rows.

{"Inputs": {"input1": {"dataset": "customers"}}, "GlobalParameters": {}}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pydantic_core import to_json

from modules.exchange.answering import empty_table
from modules.exchange.call import Form, ReadCall
from modules.exchange.classic import check_input_names
from modules.exchange.forms import read_call
from modules.exchange.json_body import json_object, object_of, refuse_body
from modules.exchange.schema import ServiceSchema
from modules.sdk.values import Table

DATASET = "dataset"


class ReadJob(NamedTuple):
    """`call`: the rows of inputs that came with them, and the parameters. `datasets`: by input, the name of
    the dataset that it takes. `empty`: no input has rows, so that neither have the outputs."""

    call: ReadCall
    datasets: Mapping[str, str]
    empty: bool


def read_job(form: Form, body: bytes, schema: ServiceSchema, query: Mapping[str, str]) -> ReadJob:
    """CallProblem where the call does not fit the service. Datasets are not looked up here."""
    datasets: dict[str, str] = {}
    if form in ("classic", "records"):
        said = json_object(body) if body.strip() or schema.inputs else {}
        inputs = object_of(said.get("Inputs", said.get("inputs")), "Inputs")
        datasets = {name: _named(name, given) for name, given in inputs.items() if _is_dataset(given)}
    if datasets:
        check_input_names(set(inputs), schema)
        rest = {name: given for name, given in inputs.items() if name not in datasets}
        parameters = said.get("GlobalParameters")
        left = tuple(input for input in schema.inputs if input.name not in datasets)
        schema = schema.model_copy(update={"inputs": left})
        body = to_json({"Inputs": rest, "GlobalParameters": parameters})
    trains = schema.trains
    if trains:
        outputs = tuple(output.model_copy(update={"type": "table"}) for output in schema.outputs)
        schema = schema.model_copy(update={"outputs": outputs})  # for the inputs are read as always
    call = read_call(form, body, schema, query)
    rows = any(len(table) for table in call.inputs.values())
    empty = bool(call.inputs) and not rows and not datasets
    if empty and trains:
        raise refuse_body("No rows came, and a model is not trained on none.")
    return ReadJob(call, datasets, empty)


def empty_outputs(schema: ServiceSchema) -> dict[str, Table]:
    """What each output is if no input has rows."""
    return {output.name: empty_table(output) for output in schema.outputs}


def _is_dataset(given: object) -> bool:
    return isinstance(given, dict) and set(given) == {DATASET}


def _named(input: str, given: dict[str, object]) -> str:
    name = given[DATASET]
    if not isinstance(name, str) or not name:
        raise refuse_body(f"Inputs.{input}.dataset must be the name of a dataset.")
    return name
