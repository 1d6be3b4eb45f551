"""A look into a model: what it has learned, as weights, importances, trees or centers. Inside the sandbox
only."""

from modules.look.models.clusters import model_clusters
from modules.look.models.facts import model_facts
from modules.look.models.trees import model_tree
from modules.look.models.trying import model_inputs, try_model

__all__ = ["model_clusters", "model_facts", "model_inputs", "model_tree", "try_model"]
