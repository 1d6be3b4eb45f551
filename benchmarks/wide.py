"""Tables of very many columns beside pandas: `make bench ARGS=wide`.

Uploaded over HTTP, read in the sandbox, kept, and looked at. pandas reads the same file and nothing more.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.table import lines
from modules.sdk.width import MOST_COLUMNS
from tests.server import Server

WIDTHS = (20_000, 100_000, MOST_COLUMNS)
TOO_WIDE = 300_000
ROWS = 5
PATIENCE = 600
PLAIN = (
    "import sys, time, pandas; began = time.time(); pandas.read_csv(sys.argv[1]); print(time.time() - began)"
)
HEAD = ("columns", "pandas reads", "upload to ready", "ratio", "dataset", "list", "rows", "summary")


def main() -> int:
    """Prints a row a width: seconds, and the ratio of being ready to what pandas takes to read."""
    found: list[tuple[str, ...]] = [HEAD]
    with tempfile.TemporaryDirectory(prefix="wide-") as folder, Server() as studio:
        studio.http.timeout = PATIENCE
        for columns in WIDTHS:
            file = write(Path(folder) / f"wide{columns}.csv", columns)
            plain = float(subprocess.check_output([sys.executable, "-c", PLAIN, file]))
            ready, dataset = _timed(lambda: _ready(studio, file))  # noqa: B023  called at once
            path = f"datasets/{dataset['id']}"
            asked = [path, "datasets", f"{path}/rows", f"{path}/summary"]
            looks = [_timed(lambda: studio.get(one))[0] for one in asked]  # noqa: B023  called at once
            times = [f"{seconds:.2f} s" for seconds in (plain, ready, *looks)]
            found.append((f"{columns:,}", *times[:2], f"{ready / plain:.1f} ×", *times[2:]))
        file = write(Path(folder) / "too-wide.csv", TOO_WIDE)
        seconds, answer = _timed(lambda: studio.upload(file.name, file.read_bytes()))
    print(lines(found))
    print(f"\n{TOO_WIDE:,} columns: {answer.status_code} after {seconds:.1f} s: {answer.json()['detail']}")
    return 0 if answer.status_code == 422 else 1


def write(file: Path, columns: int) -> Path:
    """A CSV of whole numbers and fractions by turns."""
    numbers = random.Random(1)
    with file.open("w") as target:
        target.write(",".join(f"gene_{at}" for at in range(columns)) + "\n")
        for _ in range(ROWS):
            cells = (numbers.randrange(1000) / (1 + at % 2 * 7) for at in range(columns))
            target.write(",".join(f"{cell:g}" for cell in cells) + "\n")
    return file


def _ready(studio: Server, file: Path) -> dict[str, Any]:
    made = studio.upload(file.name, file.read_bytes())
    assert made.status_code == 201, made.text
    return studio.wait_for_dataset(made.json()["id"], PATIENCE)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.monotonic()
    found = work()
    return time.monotonic() - began, found


if __name__ == "__main__":
    sys.exit(main())
