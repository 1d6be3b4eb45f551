"""The key of a result covers the code that makes it, and the libraries of the interpreter that runs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from modules import digest, interpreter
from modules.imports import ROOT, imports_of
from modules.registry import catalog
from workers.engine.result_key import result_key

EVERY = sorted(catalog())


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    forget()


def forget() -> None:
    digest.code_digest.cache_clear()
    digest.libraries.cache_clear()
    digest._files.cache_clear()


def changed_by(file: str, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The modules whose key is another once somebody has edited this file."""
    path, read = ROOT / file, Path.read_bytes
    assert path.is_file()
    before = {slug: digest.code_digest(slug) for slug in EVERY}
    with monkeypatch.context() as edited:
        edited.setattr(Path, "read_bytes", lambda each: read(each) + (b"# mended\n" if each == path else b""))
        forget()
        after = {slug: digest.code_digest(slug) for slug in EVERY}
    forget()
    return {slug for slug in EVERY if before[slug] != after[slug]}


def test_a_writer_of_csv_is_part_of_what_converts_to_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = changed_by("look/csv_text.py", monkeypatch)
    assert "convert-to-csv" in changed
    assert not {"split-data", "summarize-data"} & changed


def test_a_helper_changes_those_only_that_import_it(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = changed_by("data_transformation/_duckdb.py", monkeypatch)
    assert "apply-sql-transformation" in changed
    assert not {"split-data", "join-data", "add-rows"} & changed


@pytest.mark.parametrize(
    ("file", "slug"),
    [
        ("r_language/_run.R", "execute-r-script"),
        ("files/arff_file.py", "unpack-zipped-datasets"),
        ("data_transformation/split_data.py", "apply-transformation"),
        ("data_transformation/split_data.py", "split-data"),
    ],
    ids=["a script of R", "a reader found by name", "a module found by slug", "its own file"],
)
def test_what_is_found_by_its_name_counts(file: str, slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert slug in changed_by(file, monkeypatch)


@pytest.mark.parametrize("file", ["sdk/columns.py", "wire_types/table_files.py"])
def test_how_tables_are_read_and_written_counts_for_all(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"split-data", "execute-python-script", "join-data"} <= changed_by(file, monkeypatch)


def test_whatever_is_installed_counts_for_a_script() -> None:
    own = interpreter.own()
    other = replace(own, versions={**own.versions, "scipy": "0.1"})
    more = replace(own, versions={**own.versions, "a-library-of-mine": "1.0"})
    keys = {digest.libraries("execute-python-script", one) for one in (own, other, more)}
    assert len(keys) == 3
    assert digest.code_digest("execute-python-script") != digest.code_digest("execute-python-script", more)
    assert digest.libraries("split-data", more) == digest.libraries("split-data", own)


def test_what_a_library_needs_counts_with_it() -> None:
    found = interpreter.Interpreter(
        "3.11.7",
        {"scikit-learn": "1.9", "scipy": "1.17", "numpy": "2.4", "tqdm": "4"},
        {"scikit-learn": frozenset({"scipy"}), "scipy": frozenset({"numpy"})},
        {"sklearn": ["scikit-learn"]},
    )
    assert found.behind(["sklearn", "os"]) == {"scikit-learn": "1.9", "scipy": "1.17", "numpy": "2.4"}


def test_imports_are_read_wherever_they_stand(tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import torch\n"
        "def f():\n    from sklearn import svm\n    from modules.look import csv_text\n"
    )
    found = imports_of(file)
    assert found.packages == {"typing", "sklearn"}
    assert found.files == {ROOT / "look" / "csv_text.py"}


def test_a_key_covers_code_params_and_contents_alone() -> None:
    spec, other = catalog()["split-data"], catalog()["join-data"]
    params, inputs = {"fraction": 0.5}, {"dataset": "a" * 64}
    key = result_key(spec, params, inputs)
    assert key == result_key(spec, dict(params), dict(inputs))
    assert len({key, result_key(spec, {"fraction": 0.6}, inputs), result_key(spec, params, {"dataset": "b"}),
                result_key(other, params, inputs)}) == 4  # fmt: skip
