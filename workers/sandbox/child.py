"""One child, one job: maps its inputs, confines itself, and only then touches a byte of the user's."""

from __future__ import annotations

import faulthandler
import os
import socket
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from modules.sdk import progress, secrets
from workers.sandbox import environments, ground, kernel, memory, network, proxied, rehearsal
from workers.sandbox.answer import REFUSED, RESULT, Answer
from workers.sandbox.board import open_in_child
from workers.sandbox.cgroups import Cgroup
from workers.sandbox.channels import Channels, open_channels
from workers.sandbox.confine import Leave, Places, confine
from workers.sandbox.job import SPILLING, Failure, Job
from workers.sandbox.wire import open_letter, receive_request, tell

ENVIRONMENT = {"MPLBACKEND": "Agg", "LANG": "C.UTF-8", "TZ": "UTC", "USER": "studio", "LOGNAME": "studio"}
NICE = 5
"""How far a child stands back where processors are short: the page, and the worker, stay quick."""


def warm() -> None:
    """Imports in the template what a child needs."""
    from modules.wire_types import table_files, table_questions  # noqa: F401
    from workers.sandbox import copies, failures, inputs, outputs, verbs  # noqa: F401
    from workers.sandbox.machine import tell_psutil

    tell_psutil()
    copies.warm()


def wait(base: ground.Ground, door: socket.socket, cgroup: Cgroup | None, rehearse_in: str) -> NoReturn:
    """The whole life of a child: it waits for its job, does it, and ends. `cgroup`: the one that it is in.
    `rehearse_in`: an empty folder."""
    try:
        kernel.die_with_parent()
        os.setsid()
        os.nice(NICE)
        close_all_but(door.fileno())
        if rehearse_in:
            rehearsal.rehearse(rehearse_in)
        request = receive_request(door)
        door.close()
        if request is not None:
            slot, (stdout, stderr, status, letter, board, *ends) = request
            header, payload = open_letter(letter)
            channels = open_channels(header.get("channels", ()), ends)
            said = socket.socket(fileno=status)
            _live(base, slot, cgroup, header, payload, stdout, stderr, said, board, channels)
    finally:
        os._exit(0)


def _live(
    base: ground.Ground,
    slot: int,
    cgroup: Cgroup | None,
    header: dict[str, Any],
    payload: bytes,
    stdout: int,
    stderr: int,
    status: socket.socket,
    board: int,
    channels: Channels,
) -> NoReturn:
    """From the job to its end. Whatever happens, it ends here."""
    code = REFUSED
    try:
        progress.lead_to(open_in_child(board))
        _take_streams(stdout, stderr, status.fileno(), *(one.fileno() for one in channels.values()))
        if "attack" in header:
            from workers.sandbox.attacks import report

            limits = Job(verb="node").limits
            places = confine(base, slot, header["drafts"], header["folder"], {}, limits, 0, Leave())
            Path(places.out, RESULT).write_text(report(header["attack"]))
        else:
            _serve(base, slot, cgroup, header, payload, status, channels)
        code = 0
    except BaseException as error:
        with suppress(BaseException):
            _write_all(2, "".join(traceback.format_exception(error)).encode("utf-8", "backslashreplace"))
        with suppress(BaseException):
            tell(status, {"refused": f"{type(error).__name__}: {error}"})
    finally:
        os._exit(code)


def _serve(
    base: ground.Ground,
    slot: int,
    cgroup: Cgroup | None,
    header: dict[str, Any],
    payload: bytes,
    status: socket.socket,
    channels: Channels,
) -> None:
    from workers.sandbox import inputs, numeric

    job = Job.model_validate_json(payload)
    if cgroup is not None:
        cgroup.bound(job.limits.memory_bytes, job.limits.processes)
    mapped = inputs.map_inputs(job)
    anonymous, resident = memory.resident()
    port = network.open_for(base, status) if job.verb == "build" or job.network else 0
    places = confine(
        base,
        slot,
        header["drafts"],
        header["folder"],
        mapped.files,
        job.limits,
        mapped.size,
        Leave(
            removing=job.verb in SPILLING,
            serving=job.verb == "serve",
            building=job.verb == "build",
            port=port,
            packages=job.environment.folder if job.environment else "",
        ),
    )
    told = {"confined": time.monotonic(), "anonymous": anonymous, "resident": resident}
    tell(status, told, *([places.box] if places.box >= 0 else []))
    status.close()
    if places.box >= 0:
        os.close(places.box)
    _settle(places)
    if job.secrets:
        secrets.give(job.secrets)
    if job.network:
        proxied.enter(port, job.network.word)
    if job.environment:
        environments.enter(job.environment, places.packages)
    if job.verb == "serve" and "copies" in channels:
        _stay(base, job, mapped, places, channels["copies"])
        return
    if "debugger" not in channels:  # a fork takes no threads along
        numeric.use_processors()
    result = _build(job, places, port) if job.verb == "build" else _result(job, mapped, places, channels)
    flush_streams()
    result = result.model_copy(update={"fullest": max(result.fullest, memory.fullest())})
    # It is read only where this process ends well, so that a part of it is no harm.
    Path(places.out, RESULT).write_text(_as_text(result))


def _stay(base: ground.Ground, job: Job, mapped: Any, places: Places, control: socket.socket) -> None:
    """One thread of BLAS: copies are what uses processors, and a fork takes no threads along."""
    from workers.sandbox import copies, inputs

    folders = [places.work, places.temporary, *(["/dev/shm"] if base.tier == "1" else [])]  # noqa: S108
    copies.serve(control, job, inputs.read_inputs(job, mapped, places.files), folders)
    flush_streams()


def _result(job: Job, mapped: Any, places: Places, channels: Channels) -> Answer:
    from workers.sandbox import inputs, outputs, verbs

    outbox = outputs.Outbox(Path(places.out), job)
    started = time.monotonic()
    try:
        values = inputs.read_inputs(job, mapped, places.files)
        read = time.monotonic() - started
        answer = verbs.answer(job, values, places.files, outbox, channels)
        return answer.model_copy(update={"timings": {"reading": read, **answer.timings}})
    except BaseException as error:
        outbox.only_once()
        return _failed(error, job)


def _build(job: Job, places: Places, port: int) -> Answer:
    from workers.sandbox import building

    try:
        return Answer(data=building.build(building.Build.model_validate(job.args), Path(places.out), port))
    except BaseException as error:
        return _failed(error, job)


def _as_text(answer: Answer) -> str:
    try:
        return answer.model_dump_json(exclude_none=bool(answer.outputs))
    except ValueError:
        half = (
            "A name or a text in the result has half a character (a lone surrogate), which no file can hold."
        )
        return Answer(failure=Failure(type="TextRefused", message=half)).model_dump_json()


def _failed(error: BaseException, job: Job) -> Answer:
    from modules.scripting.line_values import lines_told
    from modules.wire_types.stored import TooMuch
    from workers.sandbox import failures, limits

    if isinstance(error, TooMuch):
        return Answer(failure=limits.exceeded(str(error), job.limits))
    failure = failures.with_frames(error, job.limits)
    with suppress(BaseException):
        sys.stderr.flush()
        _write_all(2, failure.traceback.encode("utf-8", "backslashreplace"))
    return Answer(failure=failure, lines=lines_told())


def _take_streams(stdout: int, stderr: int, *keep: int) -> None:
    """Standard streams lead to the parent; every other descriptor of the template's is closed."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    for fd, place in ((nothing, 0), (stdout, 1), (stderr, 2)):
        os.dup2(fd, place)
    close_all_but(*keep)


def close_all_but(*keep: int) -> None:
    start = 3
    for fd in sorted(keep):
        os.closerange(start, fd)
        start = fd + 1
    os.closerange(start, 4096)


def _settle(places: Places) -> None:
    """Makes the process one that has just started in its own folder."""
    import random

    import numpy as np

    path = os.environ["PATH"]
    os.environ.clear()
    os.environ.update(
        ENVIRONMENT, PATH=path, HOME=places.work, TMPDIR=places.temporary, MPLCONFIGDIR=places.temporary
    )
    # joblib would look for them in /sys, which is not there, and warn.
    processors = len(os.sched_getaffinity(0))
    os.environ["LOKY_MAX_CPU_COUNT"] = str(processors)
    if loky := sys.modules.get("joblib.externals.loky.backend.context"):
        vars(loky)["physical_cores_cache"] = processors
    progress.install()
    tempfile.tempdir = None
    sys.argv = [""]
    sys.stdin = sys.__stdin__ = open(0, closefd=False)  # type: ignore[misc] # noqa: SIM115
    sys.stdout = sys.__stdout__ = _stream(1)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _stream(2)  # type: ignore[misc]
    faulthandler.enable(os.dup(2))  # a module may put a pipe on 2 that dies with this process
    random.seed()
    np.random.seed()


def _stream(fd: int) -> Any:
    return open(fd, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)


def flush_streams() -> None:
    """What was printed, and waits in a buffer, goes out."""
    for stream in {id(s): s for s in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__)}.values():
        with suppress(BaseException):
            stream.flush()  # type: ignore[union-attr]
    with suppress(BaseException):
        kernel.libc.fflush(None)


def _write_all(fd: int, data: bytes) -> None:
    while data:
        data = data[os.write(fd, data) :]
