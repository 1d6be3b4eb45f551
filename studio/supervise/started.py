"""A process that has started. What it holds by then, it holds for good."""

from __future__ import annotations

import gc


def started() -> None:
    """Lets garbage be collected from now on, without looking again at what the start made. While thousands of
    modules are imported nothing is thrown away, and looking for it takes a seventh of the time."""
    gc.freeze()
    gc.enable()
