"""`make bench`: times and ratios. `make bench ARGS="W1 W5"` runs only these, `csv` or `looks` the others."""

from __future__ import annotations

import os
import platform
import sys

from benchmarks import large_csv, looks, plain, product
from benchmarks.table import Result, table
from benchmarks.workloads import WORKLOADS
from tests.server import Server


def main(names: list[str]) -> int:
    if names in (["csv"], ["looks"]):
        return large_csv.main() if names == ["csv"] else looks.main()
    known = {workload.name: workload for workload in WORKLOADS}
    if unknown := set(names) - set(known):
        print(
            f"There is no workload {', '.join(sorted(unknown))}; there are {', '.join(known)}, csv, looks.",
            file=sys.stderr,
        )
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
        print()
        large_csv.main()
        print()
        looks.main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
