"""All of it, around one script."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from modules.classic import notes
from modules.classic.compiling import import_as_before
from modules.classic.matplotlib_names import matplotlib_names, pylab_names
from modules.classic.moved import find_moved
from modules.classic.numpy_names import numpy_names
from modules.classic.pandas_calls import calls
from modules.classic.pandas_columns import write_through
from modules.classic.pandas_compat import inner_names
from modules.classic.pandas_groups import groups
from modules.classic.pandas_indexes import indexes
from modules.classic.pandas_loc import labels_of_some
from modules.classic.pandas_methods import methods
from modules.classic.pandas_names import text_as_objects, top_names
from modules.classic.pandas_windows import moving
from modules.classic.patches import Patches
from modules.classic.paths import BUNDLE, offer_src
from modules.classic.python2 import is_python2
from modules.classic.python2_habits import draw_as_before
from modules.classic.python2_order import old_order
from modules.classic.scipy_names import scipy_names
from modules.classic.sklearn_attributes import sklearn_attributes
from modules.classic.sklearn_names import gone_estimators
from modules.classic.sklearn_words import sklearn_words
from modules.classic.stdlib_names import python2_stdlib, stdlib_names

ALL = (
    write_through,
    top_names,
    text_as_objects,
    inner_names,
    methods,
    labels_of_some,
    indexes,
    moving,
    calls,
    groups,
    numpy_names,
    scipy_names,
    sklearn_words,
    sklearn_attributes,
    matplotlib_names,
    stdlib_names,
    find_moved,
)


@contextmanager
def classic(text: str, folder: Path) -> Iterator[None]:
    """While it is entered, libraries and files are as a script of 2014–2018 knew them. When it is left, the
    log tells what stood in for what."""
    patches = Patches()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for enter in ALL:
                enter(patches)
            whole = _all_text(text, folder)
            gone_estimators(patches, whole)
            if "pylab" in whole:
                pylab_names(patches)
            python2 = is_python2(text)
            import_as_before(patches, folder, python2)
            if python2:
                python2_stdlib(patches)
                draw_as_before(patches)
                old_order(patches)
            offer_src(folder)
            yield
    finally:
        patches.undo()
        notes.tell()


def _all_text(text: str, folder: Path) -> str:
    """The script with what its bundle has in Python."""
    bundle = folder / BUNDLE
    files = sorted(bundle.rglob("*.py"))[:MOST_FILES] if bundle.is_dir() else []
    return "\n".join([text, *(file.read_text(encoding="utf-8", errors="replace") for file in files)])


MOST_FILES = 200
_for_good: list[Any] = []


def stay_classic(text: str) -> None:
    """In a fresh process that the script started, until its end."""
    _for_good.append(classic(text, Path.cwd()))
    _for_good[0].__enter__()
