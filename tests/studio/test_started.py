"""A process looks for garbage once it has started."""

from __future__ import annotations

import subprocess
import sys

STARTS = """
import gc, sys
sys.argv = ["manage.py", {command!r}]
import django.core.management
def off(arguments): print(gc.isenabled())
django.core.management.execute_from_command_line = off
from studio.__main__ import main
main()
from studio.supervise.started import started
started()
print(gc.isenabled())
"""


def said(command: str) -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-c", STARTS.format(command=command)], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split()


def test_the_web_and_the_worker_look_for_garbage_once_they_have_started() -> None:
    assert said("serve") == ["False", "True"]


def test_other_commands_look_for_it_from_the_start() -> None:
    assert said("check") == ["True", "True"]
