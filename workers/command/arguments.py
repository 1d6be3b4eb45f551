"""The command line's file, datasets and params, read and checked."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from modules.registry import find
from modules.sdk.declare import ParamSpec
from modules.sdk.declared import NO, YES
from studio.accounts.owner import owner
from studio.datasets.actions import add_file
from studio.datasets.lookup import find_dataset
from studio.datasets.models import Dataset
from studio.errors import StudioError
from studio.experiments.file_problem import FileProblem
from studio.experiments.own_modules import flat_document, inner_param
from workers.headless import Headless


class Wrong(Exception):
    """The file or an argument cannot be used; the message says which and why."""


def read_file(path: Path) -> dict[str, Any]:
    """The experiment file as it is written."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Wrong(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise Wrong(f"{path} is not JSON: {error}.") from error
    if not isinstance(document, dict):
        raise Wrong(f"{path} is not an experiment file: that is one JSON object.")
    return document


def set_params(document: dict[str, Any], params: list[tuple[str, str]]) -> dict[str, Any]:
    """The document with `NODE.NAME=VALUE` put in, each value read as its param's type; own modules are opened
    then."""
    if not params:
        return document
    try:
        written, document = document, copy.deepcopy(flat_document(document))
    except FileProblem as problem:
        raise Wrong(str(problem)) from None
    nodes = {node.get("id"): node for node in document.get("nodes", []) if isinstance(node, dict)}
    for target, text in params:
        id, _, name = target.rpartition(".")
        id, name = inner_param(written, id, name)
        if id not in nodes:
            known = ", ".join(map(str, nodes)) or "none"
            raise Wrong(f"--param {target}: there is no node {id!r}; there are {known}.")
        spec = find(str(nodes[id].get("module")))
        there = spec.params_of(nodes[id].get("params") or {}) if spec else ()
        param = next((one for one in there if one.name == name), None)
        if param is None:
            known = ", ".join(one.name for one in there)
            module = nodes[id].get("module")
            raise Wrong(f"--param {target}: {module} has no param {name!r}; it has {known or 'none'}.")
        nodes[id].setdefault("params", {})[name] = read_value(param, text, target)
    return document


def read_value(param: ParamSpec, text: str, target: str) -> Any:
    """A param's value from the command line; Wrong where it is not of the param's type."""
    try:
        match param.type:
            case "integer":
                return int(text)
            case "number":
                return float(text)
            case "toggle" if text.lower() in (*YES, *NO):
                return text.lower() in YES
            case "toggle":
                raise ValueError
            case "columns" if text.startswith("{"):
                return json.loads(text)
            case "records":
                return json.loads(text)
    except ValueError:
        raise Wrong(f"--param {target}: {text!r} is not valid for a param of type {param.type}.") from None
    return text


def bring_datasets(
    engine: Headless, datasets: list[tuple[str, str]], types: Mapping[str, str] | None = None
) -> None:
    """Each file as the dataset of its name; a new version only where its content is new. `types`: as what a
    dataset is read, where its file's name does not say it."""
    for name, path in datasets:
        file = Path(path)
        if not file.is_file():
            raise Wrong(f"--dataset {name}: there is no file {path}.")
        known = find_dataset(owner().pk, name)
        with file.open("rb") as opened:
            if known and known.sha256 == hashlib.file_digest(opened, "sha256").hexdigest():
                continue
        try:
            dataset = engine.import_now(add_file(owner(), file, name, (types or {}).get(name)))
        except StudioError as error:
            raise Wrong(f"--dataset {name}: {error}") from error
        if dataset.state == Dataset.State.FAILED:
            message = (dataset.error or {}).get("message")
            dataset.delete()
            raise Wrong(f"--dataset {name}: {message}")
