"""Watches one child from request to end: passes its output on, holds it to its limits, kills it."""

from __future__ import annotations

import os
import selectors
import signal
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from workers.sandbox import usage
from workers.sandbox.board import Board
from workers.sandbox.cgroups import Cgroup, Cgroups
from workers.sandbox.channels import NONE, Channels, descriptors
from workers.sandbox.disk import Disk
from workers.sandbox.job import SPILLING, Job
from workers.sandbox.link import Link
from workers.sandbox.logs import Log, Stream
from workers.sandbox.standstill import Standstill
from workers.sandbox.wire import hear, seal_letter

OnProgress = Callable[[float], None]
Lead = Callable[[socket.socket], None]
"""Takes connections of a child from the socket that it made for them."""

TICK, LOOK, LONGEST = 0.05, 0.1, 0.5
LAST_WORDS = 1.0  # seconds to wait for a pipe's end after the child's


class Watch:
    """After `run`: `reason` is "cancelled", FULL (the disk) or the limit the child was killed for, if it was;
    `ended` its exit code (negative: a signal) or None if the template died; `refused` why it never began.
    `peak`: bytes, the most that was seen at once; `grown`: by how much more memory lay in the process at its
    fullest than when it began, pages of files included; `anonymous`: those that were its own then."""

    def __init__(
        self,
        job: Job,
        drafts: Path,
        folder: str,
        log: Log,
        cancelled: threading.Event,
        on_progress: OnProgress | None = None,
        channels: Channels = NONE,
        reserve: int = 0,
        lead: Lead | None = None,
        still: Standstill | None = None,
    ) -> None:
        self.on_progress, self.channels, self._lead = on_progress, channels, lead
        self._still = still or Standstill()
        self.job, self.drafts, self.folder, self.log, self.cancelled = job, drafts, folder, log, cancelled
        self.disk = Disk(drafts, folder, job.limits, reserve)
        # What reads large files keeps a part of them in unnamed files; the disk's reserve bounds these.
        self._devices = self.disk.devices if job.verb not in SPILLING else frozenset()
        self._times = _Times()
        self.reason: str | None = None
        self.refused: str | None = None
        self.ended: int | None = None
        self.forked = False
        self.peak = self.grown = 0
        self.cpu = 0.0
        self.forking = 0.0
        self._pidfd = self._box = -1
        self._pid = 0
        self.anonymous = 0
        self._resident = 0
        self._killed = self._told = False
        self._cgroup: Cgroup | None = None
        self._kills_before, self._cpu_before = 0, 0.0

    def run(self, link: Link, payload: bytes) -> None:
        """TemplateError where the request could not be made; then nothing has happened yet."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        board = Board()
        letter, ends = self._write_letter(payload)
        pipes = [os.pipe2(os.O_CLOEXEC), os.pipe2(os.O_CLOEXEC)]
        self._start = self._looked = time.monotonic()
        self._over = float("inf")
        streams: dict[int, Stream] = {pipes[0][0]: "stdout", pipes[1][0]: "stderr"}
        try:
            with theirs:
                try:
                    link.send([pipes[0][1], pipes[1][1], theirs.fileno(), letter, board.fd, *ends])
                finally:
                    os.close(letter)
                    for _, sink in pipes:
                        os.close(sink)
            self._follow(ours, streams, board, link.cgroups)
        finally:
            self._still.end()
            board.close()
            for fd in (*streams, self._pidfd, self._box):
                if fd >= 0:
                    os.close(fd)
            ours.close()

    def _write_letter(self, payload: bytes) -> tuple[int, list[int]]:
        """A descriptor of the job's letter, and those of its channels."""
        names, ends = descriptors(self.channels)
        header = {"drafts": str(self.drafts), "folder": self.folder, "channels": names}
        return seal_letter(header, payload), ends

    def _follow(
        self, status: socket.socket, streams: dict[int, Stream], board: Board, cgroups: Cgroups | None
    ) -> None:
        with selectors.DefaultSelector() as selector:
            for fd in (status.fileno(), *streams):
                selector.register(fd, selectors.EVENT_READ)
            while selector.get_map():
                for key, _ in selector.select(min(TICK, self.disk.patience())):
                    if key.fd == status.fileno():
                        if not self._hear(status, cgroups):
                            selector.unregister(key.fd)
                            self._over = min(self._over, time.monotonic())
                    elif not self._read(key.fd, streams[key.fd]):
                        selector.unregister(key.fd)
                now = time.monotonic()
                if now - self._over > LAST_WORDS:
                    return  # somebody without a namespace of ours holds the pipe
                if self._over == float("inf"):
                    self._hold(now)
                    if self.on_progress and (said := board.look(now)) is not None:
                        self.on_progress(said)

    def _read(self, fd: int, stream: Stream) -> bool:
        data = os.read(fd, 1 << 16)
        if data:
            self.log.add(stream, data)
        return bool(data)

    def _hear(self, status: socket.socket, cgroups: Cgroups | None) -> bool:
        """Takes a message in; False at the end. Template and child speak before a byte of the user's is
        touched, and the child's end is closed then; still, each thing can be said once only."""
        try:
            heard = hear(status)
        except OSError:
            return False
        if heard is None:
            return False
        message, fds = heard
        match message:
            case {"forked": float(), "cgroup": int(number)} if not self.forked and len(fds) == 1:
                self.forked = True
                if cgroups is not None and number >= 0:
                    self._cgroup = cgroups.cgroup(number)
                    self._kills_before = self._cgroup.kills()
                    self._cpu_before = self._cgroup.cpu_seconds()
                self._pidfd = fds.pop()
                self._pid = usage.pid_of(self._pidfd)
                self._still.begin(self._pidfd)
            case {"confined": float(when), "anonymous": int(shared), "resident": int(resident)} if (
                not self._told
            ):
                self._told = True
                self.forking = when - self._start
                self.anonymous, self._resident = shared, resident
                self._box = fds.pop() if fds else -1
            case {"listening": int()} if not self._told and self._lead and fds:
                lead, self._lead = self._lead, None
                lead(socket.socket(fileno=fds.pop()))
            case {"refused": str(why)} if not self._told and self.refused is None:
                self.refused = why
            case {"ended": int(code), "cpu": float(cpu), "rss": int(most)} if self.ended is None:
                self.ended = code
                self.cpu = max(self.cpu, cpu)
                self.grown = max(0, most - self._resident) if self._resident else 0
                self._over = time.monotonic()
                if self.reason is None and self._ran_out_of_memory():
                    self.reason = "memory_bytes"
        for fd in fds:
            os.close(fd)
        return True

    def _hold(self, now: float) -> None:
        """Kills the child where it must end."""
        if self.reason is None:
            if self.cancelled.is_set():
                self.reason = "cancelled"
            elif now - self._start > self.job.limits.wall_seconds:
                self.reason = "wall_seconds"
            elif now > self._looked and (now - self._looked > LOOK or self.disk.due()):
                urgent = self.disk.due()
                self.reason = self._look()
                spent = time.monotonic() - now
                # Never more than a tenth of the time, or half; no child makes itself unseen for long either.
                self._looked = now + min((2 if urgent else 10) * spent, LONGEST)
        if self.reason is not None and self._pidfd >= 0 and not self._killed:
            self._killed = True
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def _look(self) -> str | None:
        limits = self.job.limits
        if self._pid <= 0:
            return None
        now = usage.of_tree(self._pid, self.anonymous, self._devices, maps=bool(self.folder))
        kept = self._tmpfs()
        memory = now.memory + kept
        if memory > limits.memory_bytes and now.processes > 1:
            exact = usage.exact_memory(self._pid)
            memory = exact + now.kernel + kept if exact is not None else memory
        self.peak, self.cpu = max(self.peak, memory), max(self.cpu, now.cpu, self._times.add(now.own))
        if self._cgroup:
            self.cpu = max(self.cpu, self._cgroup.cpu_seconds() - self._cpu_before)
        checks = {
            "memory_bytes": memory > limits.memory_bytes or self._ran_out_of_memory(),
            "cpu_seconds": self.cpu > limits.cpu_seconds,
            "processes": now.processes > limits.processes,
            "locks": now.locks > limits.locks,
        }
        return next((limit for limit, passed in checks.items() if passed), None) or self.disk.look(
            now.unnamed
        )

    def _ran_out_of_memory(self) -> bool:
        """Whether the kernel has ended one of its processes for that."""
        return self._cgroup is not None and self._cgroup.kills() > self._kills_before

    def _tmpfs(self) -> int:
        if self._box < 0:
            return 0
        box = os.fstatvfs(self._box)
        return (box.f_blocks - box.f_bfree) * box.f_frsize


class _Times:
    """Processor seconds of all processes that were ever seen. One that is gone counts as seen last: where
    nobody waits for it, the kernel adds its time to nobody's."""

    def __init__(self) -> None:
        self._gone = 0.0
        self._last: dict[tuple[int, int], float] = {}

    def add(self, now: Mapping[tuple[int, int], float]) -> float:
        """The sum, with what each living process used until now."""
        self._gone += sum(seconds for process, seconds in self._last.items() if process not in now)
        self._last = dict(now)
        return self._gone + sum(now.values())
