"""What a child can be asked: run a module, read or preview an upload, show a page, sum up, export."""

from __future__ import annotations

import inspect
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from modules import look, registry
from modules.files.preview import preview
from modules.files.read import read
from modules.files.reading import Reading
from modules.files.report import Report
from modules.look.kept import Kept
from modules.sdk.errors import ModuleError
from modules.sdk.values import Bundle, Device, Model, Table, Value
from workers.sandbox import failures, memory, questions
from workers.sandbox.answer import Answer
from workers.sandbox.inputs import UPLOAD
from workers.sandbox.job import Job
from workers.sandbox.outputs import Outbox


def answer(job: Job, values: Mapping[str, Value], shown: Mapping[str, str], outbox: Outbox) -> Answer:
    """Does what the job says. Any exception is the job's failure."""
    started = time.monotonic()
    if job.verb in ("node", "import"):
        made = _node(job, values) if job.verb == "node" else _import(job, shown, outbox)
        ran, fullest = time.monotonic(), memory.fullest()
        outputs = outbox.store_all(made)
        timings = {"running": ran - started, "writing": time.monotonic() - ran}
        return Answer(outputs=outputs, timings=timings, fullest=fullest)
    data = _preview(job, shown, outbox) if job.verb == "preview" else _ask(job, values, outbox)
    return Answer(data=data, timings={"running": time.monotonic() - started})


def _node(job: Job, values: Mapping[str, Value]) -> dict[str, Value | None]:
    slug = job.args["module"]
    spec = registry.find(slug)
    if spec is None:
        raise ModuleError(f"There is no module {slug} in this version of Studio.")
    try:
        params = spec.params_class.model_validate(job.args.get("params") or {})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else None
        raise ModuleError(f"{name or 'A setting'}: {first['msg']}", param=name) from None
    arguments: dict[str, Any] = {port.name: values.get(port.name) for port in spec.inputs}
    missing = [port.label for port in spec.inputs if not port.optional and arguments[port.name] is None]
    if missing:
        raise ModuleError(f"Nothing is connected to {missing[0]}. Draw a wire to it.")
    if "params" in inspect.signature(spec.function).parameters:
        arguments["params"] = params
    results = spec.function(**arguments)
    return dict(zip((port.name for port in spec.outputs), results, strict=True))


def _import(job: Job, shown: Mapping[str, str], outbox: Outbox) -> dict[str, Value | None]:
    report = Report()
    value = read(*_upload(job, shown, outbox), report=report)
    return {"dataset": value, "rejects": report.table() if report.rejects else None}


def _preview(job: Job, shown: Mapping[str, str], outbox: Outbox) -> dict[str, Any]:
    return preview(*_upload(job, shown, outbox))


def _upload(job: Job, shown: Mapping[str, str], outbox: Outbox) -> tuple[str, Path, str, Path, Reading]:
    said = Reading.model_validate(job.args.get("reading") or {})
    return job.args["type"], Path(shown[UPLOAD]), job.args.get("name", ""), outbox.folder, said


def _ask(job: Job, values: Mapping[str, Value], outbox: Outbox) -> Any:
    args, shown = job.args, values["table"]
    match job.verb, shown:
        case "file", Bundle():
            return look.bundle_file(shown, args["name"])
        case "files", Bundle():
            return look.bundle_files(shown)
        case "model", Model():
            return look.model_facts(shown)
        case "thumbnail", Device():
            return look.thumbnail(shown)
        case "compare", Table():
            other = values["other"]
            if not isinstance(other, Table):
                raise ModuleError(f"The other is a {other.type}, not a table.")
            return look.compare(shown, other, args)
        case _, Table():
            return _ask_table(job, shown, outbox)
    raise ModuleError(f"This is a {shown.type}; that cannot be asked of it.")


def answer_questions(job: Job, table: Value, door: socket.socket) -> None:
    """Answers what is asked about the table at the door, until nobody asks any more."""
    kept = Kept()

    def answer_one(verb: str, args: dict[str, Any]) -> Answer:
        try:
            if not isinstance(table, Table):
                raise ModuleError(f"This is a {table.type}; that cannot be asked of it.")
            return Answer(data=_look(verb, args, table, kept))
        except Exception as error:
            return Answer(failure=failures.of(error, job.limits))

    questions.serve(door, answer_one)


def _ask_table(job: Job, table: Table, outbox: Outbox) -> Any:
    if job.verb != "export":
        return _look(job.verb, job.args, table)
    name = f"export.{job.args['format']}"
    look.export(table, job.args["format"], outbox.folder / name)
    return {"file": name}


def _look(verb: str, args: Mapping[str, Any], table: Table, kept: Kept | None = None) -> Any:
    if verb == "page":
        return look.page(
            table,
            args.get("offset", 0),
            args.get("limit", 100),
            args.get("sort"),
            args.get("filter"),
            args.get("search"),
            args.get("columns"),
            args.get("longest", look.LONGEST),
            kept,
            args.get("descending"),
        )
    if verb == "summary":
        return look.summary(table, args.get("columns"), args.get("filter"), args.get("search"), kept)
    return look.chart(table, args)
