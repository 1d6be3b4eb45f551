"""The warm interpreter of a service, inside its sandbox: it makes the steps ready, and forks a copy for each
call.

One copy lives at a time, made before its call has come; what it started ends with it, and the folders are put
back before the next is made. So no call finds anything of another: two that run at once have interpreters of
their own, each in namespaces of its own. What a fork would share is not shared: an interpreter whose scripts
have left threads, open files, shared memory or processes behind answers one call by itself, and ends."""

from __future__ import annotations

import ctypes
import gc
import json
import math
import mmap
import os
import random
import select
import signal
import socket
import time
from array import array
from collections.abc import Mapping
from contextlib import suppress
from itertools import pairwise
from typing import Any, NoReturn

from modules.exchange import forms
from modules.exchange.cells import empty_column
from modules.exchange.plan import ServicePlan
from modules.exchange.problems import CallProblem
from modules.exchange.schema import ServiceColumn, ServiceInput, ServiceSchema
from modules.python_language.execute_python_script import rehearse_script
from modules.sdk import progress
from modules.sdk.values import Table, Value
from workers.sandbox import door as doors
from workers.sandbox import failures, kernel, written_pages
from workers.sandbox.chain import Chain, StepFailed
from workers.sandbox.door import Call, Refusal, Said, say
from workers.sandbox.job import Job, Limits
from workers.sandbox.kept_files import KeptFiles, TooManyFiles
from workers.sandbox.wire import receive_request

TIMES = 16
"""How often the template goes through a call: Python 3.11 looks at a function eight times before it is
quicker."""
ROUNDS = 200
"""How often what a call has started is looked for, and ended, before the interpreter ends instead."""
LESSONS = 3
"""After how many calls it is looked which pages they have written."""


def serve(control: socket.socket, job: Job, values: Mapping[str, Value], folders: list[str]) -> None:
    """Says at `control` that it is ready, or why it cannot be; then waits there for the door of each call.
    `folders`: where calls may write."""
    _leave_board()
    _shut()
    before = Before()
    try:
        chain = Chain(ServicePlan.model_validate(job.args["plan"]), values)
    except BaseException as error:
        say(control, failed=refusal_of(error, job.limits).model_dump())
        return
    gc.collect()
    gc.freeze()
    _shut()
    kept, why = None, before.what_a_fork_would_share(control)
    with suppress(TooManyFiles):
        kept = KeptFiles(folders)
    Interpreter(control, chain, job.limits, before, kept if not why else None).serve()


def warm(times: int = TIMES) -> None:
    """In the template: what our own code and pandas' keep once they were used is there in every child, and
    Python has seen often enough what runs there to run it the quick way. The row is made up, and no thread is
    started by it."""
    columns = tuple(
        ServiceColumn(name=kind, type=kind) for kind in ("integer", "float", "string", "boolean", "datetime")
    )
    schema = ServiceSchema(inputs=(ServiceInput(name="input1", columns=columns),), outputs=())
    for _ in range(times):
        rehearse_call(schema)


def rehearse_call(schema: ServiceSchema) -> None:
    """A call of one row in classic's form, read, gone through as a script does, and answered; the values are
    made up."""
    tables = {}
    for each in schema.inputs:
        table = Table(tuple(empty_column(column, 1) for column in each.columns), 1)
        frame = table.frame()
        frame["rehearsed"] = frame.index * 2.0 + 1
        frame["rehearsed"] = frame["rehearsed"] * 2
        rehearse_script(frame, table)
        tables[each.name] = Table.from_frame(frame.drop(columns="rehearsed"), [table])
    said = {
        name: {"ColumnNames": table.names, "Values": [[None] * len(table.names)]}
        for name, table in tables.items()
    }
    call = forms.read_call("classic", json.dumps({"Inputs": said}).encode(), schema, {})
    forms.write_answer("classic", tables, schema, {}, call)


def _leave_board() -> None:
    """It is memory that a fork would share."""
    board = ctypes.addressof(progress.lead_to(ctypes.c_double(math.nan)))
    kernel.libc.munmap(ctypes.c_void_p(board), ctypes.c_size_t(mmap.PAGESIZE))


def _shut() -> None:
    """Nobody reaches the interpreter's memory: not by /proc, though a copy is the same user."""
    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Before:
    """What the process had before a script ran in it."""

    def __init__(self) -> None:
        self.descriptors = _descriptors()
        self.random, self.numpy = random.getstate(), _numpy_state()

    def what_a_fork_would_share(self, control: socket.socket) -> str:
        """In a word; "" if there is nothing."""
        if not os.path.exists("/proc/self/task"):
            return "unknown"
        if len(os.listdir("/proc/self/task")) > 1:
            return "threads"
        if _descriptors() - self.descriptors:
            return "files"
        if _children():
            return "processes"
        with open("/proc/self/maps") as maps:
            return "memory" if any(" rw-s " in line or " rwxs " in line for line in maps) else ""

    def seed_anew(self, ready: Any) -> None:
        """In a copy: random numbers differ from call to call, unless the script has seeded them. `ready`: the
        state of Python's generator when the interpreter was ready."""
        import numpy as np

        if ready == self.random:
            random.seed()
        else:
            random.setstate(ready)  # Python seeds it in each fork
        if _numpy_state() == self.numpy:
            np.random.seed()


def _numpy_state() -> bytes:
    import numpy as np

    state: Any = np.random.get_state()
    return bytes(state[1].tobytes()) + bytes([state[2] & 0xFF, state[2] >> 8])


def _descriptors() -> set[int]:
    listed: list[str] = []
    with suppress(OSError):
        listed = os.listdir("/proc/self/fd")
    return {int(fd) for fd in listed if _is_open(int(fd))}  # the one that listed them is closed again


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


class Interpreter:
    """Forks copies; without `kept`, it does the one call that comes by itself."""

    def __init__(
        self, control: socket.socket, chain: Chain, limits: Limits, before: Before, kept: KeptFiles | None
    ) -> None:
        self.control, self.chain, self.limits, self.before, self.kept = control, chain, limits, before, kept
        self.random = random.getstate()
        self.poll = select.poll()
        self.poll.register(control, select.POLLIN)
        self.copy, self.pidfd = 0, -1
        self.written, self.lessons = array("Q"), LESSONS

    def serve(self) -> None:
        """Until the worker is gone, or something of a call cannot be put back."""
        say(self.control, ready=True, copies=self.kept is not None)
        while True:
            for fd, _ in self.poll.poll():
                if fd == self.pidfd:
                    self._reap()
                elif not self._next():
                    return

    def _next(self) -> bool:
        request = receive_request(self.control)
        if request is None:
            return False
        resting, (fd,) = request
        with socket.socket(fileno=fd) as door:
            if self.kept is None:
                say(self.control, waiting=True)
                answer_one(door, self.chain, self.limits)
                return False
            self._put_back(self.kept)
            self._fork(door, bool(resting))
        say(self.control, waiting=True)
        return True

    def _put_back(self, kept: KeptFiles) -> None:
        """Nothing of the last call is left after it: an error ends the interpreter, and with it all."""
        self._learn()
        end_all()
        if self.copy:
            self._reap(ended=True)
        kept.restore()

    def _learn(self) -> None:
        """From the copy that has answered, as long as it is there."""
        if self.copy and self.lessons:
            self.lessons -= 1
            self.written = written_pages.learn(self.copy) or self.written

    def _fork(self, door: socket.socket, resting: bool) -> None:
        self.copy = os.fork()
        if self.copy == 0:
            self._be_a_copy(door, resting)
        self.pidfd = os.pidfd_open(self.copy)
        self.poll.register(self.pidfd, select.POLLIN)

    def _reap(self, ended: bool = False) -> None:
        """The copy has ended. `ended`: with all others, and somebody has waited for it."""
        self.poll.unregister(self.pidfd)
        os.close(self.pidfd)
        code = 0
        if not ended:
            with suppress(ChildProcessError):
                code = os.waitstatus_to_exitcode(os.waitpid(self.copy, 0)[1])
            say(self.control, ended=code)
        self.copy, self.pidfd = 0, -1

    def _be_a_copy(self, door: socket.socket, resting: bool) -> NoReturn:
        try:
            os.setsid()
            self.control.close()
            signal.signal(signal.SIGINT, signal.default_int_handler)
            kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 0)
            kernel.die_with_parent()
            kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
            self.before.seed_anew(self.random)
            if not resting:
                written_pages.take(self.written)
            answered = answer_one(door, self.chain, self.limits, ready=bool(self.written))
            while answered and self.lessons:  # the interpreter looks at it, and ends it
                signal.pause()
        finally:
            os._exit(0)


def answer_one(door: socket.socket, chain: Chain, limits: Limits, ready: bool = False) -> bool:
    """The whole of one call; False if none comes. `ready`: there is nothing left to rehearse."""
    from workers.sandbox.child import flush_streams

    own = os.getpid()
    heard = doors.receive_call(door, lambda: None if ready else _rehearse(chain))
    if heard is None:
        return False
    call, body, shared = heard
    said, answer = answer_to(call, body, chain, limits)
    if os.getpid() != own:
        os._exit(0)  # a process that a script forked came back here
    flush_streams()
    with suppress(OSError):
        doors.send_answer(door, said, answer, shared)
    return True


def _rehearse(chain: Chain) -> None:
    """What every call goes through, but for the steps: a fork shares its memory until it writes, and each
    page that is written first costs a fault. A copy takes most of them before its call comes."""
    with suppress(Exception):
        rehearse_call(chain.plan.interface)


def answer_to(call: Call, body: bytes, chain: Chain, limits: Limits) -> tuple[Said, bytes]:
    """The answer to a call, whatever goes wrong in it."""
    times = [time.monotonic()]
    schema = chain.plan.interface
    try:
        read = forms.read_call(call.form, body, schema, call.query)
        times.append(time.monotonic())
        outputs = chain.run(read)
        times.append(time.monotonic())
        written = forms.write_answer(call.form, outputs, schema, call.query, read)
        times.append(time.monotonic())
    except BaseException as error:
        return Said(refusal=refusal_of(error, limits), timings=_timings(times)), b""
    return Said(content_type=written.content_type, timings=_timings(times)), written.body


def _timings(times: list[float]) -> dict[str, float]:
    spent = [end - start for start, end in pairwise(times)]
    return dict(zip(doors.PHASES, spent, strict=False))


def refusal_of(error: BaseException, limits: Limits) -> Refusal:
    """What is said of an exception; its traceback goes to the log."""
    if isinstance(error, CallProblem):
        details = list(error.details[:200])
        return Refusal(code=error.code, message=error.message[:20_000], details=details)
    cause = error.__cause__ if isinstance(error, StepFailed) and error.__cause__ else error
    failure = failures.of(cause, limits)
    with suppress(BaseException):
        os.write(2, failure.traceback.encode("utf-8", "backslashreplace"))
    return Refusal(
        code="MemoryQuotaViolation" if isinstance(cause, MemoryError) else "ModuleExecutionError",
        message=failure.message[:20_000],
        node=error.node[:200] if isinstance(error, StepFailed) else None,
        line=failure.line,
    )


def end_all() -> None:
    """Ends every process that this one, or one of those, has started. OSError where they do not end."""
    for _ in range(ROUNDS):
        children = _children()
        if not children:
            return
        if os.getpid() == 1:  # of a namespace of its own
            with suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
        for pid in children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(-1, 0)
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
    raise OSError("what a call has started does not end")


def _children() -> list[int]:
    with open(f"/proc/self/task/{os.getpid()}/children") as file:
        return [int(pid) for pid in file.read().split()]
