"""`make dist`: one wheel that holds the built page. `pip install` it, and `studio up` needs nothing else."""

from __future__ import annotations

import shutil
import sys

from studio.experiments.desk.modules_wheel import write_wheel
from tools.environment import build_wheel
from tools.say import ROOT, say, step

DIST = ROOT / "dist"


def main() -> int:
    shutil.rmtree(DIST, ignore_errors=True)
    with step("Building the wheel"):
        build_wheel(DIST)
    (wheel,) = DIST.glob("*.whl")
    with step("Building studio-modules, which exported scripts call"):
        write_wheel(DIST)
    say(f"{wheel.relative_to(ROOT)} is ready ({wheel.stat().st_size / 1e6:.1f} MB). Install and start it:")
    say(f"  python3 -m venv somewhere && somewhere/bin/pip install {wheel.relative_to(ROOT)}")
    say("  somewhere/bin/studio up")
    return 0


if __name__ == "__main__":
    sys.exit(main())
