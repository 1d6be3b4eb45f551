"""How well a table is scored: curves, confusion matrices and errors, of which only what is drawn travels."""

from modules.look.evaluation.evaluation import evaluation
from modules.look.evaluation.measured import measured

__all__ = ["evaluation", "measured"]
