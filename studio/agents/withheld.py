"""What an agent is not sent if its key does not allow values: what stands in columns."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from studio.documents import DEFINITIONS, every_node

WITHHELD = "(withheld: this key does not allow values)"
TYPED_IN = {"enter-data-manually": "data"}
"""Params that are a table themselves."""
CODE = re.compile(r'\s*(File "|Traceback )')


def without_values(document: Mapping[str, Any]) -> dict[str, Any]:
    """The experiment file, without the tables that are typed into it."""
    plain = copy.deepcopy(dict(document))
    for node in every_node(plain):
        param = TYPED_IN.get(str(node.get("module")))
        if param and (node.get("params") or {}).get(param):
            node["params"][param] = WITHHELD
    return plain


def put_back(document: dict[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Puts the tables that were withheld from `document` back into it, from `known`, and returns it."""
    _put_back(document, known)
    before = known.get(DEFINITIONS) or {}
    for key, definition in (document.get(DEFINITIONS) or {}).items():
        if isinstance(definition, dict):
            _put_back(definition, before.get(key) or {})
    return document


def _put_back(document: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    before = {node.get("id"): node for node in known.get("nodes") or []}
    for node in document.get("nodes") or []:
        param = TYPED_IN.get(str(node.get("module")))
        old = before.get(node.get("id"))
        if param and old and (node.get("params") or {}).get(param) == WITHHELD:
            node["params"][param] = (old.get("params") or {}).get(param, "")


def failure(error: Mapping[str, Any], values: bool) -> dict[str, Any]:
    """What is told of a failure. Its message, and all but the places of its traceback, may quote a cell."""
    if values:
        return dict(error)
    told = {
        key: error[key] for key in ("type", "line", "column", "node", "param") if error.get(key) is not None
    }
    trace = str(error.get("traceback") or "")
    places = [line.strip() for line in trace.splitlines() if CODE.match(line)]
    return told | {"message": WITHHELD} | ({"traceback": "\n".join(places)} if places else {})


def output(shown: Mapping[str, Any], values: bool) -> dict[str, Any]:
    """What a node left, as it was tried: without values, its columns and how many rows it has."""
    if values:
        return {key: value for key, value in shown.items() if key != "pictures"}
    return {key: shown[key] for key in ("type", "total", "count", "columns") if shown.get(key) is not None}
