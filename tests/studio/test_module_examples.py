"""The examples in the help of the modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from modules.registry import catalog, find
from studio.catalog.api import ModuleHelp, as_json
from studio.catalog.example_maker import calls_of, experiment_of
from studio.catalog.examples import example_of
from studio.experiments.graph import read_graph
from studio.experiments.validate import validate

NO_EXPERIMENT = {
    "convert-to-csv": "its example has a categorical column, which cannot be typed in",
    "convert-to-tsv": "the same",
    "edit-metadata": "its example has numbers that are text, which would be read as numbers",
    "tune-model-hyperparameters": "its example gives a learner of its own making",
    "unpack-zipped-datasets": "a zip file cannot be typed in",
}
"""Modules whose example is shown as tables only."""
PREPARING = [
    slug
    for slug, spec in catalog().items()
    if spec.function.__module__.startswith(
        ("modules.data_transformation.rows", "modules.data_transformation.columns",
         "modules.data_transformation.shape", "modules.showing", "modules.statistics")
    )
]  # fmt: skip


def test_every_module_that_has_to_do_with_tables_shows_an_example() -> None:
    for slug, spec in catalog().items():
        if spec.reference or not any(port.type == "table" for port in (*spec.inputs, *spec.outputs)):
            continue
        if callable(spec.network):  # its tables lie elsewhere
            continue
        example = example_of(slug)
        if example is None:
            assert any(port.type == "transform" for port in spec.outputs), f"{spec.name} shows no example"
            continue
        ModuleHelp.model_validate(as_json(spec) | {"example": example})
        assert (example["experiment"] is None) == (slug in NO_EXPERIMENT), slug


def test_an_example_opened_as_an_experiment_can_run() -> None:
    for slug in catalog():
        file = (example_of(slug) or {}).get("experiment")
        if file:
            assert validate(read_graph(file), catalog(), lambda _: None) == [], slug


@pytest.mark.parametrize("slug", PREPARING)
def test_the_example_is_that_of_the_doctest(
    slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All others are compared by `make check`, which makes the file anew."""
    monkeypatch.chdir(tmp_path)
    spec, shown = find(slug), example_of(slug)
    assert spec
    assert shown
    assert shown["experiment"] == experiment_of(spec, calls_of(spec)) is not None
