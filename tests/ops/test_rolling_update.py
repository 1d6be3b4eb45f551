"""An update host by host: the old worker ends what it has and claims nothing more, the new one goes on."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.builders import chain
from tests.server import ROOT, Server

SLOW = "import time\ndef azureml_main(frame):\n    time.sleep(2)\n    frame['x'] += 1\n    return frame,\n"
NAME = "from studio.runs import release; print(release.own())"


def next_release(folder: Path) -> Path:
    """The same sources with a line more."""
    for room in ("modules", "studio", "workers"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", folder)
    with (folder / "workers" / "keys.py").open("a") as source:
        source.write("# the next release\n")
    return folder


def test_old_workers_end_what_they_have_and_new_ones_go_on(tmp_path: Path) -> None:
    folder, home = next_release(tmp_path / "next"), tmp_path / "home"
    with Server(home, STUDIO_WORKERS="2") as studio:
        settings = {**studio.environment, "DJANGO_SETTINGS_MODULE": "studio.settings"}
        python = [sys.executable, "-c", f"import django; django.setup(); {NAME}"]
        name = subprocess.check_output(python, cwd=folder, env=settings, text=True).strip()
        run = studio.start(studio.create(chain(SLOW, SLOW))["id"])["id"]
        while studio.get(f"runs/{run}")["nodes"]["s1"]["state"] != "running":
            time.sleep(0.05)
        with closing(sqlite3.connect(home / "studio.sqlite3", timeout=30)) as database, database:
            database.execute("UPDATE runs_release SET name = ?", [name])  # as its web process does
        line = studio.wait_for_line("so the worker takes no nodes. Update it, and start it again.")
        assert "This worker is release" in line
        while studio.get(f"runs/{run}")["nodes"]["s1"]["state"] == "running":
            time.sleep(0.05)
        states = {id: node["state"] for id, node in studio.get(f"runs/{run}")["nodes"].items()}
        assert states == {"data": "finished", "s1": "finished", "s2": "queued"}
        while not (notes := studio.get("workers")["items"][0]["notes"]):
            time.sleep(0.2)
        assert "so the worker takes no nodes" in notes[0]
        new = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=folder, env=studio.environment)
        try:
            assert studio.wait(run).rows("s2.result_dataset") == [[3], [4], [5]]
        finally:
            new.terminate()
            new.wait(20)
