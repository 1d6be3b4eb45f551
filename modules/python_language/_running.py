"""The script's surroundings: its module, its import path, and a call of its `azureml_main`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import cloudpickle

from modules.python_language._breakpoints import passing_breakpoints
from modules.python_language._calling import arguments, find_main
from modules.python_language._models import modules_below
from modules.python_language._script import new_module, run
from modules.python_language._wheels import unpack_wheels
from modules.sdk.errors import ModuleError
from modules.sdk.source import script_line


@contextmanager
def import_path(bundle: Path | None, folder: Path) -> Iterator[Callable[[], list[ModuleType]]]:
    """While it is entered, modules in the unpacked bundle, in its wheels and in the working directory can be
    imported.

    A bundle that holds nothing but one folder is searched in that folder too, last of all. Gives a
    function that lists the modules imported from there so far.
    """
    last = next(reversed(sys.modules))
    before = list(sys.path)
    wheels = unpack_wheels(bundle) if bundle else []
    sys.path[:0] = [str(place) for place in (bundle, folder, *wheels) if place]
    if bundle:
        inside = list(bundle.iterdir())
        if len(inside) == 1 and inside[0].is_dir() and not (inside[0] / "__init__.py").exists():
            sys.path.append(str(inside[0]))
    for place in sys.path:
        if place not in before:  # what was found there earlier may have changed since
            sys.path_importer_cache.pop(place, None)
    try:
        yield lambda: modules_below(folder, last)
    finally:
        sys.path[:] = before
        for module in modules_below(folder, last):
            sys.modules.pop(module.__name__, None)


def call_script(
    text: str,
    frames: Sequence[Any],
    model: Any = None,
    declared: Mapping[str, Any] | None = None,
    classic: bool = False,
) -> tuple[Any, ModuleType]:
    """Runs the script, then its `azureml_main` with the connected frames, the model and the declared params.

    Gives what it returned, and the module that the script is.
    """
    home = load_script(text, classic)
    return call_main(home, frames, model, declared), home


def load_script(text: str, classic: bool = False) -> ModuleType:
    """Runs the script's top level; the module that it is. `classic`: Python 2 is taken."""
    home = new_module(text)
    cloudpickle.register_pickle_by_value(home)  # joblib sends what the script defines whole
    with _no_exit(), passing_breakpoints():
        run(text, vars(home), classic)
    return home


def call_main(
    home: ModuleType,
    frames: Sequence[Any],
    model: Any = None,
    declared: Mapping[str, Any] | None = None,
) -> Any:
    """What the script's `azureml_main` returns for the connected frames, the model, and the params that it
    declares."""
    with _no_exit(), passing_breakpoints():
        main = find_main(vars(home))
        positional, named = arguments(main, frames, model, declared or {})
        return main(*positional, **named)


@contextmanager
def _no_exit() -> Iterator[None]:
    try:
        yield
    except SystemExit as left:
        raise ModuleError(
            f"The script called exit with {left.code!r}; azureml_main must return its result instead.",
            param="script",
            line=script_line(left),
        ) from None
