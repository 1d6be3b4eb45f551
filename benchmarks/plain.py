"""Times a plain script in an interpreter of its own: `python -m benchmarks.plain REPEATS < script`."""

from __future__ import annotations

import json
import subprocess
import sys
import time


def seconds(script: str, repeats: int) -> list[float]:
    """How long each call of the script's `work()` took."""
    return [clock for clock, _ in times(script, repeats)]


def times(script: str, repeats: int) -> list[tuple[float, float]]:
    """Of each call of the script's `work()`: seconds by the clock, and of the processor."""
    command = [sys.executable, "-m", "benchmarks.plain", str(repeats)]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=True)
    return [(clock, processor) for clock, processor in json.loads(done.stdout.splitlines()[-1])]


def main(repeats: int) -> None:
    names: dict = {}
    exec(compile(sys.stdin.read(), "plain.py", "exec"), names)
    took = []
    for _ in range(repeats):
        clock, processor = time.perf_counter(), time.process_time()
        names["work"]()
        took.append((time.perf_counter() - clock, time.process_time() - processor))
    print(json.dumps(took))


if __name__ == "__main__":
    main(int(sys.argv[1]))
