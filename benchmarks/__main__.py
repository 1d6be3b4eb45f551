"""`make bench`: times and ratios. `make bench ARGS="W1 W5"` runs only these; see OTHERS for the rest."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable

from benchmarks import (
    code,
    large_csv,
    lists,
    looks,
    memory,
    models,
    plain,
    prepare,
    product,
    requests,
    services,
    wide,
    world,
)
from benchmarks.canvas import hand
from benchmarks.canvas import report as canvas
from benchmarks.peers import __main__ as peers
from benchmarks.table import Result, table
from benchmarks.workloads import WORKLOADS
from tests.server import Server

OTHERS: dict[str, Callable[[], int]] = {
    "canvas": canvas.main,
    "code": code.main,
    "csv": large_csv.main,
    "hand": hand.main,
    "lists": lists.main,
    "looks": looks.main,
    "memory": memory.main,
    "models": models.main,
    "peers": peers.main,
    "prepare": prepare.main,
    "requests": requests.main,
    "services": services.main,
    "wide": wide.main,
    "world": world.main,
}


def main(names: list[str]) -> int:
    if len(names) == 1 and names[0] in OTHERS:
        return OTHERS[names[0]]()
    known = {workload.name: workload for workload in WORKLOADS}
    if unknown := set(names) - set(known):
        there = ", ".join([*known, *OTHERS])
        print(f"There is no workload {', '.join(sorted(unknown))}; there are {there}.", file=sys.stderr)
        return 2
    results = []
    with Server() as studio:
        for workload in WORKLOADS:
            if names and workload.name not in names:
                continue
            print(f"{workload.name}: {workload.what} …", flush=True)
            beside = plain.seconds(workload.plain, workload.repeats) if workload.plain else None
            results.append(Result(workload, beside, product.seconds(studio, workload)))
    print(f"\n{os.cpu_count()} cores, Python {platform.python_version()}. Medians (fastest–slowest).")
    print("Studio: from the POST to `finished` on the socket, with database, queue and sandbox.\n")
    print(table(results))
    if not names:
        for name, other in OTHERS.items():
            if name != "lists" and (name != "peers" or peers.installed()):  # lists take ten minutes to fill
                print()
                other()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
