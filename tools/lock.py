"""`make lock`: pins every Python package anew, from requirements.in and requirements-dev.in."""

from __future__ import annotations

import sys

from tools.environment import VENV
from tools.say import run

if __name__ == "__main__":
    uv = VENV / "bin" / "uv"
    done = [
        run([uv, "pip", "compile", "-q", "--upgrade", "--no-header", f"{name}.in", "-o", f"{name}.txt"])
        for name in ("requirements", "requirements-dev")
    ]
    sys.exit(max(done))
