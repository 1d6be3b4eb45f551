"""Reads the call of a service's job: its rows become tables in the store, and its datasets are looked up."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

from modules.exchange.problems import CallProblem
from modules.exchange.schema import ServiceInput, ServiceSchema
from modules.wire_types.table import StoredColumn, StoredTable
from studio.artifacts.artifact_use import touch
from studio.artifacts.store import store
from studio.database.pool import give_back
from studio.datasets.lookup import find_dataset
from studio.live.reply import Reply
from studio.redis_client import connection
from studio.services.models import ServiceVersion
from workers.data.sandbox_input import allowed
from workers.sandbox.job import Job
from workers.sandbox.parent import Sandbox

FITTING = {"float": ("float", "integer"), "string": ("string", "categorical"),
           "categorical": ("categorical", "string")}  # fmt: skip
"""Types of a dataset's column that serve for one of another type."""


def read_call(version: str, form: str, body: str, query: Mapping[str, str], sandbox: Sandbox) -> Reply:
    """`{"inputs": {name: artifact}, "parameters": {…}}`; `{"outputs": {…}}` of a call without rows; or
    `{"problem": …}`. `body`: under which name the body lies in Redis."""
    found = ServiceVersion.objects.select_related("service").filter(pk=version).first()
    content: Any = connection().get(body)
    if found is None or content is None:
        return Reply.failed("The service, or the call, is gone. Send the call again.", busy=True)
    schema = found.read().interface
    drafts, arrived = store().new_drafts(), store().new_drafts()
    try:
        file = arrived / "body"
        file.write_bytes(content)
        args = {"form": form, "schema": schema.model_dump(mode="json"), "query": dict(query)}
        give_back()
        outcome = sandbox.run(Job(verb="call", args=args, file=str(file), limits=allowed()), drafts)
        if outcome.failure:
            return Reply.failed(outcome.failure.message)
        if "problem" in outcome.data:
            return Reply(data=outcome.data)
        with store().keeping():
            kept, _ = store().keep_all(outcome.outputs, drafts)
        tables = {name: artifact.pk for name, artifact in kept.items()}
        if outcome.data["empty"]:
            return Reply(data={"outputs": tables})
        for name, dataset in outcome.data["datasets"].items():
            tables[name] = _of_dataset(schema, name, dataset, found.service.owner_id)
        return Reply(data={"inputs": tables, "parameters": outcome.data["parameters"]})
    except CallProblem as problem:
        return Reply(data={"problem": problem.as_json()["error"]})
    finally:
        for folder in (drafts, arrived):
            shutil.rmtree(folder, ignore_errors=True)


def _of_dataset(schema: ServiceSchema, name: str, reference: str, owner_id: int) -> str:
    """The artifact of the dataset's columns that the input knows, in its order; no file is written for it."""
    input = schema.input(name)
    dataset = find_dataset(owner_id, reference)
    manifest = dataset.artifact.read() if dataset and dataset.artifact else None
    if input is None or dataset is None or not isinstance(manifest, StoredTable):
        message = f"There is no dataset {reference[:80]!r} that holds a table and is ready."
        raise CallProblem.one("BadArgument", "InputParseError", name, message)
    assert dataset.artifact
    touch([dataset.artifact])
    columns = _columns(input, manifest, reference)
    if columns == manifest.columns:
        return dataset.artifact.pk
    nothing = store().new_drafts()
    try:
        with store().keeping():
            chosen = manifest.model_copy(update={"columns": columns, "roles": ()})
            return store().keep(chosen, nothing).pk
    finally:
        shutil.rmtree(nothing, ignore_errors=True)


def _columns(input: ServiceInput, manifest: StoredTable, dataset: str) -> tuple[StoredColumn, ...]:
    there = {column.name: column for column in reversed(manifest.columns)}
    for wanted in input.columns:
        column = there.get(wanted.name)
        if column is None and not wanted.optional:
            message = f"The dataset {dataset!r} has no column {wanted.name!r}, which {input.name} needs."
            raise CallProblem.one("BadArgument", "InputParseError", f"{input.name}: {wanted.name}", message)
        if column and not wanted.optional and column.type not in FITTING.get(wanted.type, (wanted.type,)):
            message = (
                f"The column {wanted.name!r} of the dataset {dataset!r} is {column.type}; "
                f"{input.name} takes {wanted.type} there."
            )
            raise CallProblem.one("BadArgument", "InputParseError", f"{input.name}: {wanted.name}", message)
    return tuple(there[wanted.name] for wanted in input.columns if wanted.name in there)
