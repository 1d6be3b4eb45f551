"""How charts look: the colors of the page, in light and dark, and the files they are saved in."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from modules.sdk.values import Picture

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TEXT, MUTED, LINE, SURFACE = "#1c222b", "#5b6575", "#e2e5eb", "#ffffff"
SERIES = ("#0072b2", "#c45500", "#007f61", "#a64d84", "#2b8cbf", "#8c6d00", "#5b6575")
DARK = {
    TEXT: "#dfe3ea", MUTED: "#98a1af", LINE: "#2a313c", SURFACE: "#181d24",
    "#0072b2": "#56b4e9", "#c45500": "#f0944d", "#007f61": "#2fbf96", "#a64d84": "#d98cbd", 
    "#2b8cbf": "#9ad1f5",    "#8c6d00": "#d9b93b",
}  # fmt: skip
"""As `--chart-1` and its siblings in `frontend/src/app/tokens.css`; a test holds the two together."""
PIXELS = 96
"""Of an inch: a figure's size is given in the page's pixels."""
SHARPNESS = 2
FACE = "Inter, 'Segoe UI', system-ui, 'DejaVu Sans', sans-serif"
LONGEST = 40
RC: dict[str, Any] = {
    "text.parse_math": False, "svg.fonttype": "none", "svg.hashsalt": "studio",
    "font.family": ["DejaVu Sans"],
    "font.size": 10, "axes.titlesize": 11, "axes.titleweight": "bold", "axes.titlelocation": "left",
    "figure.titlesize": 13, "figure.titleweight": "bold",
    "figure.facecolor": SURFACE, "axes.facecolor": SURFACE, "savefig.facecolor": SURFACE,
    "text.color": TEXT, "axes.labelcolor": MUTED, "axes.titlecolor": TEXT, "xtick.color": MUTED,
    "ytick.color": MUTED, "axes.edgecolor": LINE, "grid.color": LINE, "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True, "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
    "xtick.major.size": 0, "ytick.major.size": 0, "axes.unicode_minus": True, "legend.frameon": False,
    "axes.formatter.useoffset": False, "timezone": "UTC",
}  # fmt: skip


@contextmanager
def style() -> Iterator[None]:
    """While it is entered, figures look like Studio's."""
    import matplotlib as mpl  # takes its time, so nobody else waits for it

    with mpl.rc_context(RC), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*[Gg]lyph.*")
        warnings.filterwarnings("ignore", message=".*constrained_layout not applied.*")
        yield


def new_figure(width: int, height: int) -> Figure:
    """An empty figure of that many pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure((width / PIXELS, height / PIXELS), dpi=PIXELS, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def save(figure: Figure, folder: Path, name: str, description: str) -> tuple[Picture, ...]:
    """The figure as SVG, which turns dark with the page, and as PNG, twice as sharp."""
    drawing, dots = folder / f"{name}.svg", folder / f"{name}.png"
    figure.savefig(drawing, format="svg", metadata={"Date": None, "Creator": None, "Title": description})
    drawing.write_text(_in_two_themes(drawing.read_text(encoding="utf-8")), encoding="utf-8")
    figure.savefig(dots, format="png", dpi=PIXELS * SHARPNESS, metadata={"Software": None})
    return (Picture(drawing.name, "image/svg+xml", drawing), Picture(dots.name, "image/png", dots))


def _in_two_themes(svg: str) -> str:
    """Colors stay in each element, so that every program draws the light one; a rule of style turns them."""
    rules = "".join(
        f'[style*="{what}: {light}"]{{{what}:{dark} !important}}'
        for light, dark in DARK.items()
        for what in ("fill", "stroke")
    )
    style = f"<style>@media (prefers-color-scheme: dark){{{rules}}}</style>"
    svg = re.sub(r"(<svg [^>]*>)", lambda found: found[1] + style, svg, count=1)
    return svg.replace("'DejaVu Sans'", FACE)


def label(text: str, longest: int = LONGEST) -> str:
    """A name as it can stand in a picture: one line, not too long, no control characters. matplotlib leaves
    out what begins with `_`.

    >>> label("a\\tb" + "x" * 50, 10)
    'a bxxxxxx…'
    """
    clean = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text).strip()
    short = clean if len(clean) <= longest else clean[: longest - 1] + "…"
    return f"\u200b{short}" if short.startswith("_") else short
