"""`python -m tools.setup run|test|check|bench|dist`: sets up whatever is missing. Standard library only."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor

from tools import frontend
from tools.environment import environment, venv
from tools.machine import machine
from tools.say import ROOT, give_up


def main(purpose: str) -> None:
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if purpose == "dist":  # no Python package is needed to build the wheel
        venv()
        frontend.build()
        return
    requirements = "requirements.txt" if purpose == "run" else "requirements-dev.txt"
    page = frontend.packages if purpose == "check" else frontend.build
    venv()
    with ThreadPoolExecutor(2) as both:
        parts = [both.submit(environment, requirements), both.submit(page)]
    for part in parts:
        part.result()
    if purpose == "test":
        frontend.packages()
        machine()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        give_up("Stopped. Start again to go on with the set-up.")
