"""How much of each column is missing, as far as somebody has looked at the table's summary."""

from __future__ import annotations

import json
from collections.abc import Iterable

from studio.artifacts.looks import SUMMARY
from studio.artifacts.store import store


def missing_shares(artifacts: Iterable[str]) -> dict[str, float]:
    """By name of a column, the share from 0 to 1; of tables whose summary is kept. Nothing is computed."""
    found: dict[str, float] = {}
    for artifact in artifacts:
        kept = store().derived.find(artifact, f"{SUMMARY}.json")
        if kept is None:
            continue
        for column in json.loads(kept.read_bytes()).get("columns", []):
            rows = column.get("count", 0) + column.get("missing", 0)
            if rows:
                found[column["name"]] = column.get("missing", 0) / rows
    return found
