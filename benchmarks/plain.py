"""Times a plain script in an interpreter of its own: `python -m benchmarks.plain REPEATS < script`."""

from __future__ import annotations

import json
import subprocess
import sys
import time


def seconds(script: str, repeats: int) -> list[float]:
    """How long each call of the script's `work()` took."""
    command = [sys.executable, "-m", "benchmarks.plain", str(repeats)]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main(repeats: int) -> None:
    names: dict = {}
    exec(compile(sys.stdin.read(), "plain.py", "exec"), names)
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        names["work"]()
        times.append(time.perf_counter() - started)
    print(json.dumps(times))


if __name__ == "__main__":
    main(int(sys.argv[1]))
