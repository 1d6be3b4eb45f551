"""`make bench ARGS=peers`: the workloads in Luigi, Kedro, Prefect and Dagster, each a fresh process.

They are installed into `.venv-peers` at the first call, which takes some minutes and is needed for nothing
else; from then on `make bench` runs them too. Their imports count, as whoever types the command waits
for them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.table import lines, spread

HERE = Path(__file__).parent
ENVIRONMENT = HERE.parent.parent / ".venv-peers"
PACKAGES = [
    "luigi==3.8.1",
    "kedro==1.7.0",
    "prefect==3.4.25",
    "fastapi==0.115.14",  # a later one has lost what Prefect calls
    "dagster==1.13.28",
    "pandas",
    "pyarrow",
]
PEERS = ["luigi", "kedro", "prefect", "dagster"]
WORKLOADS = ["W1", "W2", "W3"]
REPEATS = 3
QUIET = {
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


def installed() -> bool:
    return (ENVIRONMENT / "ready").exists()


def python() -> str:
    """The peers' own interpreter, set up where it is missing."""
    program = ENVIRONMENT / "bin" / "python"
    if not installed():
        print(f"Installing {', '.join(PEERS)} …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        subprocess.run([program, "-m", "pip", "install", "-q", *PACKAGES], check=True)
        (ENVIRONMENT / "ready").touch()
    return str(program)


def main() -> int:
    """Prints the table. A peer that fails is said to, with the last line of its words."""
    program = python()
    rows = [(peer, *(_cell(program, peer, workload) for workload in WORKLOADS)) for peer in PEERS]
    print(lines([("peer", *WORKLOADS), *rows]))
    return 0


def _cell(program: str, peer: str, workload: str) -> str:
    times = []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory(prefix="peers-") as folder:
            subprocess.run([program, "steps.py", workload, folder], cwd=HERE, check=True)
            started = time.perf_counter()
            done = subprocess.run(
                [program, f"{peer}_run.py", workload, folder],
                cwd=HERE,
                env={**os.environ, **QUIET, "HOME": folder},
                capture_output=True,
                text=True,
                check=False,
            )
            times.append(time.perf_counter() - started)
            last = "join" if workload == "W3" else "s19" if workload == "W1" else "s4"
            if done.returncode or not Path(folder, f"{last}.feather").exists():
                return "failed: " + (done.stderr.strip().splitlines() or ["no word"])[-1][:80]
    return spread(times)


if __name__ == "__main__":
    sys.exit(main())
