"""`make fmt`: brings all sources into shape, and makes generated files anew."""

from __future__ import annotations

import sys

from tools.check import BIN, rooms
from tools.frontend import npm
from tools.generated import make
from tools.say import run

if __name__ == "__main__":
    done = [
        run([BIN / "ruff", "check", "--fix", "--quiet", *rooms()]),
        run([BIN / "ruff", "format", "--quiet", *rooms()]),
        npm("run", "--silent", "format", quiet=True),
        make(),
    ]
    sys.exit(max(done))
