"""Old libraries for a whole file of tests: entering them costs more than a case does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from modules.classic import sklearn_names
from modules.classic.compiling import compile_classic, old_names
from modules.classic.surroundings import classic

HEAD = "import numpy as np, pandas as pd, matplotlib.pyplot as plt\n"
EVERY = " ".join(
    [
        *(name for names in sklearn_names.MADE.values() for name in names),
        *(name for names in sklearn_names.FUNCTIONS.values() for name in names),
        *(place.rpartition(".")[2] for place in sklearn_names.REFUSED),
        *sklearn_names.ASSERTIONS,
        "testing",
    ]
)
"""Gone names of scikit-learn are there where a script names them."""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Any]]:
    """Runs statements as an old script, and gives what they leave in `got`."""
    folder: Path = tmp_path_factory.mktemp("old")
    patch = pytest.MonkeyPatch()
    patch.chdir(folder)
    patch.syspath_prepend(str(folder))

    def run(text: str) -> Any:
        names: dict[str, Any] = {"__name__": "azureml_script", **old_names(HEAD + text)}
        exec(compile_classic(HEAD + text), names)
        return names.get("got")

    with classic(EVERY, folder):
        yield run
    patch.undo()
