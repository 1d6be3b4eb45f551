"""The sandbox as a worker uses it: start, run jobs (several at once), close."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from modules.wire_types.stored import Refused, TooMuch
from workers.sandbox import deaths, delegation, limits, trust
from workers.sandbox.branch import wants_r
from workers.sandbox.cgroups import Cgroups
from workers.sandbox.channels import NONE, Channels
from workers.sandbox.disk import FULL
from workers.sandbox.ground import Tier
from workers.sandbox.job import Failure, Job, Outcome
from workers.sandbox.link import Link, TemplateError, working_folder
from workers.sandbox.logs import Log
from workers.sandbox.selftest import Report, probe
from workers.sandbox.standstill import Standstill
from workers.sandbox.templates import Templates
from workers.sandbox.warm_child import WarmChild
from workers.sandbox.watch import Lead, OnProgress, Watch


class Sandbox:
    """`home`: the state folder, for a lock-free corner of its own. `tier`: "auto" lets the self-test choose,
    "off" isolates nothing, "1" and "2" insist. `reserve`: bytes of disk that stay free. `cgroups`: where each
    child gets one of its own, or NotDelegated. All methods may be called from any thread."""

    def __init__(
        self,
        home: Path,
        tier: str = "auto",
        reserve: int = 0,
        cgroups: Callable[[], Cgroups] = delegation.get,
    ) -> None:
        self.home, self.wanted, self.reserve, self._cgroups = home, tier, reserve, cgroups
        self._report: Report | None = None
        self._templates = Templates(home, self._delegated)
        self._testing = threading.Lock()

    @property
    def report(self) -> Report:
        """What the self-test found; made at the first question."""
        with self._testing:
            if self._report is None:
                self._report = probe(self.home, self.wanted)
            return self._report

    @property
    def tier(self) -> Tier | None:
        """The tier user code runs in; None where it does not run at all."""
        return self.report.tier

    @property
    def link(self) -> Link | None:
        """Base's template, if it is started."""
        return self._templates.started

    def start(self) -> None:
        """Starts the template now, so that the first job need not wait for its imports."""
        if self.tier is not None:
            self._templates.base(self.tier)

    def close(self) -> None:
        """Ends the templates and with them every child."""
        self._templates.close()

    def run(
        self,
        job: Job,
        drafts: Path,
        cancelled: threading.Event | None = None,
        log: Log | None = None,
        on_progress: OnProgress | None = None,
        channels: Channels = NONE,
        lead: Lead | None = None,
        still: Standstill | None = None,
    ) -> Outcome:
        """Runs a job in a child of its own and waits for it. Whatever goes wrong there is a Failure.

        `drafts` is an existing empty folder; afterwards it holds exactly the files the outcome names.
        `log` gets what is printed as it comes, and `on_progress` how far the node says it is (0 to 1, four
        times a second at most), both from this thread. `channels`: the job's ends of those that it has.
        `lead`: what takes the connections of a job that has a way out.
        """
        if self.tier is None:
            return Outcome(drafts, failure=Failure(type="SandboxError", message=self.report.refusal))
        log = log or Log(0)
        folder = working_folder(self.tier)
        watch = Watch(
            job,
            drafts,
            folder,
            log,
            cancelled or threading.Event(),
            on_progress,
            channels,
            self.reserve,
            lead,
            still,
        )
        try:
            self._ask(watch, job)
        except TemplateError as error:
            message = f"The sandbox could not be started: {error}. The command `doctor` says more."
            return Outcome(drafts, failure=Failure(type="SandboxError", message=message))
        finally:
            log.close()
            if folder:
                shutil.rmtree(folder, ignore_errors=True)
        return _judge(watch, job, drafts)

    def begin(
        self,
        job: Job,
        drafts: Path,
        cancelled: threading.Event,
        log: Log,
        on_progress: OnProgress,
        channels: Channels = NONE,
        lead: Lead | None = None,
        still: Standstill | None = None,
    ) -> UnderWay:
        """As `run`, watched by a thread: whoever begins a job does something else meanwhile."""
        return UnderWay(lambda: self.run(job, drafts, cancelled, log, on_progress, channels, lead, still))

    @contextmanager
    def warm(self, job: Job, drafts: Path) -> Iterator[WarmChild]:
        """The interpreter of a service (verb "serve"), started; it ends with this. Look at what `failed` in
        it. TemplateError where the sandbox cannot be started. `drafts` is an existing empty folder, and stays
        so."""
        if self.tier is None:
            raise TemplateError(self.report.refusal)
        folder = working_folder(self.tier)
        try:
            with self._borrowed(job) as link:
                child = WarmChild(job, drafts, folder, self.reserve)
                try:
                    child.start(link, job.model_dump_json().encode())
                    yield child
                finally:
                    child.close()
        finally:
            if folder:
                shutil.rmtree(folder, ignore_errors=True)

    def _ask(self, watch: Watch, job: Job) -> None:
        payload = job.model_dump_json().encode()
        for attempt in (1, 2):
            try:
                with self._borrowed(job) as link:
                    watch.run(link, payload)
            except TemplateError:
                if attempt == 2:
                    raise
                continue
            if watch.forked or watch.ended is not None or watch.refused or watch.reason:
                return  # otherwise the template died before it took the job

    @contextmanager
    def _borrowed(self, job: Job) -> Iterator[Link]:
        assert self.tier is not None
        link = self._templates.borrow(self.tier, job.environment, wants_r(job))
        try:
            yield link
        finally:
            self._templates.give_back(link)

    def _delegated(self) -> Cgroups | None:
        if self.tier == "off":
            return None
        try:
            return self._cgroups()
        except delegation.NotDelegated:
            return None


class UnderWay:
    """A job that a thread watches."""

    def __init__(self, run: Callable[[], Outcome]) -> None:
        self._run = run
        self._outcome: Outcome | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._watch, name="child", daemon=True)
        self._thread.start()

    def wait(self) -> Outcome:
        """What came of it, once it has ended. Raises what its thread raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._outcome is not None
        return self._outcome

    def _watch(self) -> None:
        try:
            self._outcome = self._run()
        except BaseException as error:
            self._error = error


def _judge(watch: Watch, job: Job, drafts: Path) -> Outcome:
    """What came of it, once nothing of the child is left running."""
    started = time.monotonic()
    outcome = Outcome(drafts, peak_bytes=max(watch.peak, watch.grown), timings={"forking": watch.forking})
    keep: set[str] = set()
    if watch.reason == "cancelled":
        outcome.cancelled = True
    elif watch.reason == FULL:
        outcome.failure = limits.disk_full(watch.disk.reserve)
    elif watch.reason is not None:
        outcome.failure = limits.exceeded(watch.reason, job.limits)
    else:
        try:
            answer = trust.read_answer(drafts, job) if watch.ended == 0 else None
            if answer is None:
                outcome.failure = deaths.explain(watch, job)
            else:
                outcome.timings |= answer.timings
                if answer.fullest:
                    # What else it has grown by are pages of the template and of its inputs.
                    own = min(answer.fullest - watch.anonymous, watch.grown)
                    outcome.peak_bytes = max(watch.peak, own)
                outcome.failure, outcome.lines = answer.failure, answer.lines
                if answer.failure is None:
                    keep = trust.check_answer(answer, job, drafts)
                    outcome.outputs, outcome.data = answer.outputs, answer.data
        except TooMuch as error:
            outcome.failure = limits.exceeded(str(error), job.limits)
        except Refused as error:
            outcome.failure = Failure(type="ResultRefused", message=str(error))
    if job.verb != "build":
        trust.clear(drafts, keep)
    outcome.timings["checking"] = time.monotonic() - started
    return outcome
