"""The processes of a running Studio, for tests that kill them."""

from __future__ import annotations

import time

import psutil

from tests.builders import Exp
from tests.server import Server

SPIN = "def azureml_main():\n    while True: pass"


def family(studio: Server) -> list[psutil.Process]:
    """`up` and all processes below it."""
    top = psutil.Process(studio.process.pid)
    return [top, *top.children(recursive=True)]


def child(studio: Server, part: str) -> psutil.Process:
    """The one whose command line has `part` in it."""
    return next(p for p in family(studio)[1:] if part in " ".join(command(p)))


def command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:  # it ended meanwhile
        return []


def spinning(studio: Server) -> str:
    """A run that never ends by itself, once it is under way.

    Those of earlier tests, which every start takes up again, go first: they would hold all slots.
    """
    for old in studio.get("experiments")["items"]:
        assert studio.http.delete(f"experiments/{old['id']}").status_code == 204
    run = studio.start(studio.create(Exp().script("spin", SPIN))["id"])["id"]
    while (node := studio.get(f"runs/{run}")["nodes"]["spin"])["state"] != "running":
        assert node["state"] == "queued", node
        time.sleep(0.05)
    return run


def left_of(processes: list[psutil.Process], seconds: float = 5) -> list[psutil.Process]:
    """Those that still run after a while."""
    deadline = time.monotonic() + seconds
    while (left := [p for p in processes if runs(p)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
