"""Looking at what nodes left: pages, summaries, charts, exports. Runs inside the sandbox only."""

from modules.look.cells import LONGEST
from modules.look.charts import chart
from modules.look.comparison import compare
from modules.look.evaluation import evaluation, measured
from modules.look.exports import export
from modules.look.inside import bundle_file, bundle_files
from modules.look.models import model_clusters, model_facts, model_inputs, model_tree, try_model
from modules.look.pages import page
from modules.look.summaries import summary
from modules.look.thumbnails import thumbnail

__all__ = [
    "LONGEST",
    "bundle_file",
    "bundle_files",
    "chart",
    "compare",
    "evaluation",
    "export",
    "measured",
    "model_clusters",
    "model_facts",
    "model_inputs",
    "model_tree",
    "page",
    "summary",
    "thumbnail",
    "try_model",
]
