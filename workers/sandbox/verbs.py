"""What a child can be asked: run a module, read or preview an upload, show a page, sum up, export."""

from __future__ import annotations

import inspect
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from modules import registry
from modules.files.preview import preview
from modules.files.read import read
from modules.files.reading import Reading
from modules.files.report import Report
from modules.look.look_memory import LookMemory
from modules.sdk.errors import ModuleError
from modules.sdk.values import Value
from modules.wire_types import wire_type
from modules.wire_types.stored import Question
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
        params = spec.read_params(job.args.get("params") or {})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else None
        said = "" if first["type"] == "declared_param" else f"{name or 'A setting'}: "
        raise ModuleError(f"{said}{first['msg']}", param=name) from None
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
    asked = values["table"]
    question = Question(job.verb, job.args, others=values, folder=outbox.folder)
    return wire_type(asked).answer(asked, question)


def answer_questions(job: Job, table: Value, door: socket.socket) -> None:
    """Answers what is asked about the table at the door, until nobody asks any more."""
    kept = LookMemory()

    def answer_one(verb: str, args: dict[str, Any]) -> Answer:
        try:
            question = Question(verb, args, memory=kept)
            return Answer(data=wire_type(table).answer(table, question))
        except Exception as error:
            return Answer(failure=failures.of(error, job.limits))

    questions.serve(door, answer_one)
