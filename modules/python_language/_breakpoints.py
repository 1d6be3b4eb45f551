"""`breakpoint()` in a script that nobody debugs: it is passed, and the log says so."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any


@contextmanager
def passing_breakpoints() -> Iterator[None]:
    """While it is entered, `breakpoint()` stops nothing, and each place is told once.

    Python's own would start pdb, which finds no keyboard here and ends the script. Where the debugger has set
    its way of stopping, that is left as it is.
    """
    if sys.breakpointhook is not sys.__breakpointhook__:
        yield
        return
    told: set[tuple[str, int]] = set()

    def pass_on(*_: Any, **__: Any) -> None:
        caller = sys._getframe(1)
        place = PurePath(caller.f_code.co_filename).name, caller.f_lineno
        if place not in told:
            told.add(place)
            file, line = place
            print(f"{file}, line {line}: breakpoint() stops only in the debugger.", file=sys.stderr)

    sys.breakpointhook = pass_on
    try:
        yield
    finally:
        sys.breakpointhook = sys.__breakpointhook__
