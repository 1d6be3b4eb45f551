"""A script whose top level has run, ready to be called: what it computed then is there in every call.

One process may hold several, one for each step of a service. Each has surroundings of its own: its working
folder, what can be imported there, its `__main__`. They are in force while the script runs, and put aside
after.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import takewhile
from pathlib import Path
from types import ModuleType
from typing import Any

from modules.files.bundle import unpack
from modules.python_language._calling import find_main
from modules.python_language._figures import headless
from modules.python_language._processes import processes
from modules.python_language._running import call_main, import_path, load_script
from modules.python_language._script import NAME
from modules.sdk.values import Bundle

BUNDLE = "Script Bundle"


class WarmScript:
    """Made in the folder in which it is to run. Raises what the script's top level raises."""

    def __init__(self, text: str, bundle: Bundle | None) -> None:
        self.folder = Path.cwd()
        place = self.folder / BUNDLE if bundle else None
        if bundle and place:
            unpack(bundle, place)
        with _put_back():
            for_good = ExitStack()  # nobody leaves these: the process ends with them
            for_good.enter_context(headless())
            for_good.enter_context(processes(text))
            self._imported = for_good.enter_context(import_path(place, self.folder))
            self._path = list(sys.path)
            self.script = load_script(text)
            find_main(vars(self.script))
            self._main = sys.modules["__main__"]
            self._own = {module.__name__: module for module in self.modules}
            self._for_good = for_good

    @property
    def modules(self) -> list[ModuleType]:
        """The script, and the modules that it has imported from its bundle and its folder. Its surroundings
        must be in force."""
        return [self.script, *self._imported()]

    @contextmanager
    def entered(self) -> Iterator[None]:
        """While it is entered, the script's surroundings are in force."""
        with _put_back():
            os.chdir(self.folder)
            sys.path[:] = self._path
            sys.modules.update(self._own, __main__=self._main)
            yield
            self._own |= {module.__name__: module for module in self.modules}

    def call(
        self, frames: Sequence[Any], model: Any = None, declared: Mapping[str, Any] | None = None
    ) -> Any:
        """What `azureml_main` returns. The surroundings must be in force."""
        return call_main(self.script, frames, model, declared)


@contextmanager
def _put_back() -> Iterator[None]:
    """What was in force before is in force again after it; modules that came from elsewhere stay."""
    folder, path, main = os.getcwd(), list(sys.path), sys.modules["__main__"]
    last = next(reversed(sys.modules))
    try:
        yield
    finally:
        _forget_since(last, path)
        os.chdir(folder)
        sys.path[:] = path
        sys.modules["__main__"] = main


def _forget_since(last: str, path: Sequence[str]) -> None:
    """The script itself, and what was imported from places that will not be on the path any more."""
    own = [place for place in sys.path if place not in path]
    for name in list(takewhile(lambda name: name != last, reversed(sys.modules))):  # those alone: see _models
        file = getattr(sys.modules[name], "__file__", None) or ""
        if name == NAME or (file and any(file.startswith(f"{place}/") for place in own)):
            del sys.modules[name]
