"""Several commands of `manage.py`, each as typed by itself, in one process that imports the libraries once.

`python -m tests.commands` reads a list of argument lists (JSON) and prints what came of each.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.server import ROOT


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


def manage_all(home: Path, commands: Sequence[Sequence[str]], **environment: str) -> list[Done]:
    """Runs these commands one after the other on a home, with these settings beside it."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.commands"], input=json.dumps(commands), cwd=ROOT, text=True,
        capture_output=True, timeout=120, check=False,
        env={**os.environ, "STUDIO_HOME": str(home), **environment},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return [Done(**done) for done in json.loads(ran.stdout)]


def _manage(arguments: list[str]) -> Done:
    from studio.__main__ import main

    sys.argv = ["manage.py", *arguments]
    out, err, code = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


if __name__ == "__main__":
    print(json.dumps([asdict(_manage(arguments)) for arguments in json.load(sys.stdin)]))
