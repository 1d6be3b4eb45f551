"""What a service's columns look like, from the rows that the run saw: sample values, levels, time zones."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from modules.exchange.plan import ServicePlan
from modules.exchange.schema import ServiceColumn, ServiceInput
from studio.artifacts import looks
from studio.artifacts.models import Artifact
from studio.errors import StudioError

log = logging.getLogger(__name__)

ROWS = 20
LONGEST = 200
PATIENCE = 10
"""Seconds that a worker may take to show the rows."""
MOST_COLUMNS = 1000
"""A table with more is taken as it is."""


def with_samples(plan: ServicePlan, tables: Mapping[str, str]) -> ServicePlan:
    """The plan with what is known of its inputs' columns. `tables`: by input the artifact that the run had
    there. A worker is asked; where none answers the plan stays as it is."""
    inputs = tuple(_with_samples(input, tables.get(input.name)) for input in plan.interface.inputs)
    return plan.model_copy(update={"interface": plan.interface.model_copy(update={"inputs": inputs})})


def _with_samples(input: ServiceInput, artifact: str | None) -> ServiceInput:
    table = Artifact.objects.filter(pk=artifact, dropped=None).first() if artifact else None
    if table is None or len(input.columns) > MOST_COLUMNS:
        return input
    try:
        page = looks.page(table, 0, ROWS, longest=LONGEST, patience=PATIENCE)
        levels = _levels(table) if any(c.type == "categorical" for c in input.columns) else {}
    except StudioError as error:
        log.warning("the samples of a service's input %s are left out: %s", input.name, error.detail)
        return input
    names = [column["name"] for column in page["columns"]]
    samples = {
        name: next((value for value in values if value is not None), None)
        for name, values in zip(names, zip(*page["rows"], strict=True), strict=False)
    }
    columns = tuple(_described(column, samples.get(column.name), levels) for column in input.columns)
    return input.model_copy(update={"columns": columns})


def _described(column: ServiceColumn, sample: Any, levels: Mapping[str, Any]) -> ServiceColumn:
    facts: dict[str, Any] = {}
    if sample is not None:
        facts["sample"] = str(sample)
    if column.type == "datetime" and isinstance(sample, str) and sample.endswith("Z"):
        facts["zone"] = "UTC"
    if column.type == "categorical" and (known := levels.get(column.name)):
        facts["levels"] = tuple(sorted(str(value) for value in known))
        facts["level_type"] = _type_of(known)
    return column.model_copy(update=facts)


def _levels(table: Artifact) -> dict[str, list[Any]]:
    """By column its levels, where the summary tells all of them."""
    told = looks.summary(table)["columns"]
    return {
        column["name"]: [item["value"] for item in column["top"]]
        for column in told
        if column["type"] == "categorical" and column.get("unique") == len(column.get("top") or ())
    }


def _type_of(values: list[Any]) -> str:
    kinds = {type(value) for value in values}
    return (
        {bool: "boolean", int: "integer", float: "float"}.get(kinds.pop(), "string")
        if len(kinds) == 1
        else "string"
    )
