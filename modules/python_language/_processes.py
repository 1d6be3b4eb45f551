"""Processes that a script starts: they find the script, need no sockets, and do not die unseen.

A forked process has all that the script has. A fresh one (`spawn`, and joblib's) imports what it needs: the
script lies for it in a folder of its own on `sys.path`. Of joblib's, functions and classes of the script
travel whole, as those of a main program do; so its top level is not run again.
"""

from __future__ import annotations

import multiprocessing.connection
import multiprocessing.pool
import multiprocessing.synchronize
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from multiprocessing import context
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import modules
from modules.python_language import _fifo
from modules.python_language._script import NAME

SCRIPT = (
    "from modules.python_language._script import run_in_child\nrun_in_child({text!r}, globals(), {classic})\n"
)
STUDIO = "from modules.sdk.progress import progress\n"
MAIN = "from modules.python_language._processes import stay_mended\nstay_mended()\n"
CLASSIC = "from modules.classic.surroundings import stay_classic\nstay_classic({text!r})\n"


@contextmanager
def processes(text: str, classic: bool = False) -> Iterator[None]:
    """While it is entered, processes that are started can import the script of this text. `classic`: they
    have the libraries of 2014–2018."""
    home, maker = Path(tempfile.mkdtemp(prefix="processes-")), os.getpid()
    (home / f"{NAME}.py").write_text(SCRIPT.format(text=text, classic=classic))
    (home / "studio.py").write_text(STUDIO)
    (home / "modules").symlink_to(modules.__path__[0])  # the folder that it lies in may not be listed
    main = ModuleType("__main__")
    main.__file__ = str(home / "main.py")
    Path(main.__file__).write_text(MAIN + (CLASSIC.format(text=text) if classic else ""))
    sys.path.insert(0, str(home))
    template, sys.modules["__main__"] = sys.modules["__main__"], main
    try:
        with _mended():
            yield
    finally:
        sys.modules["__main__"] = template
        sys.path[:] = [path for path in sys.path if path != str(home)]
        if os.getpid() == maker:  # a process that the script forked may come here too
            shutil.rmtree(home, ignore_errors=True)


_for_good: list[Any] = []


def stay_mended() -> None:
    """In a fresh process that the script started, until its end."""
    _for_good.append(_mended())
    _for_good[0].__enter__()


@contextmanager
def _mended() -> Iterator[None]:
    join = multiprocessing.pool.Pool._join_exited_workers  # type: ignore[attr-defined]
    handle = multiprocessing.pool.Pool._handle_workers  # type: ignore[attr-defined]
    here = threading.local()

    def handle_workers(cache: dict[int, Any], *rest: Any) -> None:
        here.cache = cache
        handle(cache, *rest)

    def join_exited_workers(workers: list[Any]) -> bool:
        before = list(workers)
        joined = bool(join(workers))
        died = [worker.exitcode for worker in before if worker not in workers and worker.exitcode]
        if died and getattr(threading.current_thread(), "_state", None) != multiprocessing.pool.TERMINATE:
            _fail_all(here.cache, died[0])
        return joined

    pool, spawned = multiprocessing.pool.Pool, context.SpawnProcess
    with (
        nullcontext() if _locks_work() else _without_locks(),
        # Python 3.14 forks no more unless it is told to; `set_start_method` can still be called once.
        mock.patch.object(context._default_context, "_default_context", multiprocessing.get_context("fork")),
        mock.patch.object(multiprocessing.connection, "SocketListener", _fifo.FifoListener),
        mock.patch.object(multiprocessing.connection, "SocketClient", _fifo.connect),
        mock.patch.object(context.ForkServerProcess, "_Popen", staticmethod(spawned._Popen)),
        mock.patch.object(pool, "_handle_workers", staticmethod(handle_workers)),
        mock.patch.object(pool, "_join_exited_workers", staticmethod(join_exited_workers)),
    ):
        yield


def _locks_work() -> bool:
    """They lie in /dev/shm, which is private in the first tier of the sandbox and closed in the second."""
    try:
        multiprocessing.get_context("fork").Lock()
    except OSError:
        return False
    return True


@contextmanager
def _without_locks() -> Iterator[None]:
    """Pools and queues say so at once; joblib does its tasks one after the other."""

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(
            "Here a script cannot have locks between processes, so that pools and queues of processes do not "
            "work (the sandbox has its second tier; manage.py doctor says why). Threads do: "
            "concurrent.futures.ThreadPoolExecutor."
        )

    with (
        mock.patch.object(multiprocessing.synchronize.SemLock, "__init__", refuse),
        mock.patch("joblib._parallel_backends.mp", None) if "joblib" in sys.modules else nullcontext(),
    ):
        yield


def _fail_all(cache: dict[int, Any], code: int) -> None:
    """Python's pool waits for ever for a task whose process is gone."""
    for number, job in list(cache.items()):
        error = ChildProcessError(
            f"A process of the pool ended by itself (exit code {code}) before its task was done; the log may "
            "say why."
        )
        job._number_left = 1
        job._set(getattr(job, "_index", 0), (False, error))
        cache.pop(number, None)
