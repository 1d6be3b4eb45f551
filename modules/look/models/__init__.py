"""A look into a model: what it has learned, as weights, importances, trees or centers. Inside the sandbox
only."""

from modules.look.models.clusters import model_clusters
from modules.look.models.difference import model_difference
from modules.look.models.exporting import export_model_to
from modules.look.models.facts import model_facts
from modules.look.models.trees import model_tree
from modules.look.models.trying import model_inputs, try_model

__all__ = [
    "export_model_to",
    "model_clusters",
    "model_difference",
    "model_facts",
    "model_inputs",
    "model_tree",
    "try_model",
]
