"""`python -m tools.setup run|test|check|bench`: sets up whatever is missing. Standard library only."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor

from tools import frontend
from tools.environment import environment
from tools.machine import machine
from tools.say import ROOT, give_up


def main(purpose: str) -> None:
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    requirements = "requirements.txt" if purpose == "run" else "requirements-dev.txt"
    page = frontend.packages if purpose == "check" else frontend.build
    if frontend.own_node():
        with ThreadPoolExecutor(2) as both:
            parts = [both.submit(environment, requirements), both.submit(page)]
        for part in parts:
            part.result()
    else:  # Node.js comes from a Python wheel
        environment(requirements)
        page()
    if purpose == "test":
        frontend.packages()
        machine()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        give_up("Stopped. Start again to go on with the set-up.")
