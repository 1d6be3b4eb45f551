"""Looking into an artifact: pages, summaries and exports are made in the sandbox, by a worker.

The web process asks by task name and waits for the answer on a Redis list. What was made once of
an artifact's content (a summary, an export) is kept beside it and served from there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import redis

from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.artifacts.using import gone
from studio.celery import hint
from studio.errors import Invalid, Unavailable
from studio.ids import new_id
from studio.workers_seen import connection

PATIENCE = 60
"""Seconds to wait for a look. An export of millions of rows takes some."""

SUMMARY = "summary-2.json"
"""The file a summary is kept in; its number grows when summaries tell more than before."""

EXPORTS = {
    "csv": "text/csv; charset=utf-8",
    "csv-guarded": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.file",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def page(artifact: Artifact, offset: int, limit: int, sort: str | None, filter: str | None) -> dict[str, Any]:
    """Rows `offset` to `offset + limit`, sorted and filtered over all rows."""
    return _ask(
        _table(artifact), "page", {"offset": offset, "limit": limit, "sort": sort, "filter": _filters(filter)}
    )


def summary(artifact: Artifact) -> dict[str, Any]:
    """Per column: counts, statistics, histogram or top values. Made once."""
    kept = store().derived(_table(artifact).id, SUMMARY)
    if kept.is_file():
        return json.loads(kept.read_bytes())
    return _ask(artifact, "summary", {})


def export(artifact: Artifact, format: str) -> Path:
    """The whole table as a file of that format. Made once."""
    if format not in EXPORTS:
        raise Invalid(
            f"format is {format!r}; it can be {', '.join(EXPORTS)}.",
            [
                {
                    "loc": ["query", "format"],
                    "code": "unknown-format",
                    "message": f"one of {', '.join(EXPORTS)}",
                }
            ],
        )
    kept = store().derived(_table(artifact).id, f"export.{format}")
    if not kept.is_file():
        _ask(artifact, "export", {"format": format}, patience=PATIENCE * 10)
    return kept


def _table(artifact: Artifact) -> Artifact:
    if artifact.type != "table":
        raise Invalid(f"This is a {artifact.type}; only a table has rows and columns.", [])
    return artifact


def _filters(text: str | None) -> list[dict[str, Any]]:
    """`[{"column", "op", "value"}]`, or Invalid with what is wrong with it."""
    if not text:
        return []
    try:
        filters = json.loads(text)
    except ValueError as error:
        raise _bad_filter(f"filter is not JSON: {error}.") from error
    if not isinstance(filters, list) or not all(isinstance(item, dict) for item in filters):
        raise _bad_filter('filter must be a list like [{"column": "age", "op": "gt", "value": 30}].')
    for item in filters:
        if not isinstance(item.get("column"), str) or not isinstance(item.get("op"), str):
            raise _bad_filter('every filter needs a "column" and an "op".')
    return filters


def _bad_filter(message: str) -> Invalid:
    return Invalid(message, [{"loc": ["query", "filter"], "code": "bad-filter", "message": message}])


def _ask(artifact: Artifact, verb: str, args: dict[str, Any], patience: int = PATIENCE) -> dict[str, Any]:
    """Has a worker look, and waits for its answer."""
    reply = f"studio:reply:{new_id()}"
    hint("workers.look", artifact.id, verb, args, reply)
    try:
        found = connection().blpop([reply], timeout=patience)
    except redis.RedisError as error:
        raise Unavailable("Redis is away, so no worker can be asked. Try again in a moment.") from error
    if found is None:
        raise Unavailable(
            "No worker answered in time. See in Studio's log whether one is running, then try again."
        )
    answer: dict[str, Any] = json.loads(found[1])
    if answer.get("gone"):
        raise gone(artifact)
    if failure := answer.get("failure"):
        raise Invalid(
            failure["message"], [{"loc": ["query"], "code": "cannot-look", "message": failure["message"]}]
        )
    return answer["data"]
