"""`make test`: every test. Front-end units first, since they are quick, then Python's of all levels.

Arguments go to pytest: `make test ARGS="tests/studio -x"` runs only those, without the front end.
"""

from __future__ import annotations

import sys
import time

from tools.environment import PYTHON
from tools.frontend import npm
from tools.say import run, say


def main(arguments: list[str]) -> int:
    started = time.monotonic()
    front = 0 if arguments else npm("run", "--silent", "test")
    python = run(
        [PYTHON, "-m", "pytest", "--durations=8", *(arguments or ["modules", "studio", "workers", "tests"])]
    )
    say(f"All tests together took {time.monotonic() - started:.0f} s.")
    if front:
        say("The front end's unit tests failed: see above.")
    return python or front


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
