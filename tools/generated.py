"""Files that are made from others, and whether they still say the same."""

from __future__ import annotations

import tempfile

from tools.environment import PYTHON
from tools.frontend import npm
from tools.say import ROOT, run, say

# What is generated, and the command of manage.py that prints it with --print.
FROM_MANAGE = {
    "studio/openapi.json": "openapi",
    "docs/modules.md": "modulereference",
    "studio/catalog/examples.json": "moduleexamples",
    "frontend/src/api/formats.gen.ts": "formatlists",
}
TYPES = ROOT / "frontend" / "src" / "api" / "schema.gen.ts"


def make() -> int:
    """Makes them all anew."""
    done = [_manage(command) for command in FROM_MANAGE.values()]
    return max(*done, npm("run", "--silent", "api", quiet=True))


def stale() -> int:
    """Makes them all anew and compares: 1, with the names, where one was out of date."""
    files = [*(ROOT / name for name in FROM_MANAGE), TYPES]
    before = {file: file.read_bytes() if file.exists() else b"" for file in files}
    if make() != 0:
        return 1
    changed = [file for file in files if file.read_bytes() != before[file]]
    for file in changed:
        say(f"{file.relative_to(ROOT)} was out of date; it is made anew now. Commit it.")
    return 1 if changed else 0


def _manage(command: str) -> int:
    with tempfile.TemporaryDirectory() as home:
        return run([PYTHON, "manage.py", command], quiet=True, STUDIO_HOME=home)
