"""A script, a notebook, an experiment file or a graph of classic that somebody brings, as an experiment."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from studio.errors import Invalid
from studio.experiments.desk.classic_graph import is_classic, read_classic
from studio.experiments.desk.notebook import from_notebook
from studio.experiments.desk.reader import Found, is_ours, read_script
from studio.experiments.desk.strangers import cut_script

MOST = 4_000_000
"""Characters of a script or a notebook; pictures that a notebook has kept count."""


def read_any(name: str, text: str) -> Found:
    """The experiment in a file of this name. It is parsed, never executed. Invalid, with a line where one is
    known, if it is none of the four kinds."""
    path = PurePath(name)
    if path.suffix == ".json":
        document = _json(name, text)
        return read_classic(document) if is_classic(document) else Found(document)
    if len(text) > MOST:
        raise Invalid(f"{name} has {len(text):,} characters; at most {MOST:,} are read.")
    try:
        if path.suffix == ".ipynb":
            text = from_notebook(text)
        return read_script(text) if is_ours(text) else cut_script(text, path.stem or "Imported script")
    except SyntaxError as wrong:
        where = f"{name}, line {wrong.lineno}: " if wrong.lineno else f"{name}: "
        message = f"{where}{wrong.msg}."
        raise Invalid(
            message, [{"loc": ["file"], "code": "syntax", "message": message, "line": wrong.lineno}]
        ) from None
    except (ValueError, TypeError, AttributeError, KeyError) as wrong:
        said = str(wrong) if type(wrong) is ValueError else "it is not built as such a file is"
        raise Invalid(f"{name} cannot be read: {said.removesuffix('.')}.") from None
    except RecursionError:
        raise Invalid(f"{name} is nested too deeply.") from None


def read_exported(name: str, text: str) -> Found:
    """The same for a script or a notebook that Studio wrote. Invalid, with a sentence, for all others."""
    found = read_any(name, text)
    if not found.exported:
        raise Invalid(
            f"{name} was not exported from an experiment, so that Studio does not know which cell is which "
            "node. Import it as an experiment of its own."
        )
    return found


def _json(name: str, text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(f"{name} is not JSON: {error}.") from error
    if not isinstance(document, dict):
        raise Invalid(f"{name} is not an experiment file: that is one JSON object.")
    return document
