"""A look into a model: what it has learned, as weights, importances, trees or centers. Inside the sandbox
only."""

from modules.look.models.facts import model_facts
from modules.look.models.trees import model_tree

__all__ = ["model_facts", "model_tree"]
