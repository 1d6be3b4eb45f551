"""What was rewritten or replaced for an old script, told once in its log, line by line."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar, cast

from modules.sdk.source import SCRIPT

F = TypeVar("F", bound=Callable[..., Any])

MOST = 200

_told: dict[tuple[int, str], None] = {}
"""Line and sentence, in the order in which they were met. A process runs one script."""


def replaced(old: str, now: str) -> None:
    """Notes that the script's present line used `old`, for which `now` stood in."""
    line = _line_of_script(sys._getframe(1))
    if len(_told) < MOST:
        _told.setdefault((line, f"{old} is gone; {now}"))


def rewritten(line: int, sentence: str) -> None:
    if len(_told) < MOST:
        _told.setdefault((line, sentence))


def gone(old: str, now: str, function: F) -> F:
    """The function, which notes each line of the script that calls it."""

    @functools.wraps(function)
    def noted(*args: Any, **named: Any) -> Any:
        replaced(old, now)
        return function(*args, **named)

    return cast(F, noted)


def tell() -> None:
    """Prints what was noted, in the order of the lines, and forgets it."""
    if _told:
        lines = [f"  line {line}: {said}" if line else f"  {said}" for line, said in sorted(_told)]
        more = [f"  … and more than {MOST} others"] if len(_told) == MOST else []
        print(
            "\n".join(["Classic names: rewritten or replaced for this script", *lines, *more]),
            file=sys.stderr,
        )
    _told.clear()


def _line_of_script(frame: FrameType | None) -> int:
    """The line at which the script is; 0 where it is not on the stack."""
    while frame is not None:
        if frame.f_code.co_filename == SCRIPT:
            return frame.f_lineno
        frame = frame.f_back
    return 0
