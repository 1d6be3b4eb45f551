"""What a child can be asked: run a module, try one on a sample, read an upload, show a page, export."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from modules.exchange.batch import empty_outputs, read_job
from modules.exchange.problems import CallProblem
from modules.exchange.schema import ServiceSchema
from modules.files.preview import preview
from modules.files.read import read
from modules.files.reading import Reading
from modules.files.report import Report
from modules.look.look_memory import LookMemory
from modules.module_call import call_module, mark_source
from modules.pieces import Cut
from modules.scripting.line_values import lines_told, watch_next
from modules.sdk.values import Bundle, Value
from modules.wire_types import wire_type
from modules.wire_types.stored import Question
from workers.sandbox import failures, memory, questions
from workers.sandbox.answer import Answer
from workers.sandbox.chain import StepFailed
from workers.sandbox.channels import NONE, Channels
from workers.sandbox.inputs import UPLOAD
from workers.sandbox.job import Job
from workers.sandbox.outputs import Outbox
from workers.sandbox.samples import SampleWish, try_on_sample

HELPFUL = 600.0
"""Seconds that a helper for scripts stays without a question: its libraries take a while to read."""


def answer(
    job: Job,
    values: Mapping[str, Value],
    shown: Mapping[str, str],
    outbox: Outbox,
    channels: Channels = NONE,
) -> Answer:
    """Does what the job says. Any exception is the job's failure."""
    started = time.monotonic()
    if job.verb in ("read", "help"):
        answer_questions(job, values, channels["questions"])
        return Answer()
    if job.verb == "mark":
        return Answer(data=mark_source(job.args["module"], job.args.get("params") or {}))
    if job.verb == "console":
        _converse(job, values, channels["console"])
        outbox.only_once()
        return Answer()
    if job.verb in ("node", "import"):
        if job.verb == "node":
            watch_next(bool(job.args.get("watch")) and "debugger" not in channels)
            with _debugged(job, channels, outbox):
                cut = Cut(port, outbox.folder) if (port := job.args.get("pieces")) else None
                made = call_module(job.args["module"], job.args.get("params") or {}, values, cut)
        else:
            made = _import(job, shown, outbox)
        ran, fullest = time.monotonic(), memory.fullest()
        outputs = outbox.store_all(made)
        timings = {"running": ran - started, "writing": time.monotonic() - ran}
        return Answer(outputs=outputs, timings=timings, fullest=fullest, lines=lines_told())
    if job.verb == "call":
        return _call(job, shown, outbox)
    if job.verb == "sample":
        return _sample(job, values, outbox)
    data = _preview(job, shown, outbox) if job.verb == "preview" else _ask(job, values, outbox)
    return Answer(data=data, timings={"running": time.monotonic() - started})


@contextmanager
def _debugged(job: Job, channels: Channels, outbox: Outbox) -> Iterator[None]:
    """While it is entered, whoever is at the other end of the debugger's channel may stop the script."""
    if "debugger" not in channels:
        yield
        return
    from modules.debugging.debugger import debugged

    with debugged(channels["debugger"], job.args["debug"]) as debugger:
        try:
            yield
        finally:
            outbox.pid = debugger.pid


def _converse(job: Job, values: Mapping[str, Value], door: socket.socket) -> None:
    """A console on the node's inputs, until nobody has said anything for a while."""
    from modules.debugging.consoles import open_console

    open_console(job.args["language"], values, door)


def _call(job: Job, shown: Mapping[str, str], outbox: Outbox) -> Answer:
    """What the body of a job's call says; a call that does not fit the service is told as data."""
    schema = ServiceSchema.model_validate(job.args["schema"])
    body = Path(shown[UPLOAD]).read_bytes()
    try:
        read = read_job(job.args["form"], body, schema, job.args["query"])
    except CallProblem as problem:
        return Answer(data={"problem": problem.as_json()["error"]})
    tables = empty_outputs(schema) if read.empty else dict(read.call.inputs)
    said = {"parameters": dict(read.call.parameters), "datasets": dict(read.datasets), "empty": read.empty}
    return Answer(outputs=outbox.store_all(tables), data=said)


def _sample(job: Job, values: Mapping[str, Value], outbox: Outbox) -> Answer:
    """A failure names the node of the sample's plan at which it came up."""
    try:
        data = try_on_sample(SampleWish.model_validate(job.args), values)
        outbox.only_once()
        return Answer(data=data, lines=lines_told())
    except StepFailed as failed:
        cause = failed.__cause__ or failed
        failure = failures.with_frames(cause, job.limits)
        return Answer(failure=failure.model_copy(update={"node": failed.node}), lines=lines_told())


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


def answer_questions(job: Job, values: Mapping[str, Value], door: socket.socket) -> None:
    """Answers what is asked at the door, about the table or about scripts, until nobody asks any more."""
    answer = _about_scripts(values.get("bundle")) if job.verb == "help" else _about_table(values["table"])

    def answer_one(verb: str, args: dict[str, Any]) -> Answer:
        try:
            return Answer(data=answer(verb, args))
        except Exception as error:
            return Answer(failure=failures.of(error, job.limits))

    questions.serve(door, answer_one, HELPFUL if job.verb == "help" else questions.IDLE)


def _about_table(table: Value) -> Callable[[str, dict[str, Any]], Any]:
    kept = LookMemory()
    return lambda verb, args: wire_type(table).answer(table, Question(verb, args, memory=kept))


def _about_scripts(bundle: Value | None) -> Callable[[str, dict[str, Any]], Any]:
    from modules.scripting.helper import Helper

    assert bundle is None or isinstance(bundle, Bundle)
    return Helper(Path.home(), bundle).answer
