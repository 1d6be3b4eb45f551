"""Looking at a table of 1,000,000 × 20 over HTTP: `make bench ARGS=looks`."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.large_csv import write
from benchmarks.table import lines, spread
from tests.server import Server

ROWS = 1_000_000
REPEATS = 7
FILTER = json.dumps([{"column": "f0", "op": "gt", "value": 1}])
PAGES: list[tuple[str, dict[str, Any], float]] = [
    ("first page of 100 rows", {}, 0.150),
    ("a page in the middle", {"offset": ROWS // 2}, 0.050),
    ("sorted by a float", {"sort": "f0"}, 0.400),
    ("sorted by a text, descending", {"sort": "-t0"}, 0.400),
    ("a page in the middle of the sorted", {"sort": "f1", "offset": ROWS // 2}, 0.400),
    ("filtered by a float", {"filter": FILTER}, 0.400),
]
SUMMARY = 0.500


def main() -> int:
    """Prints the table; 0 where all that is to be reached is."""
    with tempfile.TemporaryDirectory(prefix="looks-") as folder, Server() as studio:
        file = Path(folder, "looks.csv")
        write(file, ROWS)
        dataset = studio.upload(file.name, file.read_bytes()).json()["id"]
        while studio.get(f"datasets/{dataset}")["state"] == "importing":
            time.sleep(0.05)
        studio.get(f"datasets/{dataset}/rows")  # for warming up
        rows = [
            _row(what, [_seconds(studio, f"datasets/{dataset}/rows", query) for _ in range(REPEATS)], reach)
            for what, query, reach in PAGES
        ]
        first = _seconds(studio, f"datasets/{dataset}/summary", {})
        rows.append(_row("summary and histograms of all 20 columns, made", [first], SUMMARY))
        again = [_seconds(studio, f"datasets/{dataset}/summary", {}) for _ in range(REPEATS)]
        rows.append(_row("the same, kept", again, SUMMARY))
    print(lines([("look at 1,000,000 × 20", "seconds", "reach", ""), *rows]))
    return 0 if all(row[-1] == "✓" for row in rows) else 1


def _seconds(studio: Server, path: str, query: dict[str, Any]) -> float:
    started = time.perf_counter()
    studio.get(path, **query)
    return time.perf_counter() - started


def _row(what: str, times: list[float], reach: float) -> tuple[str, ...]:
    return what, spread(times), f"≤ {reach:.3f} s", "✓" if sorted(times)[len(times) // 2] <= reach else "✗"


if __name__ == "__main__":
    sys.exit(main())
