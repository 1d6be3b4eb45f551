"""What a node's params lack, told before a run. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from modules.sdk.declare import ParamSpec


def missing_params(params: tuple[ParamSpec, ...], given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The name of each param without a value that it needs, and what it is called; also of the records of a
    list."""
    for param in params:
        value = given.get(param.name, param.default)
        if not _is_shown(param, params, given):
            continue
        if param.required and _is_empty(param, value):
            yield param.name, param.label
        elif param.fields and isinstance(value, list):
            for at, record in enumerate(value, start=1):
                if isinstance(record, dict):
                    for _, label in missing_params(tuple(param.fields), record):
                        yield param.name, f"{label} of {param.label}, number {at}"


def _is_shown(param: ParamSpec, params: tuple[ParamSpec, ...], given: Mapping[str, Any]) -> bool:
    """Whether the params that it hangs on have one of the values that show it."""
    usual = {each.name: each.default for each in params}
    return all(
        given.get(name, usual.get(name)) in values for name, values in (param.shown_when or {}).items()
    )


def _is_empty(param: ParamSpec, value: Any) -> bool:
    if isinstance(value, dict) and param.type == "columns":
        rules = value.get("rules") or []
        return value.get("begin") != "all" and not any(
            isinstance(rule, dict) and rule.get("values") for rule in rules
        )
    return value in (None, "", [])
