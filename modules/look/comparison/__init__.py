"""Two tables side by side: which rows came, went and changed, and how each column drifted."""

from modules.look.comparison.compare import compare

__all__ = ["compare"]
