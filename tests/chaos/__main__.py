"""The command: see the package."""

from __future__ import annotations

import argparse
import sys
import time

from tests import chaos
from tests.chaos.playing import play
from tests.chaos.troubles import TROUBLES


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.chaos", description=chaos.__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--kills", type=int, default=0, help="go on until so many processes were killed")
    parser.add_argument("--trouble", choices=TROUBLES, default="none")
    parser.add_argument("--seed", type=int, default=int(time.time()) % 10_000)
    wish = parser.parse_args()
    print(f"Seed {wish.seed}, {wish.seconds:.0f} seconds, trouble: {wish.trouble}.", flush=True)
    count = play(wish.seconds, wish.seed, TROUBLES[wish.trouble], wish.kills)
    print(f"{count} runs came to the same results as undisturbed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
