"""Looking into an artifact: pages, summaries and exports are made in the sandbox, by a worker.

The web process asks by task name and waits for the answer on a Redis list. What was made once of
an artifact's content (a summary, an export) is kept beside it and served from there.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from modules.learning.exporting.formats import MODEL_FORMATS
from studio.artifacts.artifact_use import gone
from studio.artifacts.derived import EXPORT
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.errors import Invalid, Unavailable
from studio.http.strict_json import read_json
from studio.live.ask import ask
from studio.live.reply import Reply

PATIENCE = 60
"""Seconds to wait for a look."""

LONGEST = 10_000
"""Characters of a text on a page of rows."""

WHOLE = 16 << 20
"""Characters of a text that is asked for whole."""

SUMMARY = "summary-5"
"""What the files begin with that summaries are kept in; its number grows when they tell more."""


MOST_COLUMNS = 1000
"""Columns that one answer tells of, whoever asks."""


class Window(NamedTuple):
    """Some of a table's columns: how many, from which place on."""

    first: int = 0
    many: int = MOST_COLUMNS

    def names(self, artifact: Artifact) -> list[str]:
        columns = artifact.manifest["columns"][self.first : self.first + self.many]
        return [column["name"] for column in columns]


def page(
    artifact: Artifact,
    offset: int,
    limit: int,
    sort: str | None = None,
    filter: str | None = None,
    search: str | None = None,
    window: Window | None = None,
    longest: int = LONGEST,
    descending: bool | None = None,
    patience: int = PATIENCE,
) -> dict[str, Any]:
    """Rows `offset` to `offset + limit`, sorted, filtered and searched over all rows."""
    asked: dict[str, Any] = {"offset": offset, "limit": limit, "sort": sort, "filter": read_filters(filter)}
    window = _bounded(table_of(artifact), window)
    columns = window.names(artifact) if window else None
    asked |= {"search": search, "columns": columns, "longest": longest, "descending": descending}
    return _ask(table_of(artifact), "page", asked, patience) | _count(artifact)


def summary(
    artifact: Artifact, window: Window | None = None, filter: str | None = None, search: str | None = None
) -> dict[str, Any]:
    """Per column: counts, statistics, histogram or top values. Of all rows they are made once; of those that
    a filter and a search leave, each time."""
    window = _bounded(table_of(artifact), window)
    asked = {"columns": window.names(artifact)} if window else {}
    filters = read_filters(filter)
    if filters or search:
        return _ask(artifact, "summary", asked | {"filter": filters, "search": search}) | _count(artifact)
    file = f"{SUMMARY}.{window.first}-{window.many}.json" if window else f"{SUMMARY}.json"
    return _once(artifact, "summary", file, asked) | _count(artifact)


def _bounded(artifact: Artifact, window: Window | None) -> Window | None:
    """The columns to tell of: those asked for, else all of a table, or the first of a wide one."""
    return Window() if window is None and artifact.told()["columns"] > MOST_COLUMNS else window


def _count(artifact: Artifact) -> dict[str, int]:
    """Of a wide table how many columns there are: the answer may tell of fewer."""
    many = artifact.told()["columns"]
    return {"column_count": many} if many > MOST_COLUMNS else {}


def chart(artifact: Artifact, asked: dict[str, Any], filter: str | None) -> dict[str, Any]:
    """A chart's figures over all rows that pass."""
    return _ask(table_of(artifact), "chart", asked | {"filter": read_filters(filter)})


def evaluation(artifact: Artifact, label: str | None) -> dict[str, Any]:
    """How well a scored table is scored. By its own label it is made once."""
    table = table_of(artifact)
    if label is None:
        return _once(table, "evaluation", "evaluation-1.json", {"label": None})
    return _ask(table, "evaluation", {"label": label})


def metrics(artifact: Artifact, model: Artifact | None, label: str | None) -> dict[str, Any]:
    """The metrics of a scored table, or of a table as a model scores it. By its own label they are made
    once."""
    table = table_of(artifact)
    asked: dict[str, Any] = {"label": label} | ({"other": model_of(model).id} if model else {})
    patience = PATIENCE * (5 if model else 1)
    if label is None:
        return _once(table, "metrics", f"metrics-1{f'.{model.id}' if model else ''}.json", asked, patience)
    return _ask(table, "metrics", asked, patience)


def compare(old: Artifact, new: Artifact, asked: dict[str, Any]) -> dict[str, Any]:
    """Rows added, removed and changed between two tables, and how far each column moved."""
    return _ask(table_of(old), "compare", asked | {"other": table_of(new).id}, patience=PATIENCE * 5)


def key_matches(left: Artifact, right: Artifact, asked: dict[str, Any]) -> dict[str, Any]:
    """How many rows of a sample of the left table find a partner in the right one."""
    return _ask(table_of(left), "matches", asked | {"other": table_of(right).id})


def bundle_file(artifact: Artifact, name: str) -> dict[str, Any]:
    """A file of a bundle as text."""
    if artifact.type != "bundle":
        raise Invalid(f"This is a {artifact.type}; only a bundle has files.", [])
    return _ask(artifact, "file", {"name": name})


def bundle_files(artifact: Artifact) -> dict[str, Any]:
    """All files of a bundle; its manifest lists no more than the first thousand. Made once."""
    if artifact.type != "bundle":
        raise Invalid(f"This is a {artifact.type}; only a bundle has files.", [])
    return _once(artifact, "files", "files-1.json", {})


def changed_bundle(artifact: Artifact, files: dict[str, str]) -> Path:
    """A zip on this machine with other text in these files of a bundle. Invalid for one that it has not."""
    known = {entry["name"] for entry in bundle_files(artifact)["entries"]}
    for place, name in enumerate(files):
        if name not in known:
            message = f"The zip has no file {name!r}. Only files that it has can be changed."
            raise Invalid(message, [{"loc": ["body", "files", place], "code": "unknown", "message": message}])
    number = sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
    kept, told = f"{EXPORT}{number}.zip", f"exported-{number}.zip.json"
    _ask(artifact, "export", {"format": "zip", "files": files, "kept": kept, "told": told}, PATIENCE * 3)
    if found := store().derived.find(artifact.id, kept):
        return found
    raise Unavailable("The zip was dropped right after it was written, to make room. Try again in a moment.")


def model(artifact: Artifact) -> dict[str, Any]:
    """What a model has learned. Made once."""
    return _once(model_of(artifact), "model", "model-3.json", {})


def model_tree(artifact: Artifact, tree: int, levels: int) -> dict[str, Any]:
    """The first levels of one of its trees. Made once."""
    asked = {"tree": tree, "levels": levels}
    if tree < 0:
        raise Invalid("Trees are counted from 0.", [])
    return _once(model_of(artifact), "tree", f"tree-1.{tree}-{levels}.json", asked)


def model_clusters(artifact: Artifact) -> dict[str, Any]:
    """Its clusters on the plane. Made once."""
    return _once(model_of(artifact), "clusters", "clusters-1.json", {})


def model_inputs(artifact: Artifact) -> dict[str, Any]:
    """What a row for it has. Made once."""
    return _once(model_of(artifact), "inputs", "inputs-1.json", {})


def try_model(artifact: Artifact, row: dict[str, Any]) -> dict[str, Any]:
    """What it says of one row, and which features moved it."""
    return _ask(model_of(artifact), "try", {"row": row})


def model_difference(old: Artifact, new: Artifact) -> dict[str, Any]:
    """How far the scores of one model are from those of another. Made once."""
    asked = {"other": model_of(new).id}
    return _once(model_of(old), "difference", f"difference-1.{new.id}.json", asked, PATIENCE * 3)


def model_export(artifact: Artifact, format: str) -> dict[str, Any]:
    """What is told of a model as a file of that format, which is made first. Made once."""
    name, told = _export_names(model_of(artifact), format)
    kept = store().derived.find(artifact.id, told)
    if kept and store().derived.find(artifact.id, name):
        found: dict[str, Any] = json.loads(kept.read_bytes())
        return found
    asked = {"format": format, "kept": name, "told": told}
    return _ask(artifact, "export", asked, PATIENCE * 3)


def model_file(artifact: Artifact, format: str) -> Path:
    """The file itself, on this machine."""
    model_export(artifact, format)
    if found := store().derived.find(artifact.id, _export_names(artifact, format)[0]):
        return found
    raise Unavailable("The file was dropped right after it was written, to make room. Try again in a moment.")


def _export_names(artifact: Artifact, format: str) -> tuple[str, str]:
    """What the file, and what is told of it, are kept as."""
    if format not in MODEL_FORMATS:
        message = f"one of {', '.join(MODEL_FORMATS)}"
        errors = [{"loc": ["query", "format"], "code": "unknown-format", "message": message}]
        raise Invalid(f"format is {format!r}; a model's can be {', '.join(MODEL_FORMATS)}.", errors)
    return f"{EXPORT}1.{format}", f"exported-1.{format}.json"


def model_of(artifact: Artifact) -> Artifact:
    """It, if it is a model; Invalid otherwise."""
    if artifact.type != "model":
        raise Invalid(f"This is a {artifact.type}, not a model.", [])
    return artifact


def thumbnail(artifact: Artifact, picture: int) -> dict[str, Any]:
    """One picture of a device, small: `{"image": base64 | None, "media_type", "why"}`. Made once."""
    return _once(artifact, "thumbnail", f"thumbnail-1.{picture}.json", {"picture": picture})


def table_of(artifact: Artifact) -> Artifact:
    """Returns the artifact if it is a table; raises Invalid otherwise."""
    if artifact.type != "table":
        raise Invalid(f"This is a {artifact.type}; only a table has rows and columns.", [])
    return artifact


def _once(
    artifact: Artifact, verb: str, file: str, args: dict[str, Any], patience: int = PATIENCE
) -> dict[str, Any]:
    """The answer kept beside the artifact, or a new one, which the worker keeps there."""
    if kept := store().derived.find(artifact.id, file):
        found: dict[str, Any] = json.loads(kept.read_bytes())
        return found
    return _ask(artifact, verb, args | {"kept": file}, patience)


def read_filters(text: str | None) -> list[dict[str, Any]]:
    """`[{"column", "op", "value"}]`, or Invalid with what is wrong with it."""
    if not text:
        return []
    try:
        filters = read_json(text)
    except ValueError as error:
        raise _bad_filter(f"filter is not JSON: {error}.") from error
    if not isinstance(filters, list) or not all(isinstance(item, dict) for item in filters):
        raise _bad_filter('filter must be a list like [{"column": "age", "op": "gt", "value": 30}].')
    return check_filters(filters)


def check_filters(filters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The filters as they are; Invalid if one does not say its column and its operation."""
    for item in filters:
        if not isinstance(item.get("column"), str) or not isinstance(item.get("op"), str):
            raise _bad_filter('every filter needs a "column" and an "op".')
    return filters


def _bad_filter(message: str) -> Invalid:
    return Invalid(message, [{"loc": ["query", "filter"], "code": "bad-filter", "message": message}])


def _ask(artifact: Artifact, verb: str, args: dict[str, Any], patience: int = PATIENCE) -> dict[str, Any]:
    """Has a worker look, and waits for its answer."""
    return answered(artifact, ask("workers.look", artifact.id, verb, args, patience=patience))


def answered(artifact: Artifact, reply: Reply) -> Any:
    """A worker's answer; raises Gone or Invalid if it could not look."""
    if reply.failure is None:
        return reply.data
    if reply.failure.gone:
        raise gone(artifact)
    message = reply.failure.message
    raise Invalid(message, [{"loc": ["query"], "code": "cannot-look", "message": message}])
