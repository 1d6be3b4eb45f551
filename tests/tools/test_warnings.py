"""Which warnings fail a test."""

from __future__ import annotations

import warnings

import pytest


@pytest.mark.parametrize("kind", [UserWarning, DeprecationWarning])
@pytest.mark.parametrize("module", ["modules.files.read", "studio", "workers.tasks", "tests.seed"])
def test_one_of_our_own_code_is_an_error(module: str, kind: type[Warning]) -> None:
    with pytest.raises(kind, match="careful"):
        warnings.warn_explicit("careful", kind, "file.py", 1, module=module)


@pytest.mark.filterwarnings("ignore:careful")
@pytest.mark.parametrize("module", ["sklearn.linear_model", "studio_of_others", "toolsmith"])
def test_one_of_a_library_is_none(module: str) -> None:
    warnings.warn_explicit("careful", UserWarning, "file.py", 1, module=module)
