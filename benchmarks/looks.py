"""Looking at a table of 1,000,000 × 20 over HTTP: `make bench ARGS=looks`."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.large_csv import write
from benchmarks.table import lines, spread
from tests.server import Server

ROWS = 1_000_000
REPEATS = 7
MIDDLE = ROWS // 2


class Look(NamedTuple):
    """One kind of question: `queries` are asked one after the other, `reach` is in seconds."""

    what: str
    path: str
    queries: list[dict[str, Any]]
    reach: float


def _each(**query: Any) -> list[dict[str, Any]]:
    return [query] * REPEATS


def _filters() -> list[dict[str, Any]]:
    """Each another one, so that nothing is kept of the one before."""
    return [
        {"filter": json.dumps([{"column": "f0", "op": "gt", "value": 1 + n / 100}])} for n in range(REPEATS)
    ]


TABLE = [
    Look("first page of 100 rows", "rows", _each(), 0.150),
    Look("a page in the middle", "rows", _each(offset=MIDDLE), 0.050),
    Look("sorted by a float", "rows", [{"sort": f"f{n}"} for n in range(REPEATS)], 0.400),
    Look("sorted by a text, descending", "rows", [{"sort": f"-t{n % 3}"} for n in range(REPEATS)], 0.400),
    Look(
        "a page in the middle of a fresh sort",
        "rows",
        [{"sort": f"f{n}", "offset": MIDDLE} for n in range(REPEATS)],
        0.400,
    ),
    Look(
        "scrolling on in it",
        "rows",
        [{"sort": "f6", "offset": MIDDLE + n * 100} for n in range(REPEATS)],
        0.050,
    ),
    Look("filtered by a float", "rows", _filters(), 0.400),
    Look("searched for a text", "rows", [{"search": f"word {n}"} for n in range(REPEATS)], 0.400),
]
VISIBLE = Look(
    "summaries and histograms of the 10 visible columns, made",
    "summary",
    [{"first_column": 0, "columns": 10}, {"first_column": 10, "columns": 10}],
    0.500,
)
ALL = Look("of all 20 columns, made", "summary", [{}], 0.500)
KEPT = Look("the same, kept", "summary", _each(), 0.500)
LEFT = Look("of all 20 columns, filtered by a float", "summary", _filters(), 0.500)
CHARTS = [
    Look(f"chart: {asked['kind']}", "chart", [asked] * REPEATS, 0.500)
    for asked in (
        {"kind": "histogram", "x": "f0"},
        {"kind": "box", "x": "f0", "y": "t1"},
        {"kind": "scatter", "x": "f0", "y": "f1"},
        {"kind": "bar", "x": "t1", "y": "f0", "measure": "mean"},
        {"kind": "line", "x": "day", "y": "f0"},
        {"kind": "cross", "x": "t0", "y": "t1"},
        {"kind": "correlation"},
    )
]


def main() -> int:
    """Prints the table; 0 where all that is to be reached is."""
    with tempfile.TemporaryDirectory(prefix="looks-") as folder, Server() as studio:
        file = Path(folder, "looks.csv")
        write(file, ROWS)
        dataset = studio.upload(file.name, file.read_bytes()).json()["id"]
        while studio.get(f"datasets/{dataset}")["state"] == "importing":
            time.sleep(0.05)
        studio.get(f"datasets/{dataset}/rows")  # for warming up
        artifact = studio.get(f"datasets/{dataset}")["artifact"]
        rows = [_row(studio, artifact, look) for look in (*TABLE, VISIBLE, ALL, KEPT, LEFT, *CHARTS)]
    print(lines([("look at 1,000,000 × 20", "seconds", "reach", ""), *rows]))
    return 0 if all(row[-1] == "✓" for row in rows) else 1


def _row(studio: Server, artifact: str, look: Look) -> tuple[str, ...]:
    times = []
    for query in look.queries:
        started = time.perf_counter()
        studio.get(f"artifacts/{artifact}/{look.path}", **query)
        times.append(time.perf_counter() - started)
    median = sorted(times)[len(times) // 2]
    return look.what, spread(times), f"≤ {look.reach:.3f} s", "✓" if median <= look.reach else "✗"


if __name__ == "__main__":
    sys.exit(main())
