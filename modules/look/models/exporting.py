"""A model as a file for other tools, with what became of the comparison."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from modules.learning.exporting.formats import MODEL_FORMATS
from modules.look.models.opened import trained_model
from modules.sdk.errors import ModuleError
from modules.sdk.values import Model

MOST_INPUTS = 10_000
"""Inputs that are told; the file has them all."""


def export_model_to(model: Model, format: str, target: Path) -> dict[str, Any]:
    """Writes the file. `{"compared", "apart", "other_labels", "inputs": [{name, column, type}], "notes",
    "trust"}`: see `modules.learning.exporting.export.Exported`. ModuleError, with the reason, where there is
    no such file, or it predicts something else than the model."""
    from modules.learning.exporting.export import export_model  # its libraries take a second

    if format not in MODEL_FORMATS:
        raise ModuleError(f"{format!r} is not a format of models; there are {', '.join(MODEL_FORMATS)}.")
    made = export_model(trained_model(model), format)
    target.write_bytes(made.data)
    return {
        "compared": made.compared,
        "apart": made.apart,
        "other_labels": made.other_labels,
        "inputs": [
            {"name": name, "column": column, "type": kind} for name, column, kind in made.inputs[:MOST_INPUTS]
        ],
        "notes": made.notes,
        "trust": made.trust,
    }
