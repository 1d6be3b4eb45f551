"""A module file that cannot be read is told of, and stops nothing."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from modules import registry
from studio.catalog.api import list_modules
from studio.experiments.graph import read_graph
from studio.experiments.validate import validate
from tests.builders import chain
from workers.management.commands.doctor import _modules


@pytest.fixture(params=["data_transformation.split_data", "statistics"], ids=["a file", "a whole group"])
def broken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """One whose import raises, while the catalog is read anew."""
    really, where = importlib.import_module, f"modules.{request.param}"

    def import_module(name: str) -> ModuleType:
        if name == where:
            raise NameError("name 'pandsa' is not defined")
        return really(name)

    monkeypatch.setattr(importlib, "import_module", import_module)
    forget()
    yield where
    forget()


def forget() -> None:
    registry.catalog.cache_clear()
    registry._read.cache_clear()


def test_a_broken_module_is_listed_and_stops_nothing(broken: str) -> None:
    [told] = registry.broken_modules()
    assert (told.where, told.error) == (broken, "NameError: name 'pandsa' is not defined")
    assert Path(__file__).name in told.traceback
    assert {"add-rows", "execute-python-script"} <= registry.catalog().keys()
    assert not {"split-data", "summarize-data"} <= registry.catalog().keys()
    mark, _, sentence = _modules()
    assert (mark, broken in sentence, "Traceback" in sentence) == ("✗", True, True)


@pytest.mark.parametrize("broken", ["data_transformation.split_data"], indirect=True)
def test_experiments_with_it_say_so(broken: str) -> None:
    exp = chain().node("split", "split-data").wire("data.dataset", "split.dataset")
    [problem] = validate(read_graph(exp.file()), registry.catalog(), lambda name: None)
    assert (problem.node, problem.code) == ("split", "unknown-module")
    assert "cannot be read on this server (NameError: name 'pandsa' is not defined)" in problem.message
    answer = list_modules(None, 1000, 0)  # type: ignore[arg-type]
    assert answer["broken"] == [{"slug": "split-data", "unavailable": registry.broken_modules()[0].error}]


def test_all_of_ours_can_be_read() -> None:
    assert registry.broken_modules() == ()
    assert _modules()[0] == "✓"


def test_no_look_is_taken_into_the_folder_where_python_keeps_what_it_compiled(tmp_path: Path) -> None:
    for name in ("statistics", "__pycache__", "sdk"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "papers").mkdir()
    assert registry.groups(tmp_path) == ["statistics"]
