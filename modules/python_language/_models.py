"""An object of the script's as a model: pickled by value where the script or its bundle defines it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from types import ModuleType
from typing import Any

import cloudpickle

from modules.sdk.errors import ModuleError
from modules.sdk.values import Model

LONGEST = 2_000


def pickle_model(thing: Any, own: Sequence[ModuleType]) -> Model:
    """The object as a model. Classes of the modules in `own` travel in it, for they exist here only."""
    kind = type(thing)
    name = f"{kind.__module__}.{kind.__qualname__}"
    for module in own:
        cloudpickle.register_pickle_by_value(module)
    try:
        pickled = cloudpickle.dumps(thing)
    except (Exception, SystemExit) as error:
        raise ModuleError(
            f"The object for result_model, a value of type {name}, cannot be pickled: {error}", param="script"
        ) from error
    finally:
        for module in own:
            cloudpickle.unregister_pickle_by_value(module)
    return Model(pickled, name, _described(thing), _card(thing, name))


def _card(thing: Any, name: str) -> dict[str, Any]:
    """What is known of an estimator; of one that answers oddly nothing, for the script has made its own."""
    try:
        if not hasattr(thing, "predict"):
            return {}
        from modules.learning.objects import card_of_object

        return card_of_object(thing, name)
    except (Exception, SystemExit):
        return {}


def modules_below(folder: Path, since: str) -> list[ModuleType]:
    """The modules imported from files below `folder` after the module named `since`.

    Only what is new is looked at: two thousand modules are loaded before any script, and in a freshly
    forked process touching each of them costs a page of memory (together more than all else a
    short script does).
    """
    new = [sys.modules[name] for name in takewhile(lambda name: name != since, reversed(sys.modules))]
    return [
        module
        for module in reversed(new)
        if (getattr(module, "__file__", None) or "/").startswith(f"{folder}/")
    ]


def _described(thing: Any) -> str:
    try:
        text = repr(thing)
    except (Exception, SystemExit) as error:
        return f"(its repr raised {type(error).__name__})"
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
