"""Names that are not defined, imports that nothing uses, and names that NumPy no longer has: by ruff.

It runs as a process of its own, which reads the text and executes nothing.
"""

from __future__ import annotations

import json
import subprocess
from functools import cache
from typing import Any

from ruff import find_ruff_bin

from modules.scripting.finding import Finding, Fix, Replacement

CODES = {
    "F821": "undefined-name",
    "F823": "undefined-name",
    "F401": "unused-import",
    "F632": "is-literal",
    "NPY001": "gone-name",
    "NPY003": "gone-name",
    "NPY201": "gone-name",
}
"""The rules that are asked for, and what their findings are called here."""
CALLED = "azureml_main"
"""It may be imported, and whoever calls it is not in the script."""
PATIENCE = 3.0
"""Seconds; a script of 2,000 lines takes 0.02."""


def check(source: str) -> list[Finding]:
    """What ruff finds in a script that can be parsed; nothing where ruff fails over it or takes too long."""
    command = [*_command(), "-"]
    try:
        done = subprocess.run(command, input=source.encode(), capture_output=True, timeout=PATIENCE)
        found = json.loads(done.stdout) if done.returncode in (0, 1) else []
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return []
    return [_finding(item) for item in found if item["code"] in CODES and CALLED not in item["message"]]


@cache
def _command() -> tuple[str, ...]:
    options = ("--isolated", "--no-cache", "--quiet", "--output-format=json", "--target-version=py311")
    given = ("--select", ",".join(CODES), "--config", 'builtins=["studio"]', "--stdin-filename", "script.py")
    return (find_ruff_bin(), "check", *options, *given)


def _finding(item: dict[str, Any]) -> Finding:
    place, fix = item["location"], item["fix"]
    return Finding(
        place["row"],
        place["column"] - 1,
        CODES[item["code"]],
        item["message"].rstrip(".") + ".",
        Fix(fix["message"].rstrip(".") + ".", tuple(map(_edit, fix["edits"]))) if fix else None,
    )


def _edit(edit: dict[str, Any]) -> Replacement:
    start, end = edit["location"], edit["end_location"]
    return Replacement(
        start["row"], start["column"] - 1, end["row"], end["column"] - 1, edit["content"] or ""
    )
