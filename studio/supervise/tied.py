"""`python -I tied.py SIGNAL PARENT COMMAND…`: becomes COMMAND, which gets SIGNAL when process PARENT is gone.

However the parent ends (kill -9 too), nothing is left behind. A program of its own rather than a
`preexec_fn`, which is not safe in a process with threads. Standard library only.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(name: str, parent: str, *command: str) -> None:
    if sys.platform == "linux":
        number = signal.Signals[f"SIG{name}"]
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != int(parent):  # it was gone before we asked
            sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(*sys.argv[1:])
