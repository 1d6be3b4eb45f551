"""matplotlib without a screen: the Agg back end, and the figures a script leaves open as pictures."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from modules.sdk.values import Picture


@contextmanager
def headless() -> Iterator[None]:
    """While it is entered, figures are drawn by Agg whatever the script asks, and show() does nothing."""
    os.environ["MPLBACKEND"] = "Agg"
    import matplotlib
    from matplotlib import pyplot

    kept = matplotlib.use, pyplot.switch_backend, pyplot.show
    matplotlib.use("Agg", force=True)
    matplotlib.use = _nothing
    pyplot.show = _nothing
    pyplot.switch_backend = _agg_only(pyplot.switch_backend)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*non-interactive, and thus cannot be shown")
        try:
            yield
        finally:
            matplotlib.use, pyplot.switch_backend, pyplot.show = kept
            pyplot.close("all")


def open_figures(folder: Path) -> tuple[Picture, ...]:
    """Every figure still open, in the order of their numbers, saved below `folder`."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    numbers = pyplot.get_fignums() if pyplot else []
    if not numbers:
        return ()
    home = Path(tempfile.mkdtemp(prefix=".figures-", dir=folder))
    pictures = []
    for number in numbers:
        name = f"figure-{number}.png"
        try:
            pyplot.figure(number).savefig(home / name, format="png")  # type: ignore[union-attr]
        except Exception as error:
            print(f"warning: figure {number} cannot be drawn, so it is left out: {error}")
        else:
            pictures.append(Picture(name, "image/png", home / name))
    return tuple(pictures)


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _agg_only(switch: Any) -> Any:
    def switch_backend(_: str) -> None:
        switch("Agg")

    return switch_backend
