"""`python -m tools.setup run|test|check|bench`: sets up whatever is missing. Standard library only."""

from __future__ import annotations

import os
import sys

from tools import frontend
from tools.environment import environment
from tools.machine import machine
from tools.say import ROOT


def main(purpose: str) -> None:
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    environment("requirements.txt" if purpose == "run" else "requirements-dev.txt")
    if purpose in ("test", "check"):
        frontend.packages()
    if purpose == "test":
        machine()
    if purpose != "check":
        frontend.build()


if __name__ == "__main__":
    main(sys.argv[1])
