"""`manage.py up`: everything on this machine. Redis, web and worker as children, watched.

Neither Django nor a library is imported here: the children, who need both, start half a second sooner so.
"""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from studio import config
from studio.samples import MARK
from studio.supervise.child import Child
from studio.supervise.door import link, open_door, page_answers, samples_are_read
from studio.supervise.health import forget_beats, worker_beats
from studio.supervise.printer import Printer
from studio.supervise.redis_server import redis_answers, redis_child, redis_program
from studio.supervise.supervisor import GivenUp, Supervisor

PATIENCE = 180
"""Seconds until the page and the worker must answer; a slow disk takes some to read the libraries."""


def main() -> int:
    """The exit code: 0 once it has been stopped; 1, with one sentence, where it cannot go on."""
    try:
        config.check()
        with only_one():
            up()
    except (GivenUp, config.SettingError) as reason:
        print(reason, file=sys.stderr, flush=True)
        return 1
    return 0


def up() -> None:
    """Starts everything, says when it is ready, and returns when it has been stopped."""
    door = open_door()
    printer = Printer()
    os.environ.setdefault("STUDIO_STOP_SECONDS", "1")  # whoever pressed Ctrl-C waits for it
    supervisor = Supervisor(printer, patience=2.0 + config.stop_seconds())
    try:
        _start_redis(supervisor)
        config.secret_key(), config.owner_token()  # made here: children would make one each
        new = not (config.home() / MARK).exists()
        serve = config.command("serve", "--prepare", "--fd", str(door.fileno()))
        supervisor.start(Child("web", serve, fds=(door.fileno(),)))
        forget_beats()
        supervisor.start(Child("worker", config.command("worker")))
        if supervisor.wait_for(
            lambda: page_answers(door) and worker_beats(),
            PATIENCE,
            f"The page and the worker did not answer within {PATIENCE} seconds. The lines above may say why.",
        ):
            if new:
                supervisor.wait_for(
                    lambda: samples_are_read(door), PATIENCE, "The samples could not be read in time."
                )
            printer.plain(f"Studio is ready at {link(door, config.owner_token())}")
        supervisor.watch()
        printer.line("studio", "stopping …")
    finally:
        supervisor.stop()
        printer.close()


def _start_redis(supervisor: Supervisor) -> None:
    if os.environ.get("REDIS_URL"):
        supervisor.wait_for(redis_answers, 15, "The Redis that REDIS_URL names does not answer.")
        return
    program = redis_program()
    if program is None:
        raise GivenUp(
            "There is no redis-server here. Install one (Debian: apt install redis-server), or set REDIS_URL."
        )
    supervisor.start(redis_child(program))
    supervisor.wait_for(
        redis_answers, 15, "Redis did not start within 15 seconds. The lines above may say why."
    )


@contextmanager
def only_one() -> Iterator[None]:
    """Holds the home: two `up`s on one would give each other's work away."""
    path = config.home() / "up.lock"
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise GivenUp(
                f"Studio is running on {config.home()} already (process {lock.read().strip() or 'unknown'}). "
                "Stop it first, or give this one a STUDIO_HOME of its own."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
