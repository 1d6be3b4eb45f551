"""Why a child that left no result is dead, in one sentence."""

from __future__ import annotations

import signal

from workers.sandbox import limits
from workers.sandbox.answer import REFUSED
from workers.sandbox.job import Failure, Job
from workers.sandbox.watch import Watch

TEMPLATE_DIED = "TemplateDied"
"""No fault of the job: it may be tried again."""

OF_A_SIGNAL = 128
"""A debugged child's first process tells so by which signal the script's ended (`modules.debugging`)."""

SENTENCES = {
    signal.SIGKILL: "was killed (SIGKILL); most likely the machine ran out of memory",
    signal.SIGSEGV: "crashed (SIGSEGV, segmentation fault) in compiled code; the log shows where",
    signal.SIGBUS: "crashed (SIGBUS): the disk may be full, or a file was cut off; the log shows where",
    signal.SIGABRT: "was aborted (SIGABRT) by compiled code; the log may show why",
    signal.SIGFPE: "crashed (SIGFPE) in compiled code, most likely dividing an integer by zero",
    signal.SIGILL: "crashed (SIGILL): a library needs a processor this machine does not have",
    signal.SIGSYS: "killed itself with a signal, or made a system call that no node may make",
}


def explain(watch: Watch, job: Job) -> Failure:
    """The failure of a child that ended without a word."""
    code = watch.ended
    if watch.refused is not None:
        return Failure(
            type="SandboxError",
            message=f"The node could not be isolated, so it was not run: "
            f"{watch.refused}. The command `doctor` says more.",
        )
    if code is None:
        return Failure(
            type=TEMPLATE_DIED,
            message="The sandbox's template process died while this ran. "
            "It is started again by itself; try once more.",
        )
    if code == REFUSED:
        return Failure(
            type="ResultLost",
            message="The node's result could not be written: the script has most likely changed something in "
            "Python's own library that this needs. The log shows where.",
        )
    if "debug" in job.args and code > OF_A_SIGNAL:
        code = OF_A_SIGNAL - code
    if code >= 0:
        return Failure(
            type="ProcessEnded",
            message=f"The node's process ended by itself (exit code {code}) before "
            "it returned anything. A script must not call os._exit.",
        )
    if -code in (signal.SIGKILL, signal.SIGXCPU) and watch.cpu >= job.limits.cpu_seconds - 1:
        return limits.exceeded("cpu_seconds", job.limits)
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    if job.verb in ("import", "preview"):
        return Failure(
            type="ProcessCrashed",
            message=f"{job.args['name']} cannot be read as {job.args['type']}: the process that read it "
            f"crashed ({name}). The file may be damaged, be nested too deeply, or have a cell far away from "
            "all others. "
            "Choose another type, or save it again where it comes from.",
        )
    return Failure(
        type="ProcessCrashed",
        message=f"The node's process {SENTENCES.get(signal.Signals(-code), f'was ended by {name}')}.",
    )
