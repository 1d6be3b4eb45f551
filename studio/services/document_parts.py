"""Parts that the documents of a service have in common: schemas of records, parameters, samples. Pure."""

from __future__ import annotations

from typing import Any

from modules.exchange.schema import ServiceColumn, ServiceInput, ServiceOutput, ServiceParameter

FORMATS: dict[str, dict[str, Any]] = {
    "integer": {"type": "integer", "format": "int64"},
    "float": {"type": "number", "format": "double"},
    "string": {"type": "string"},
    "boolean": {"type": "boolean"},
    "datetime": {"type": "string", "format": "date-time"},
    "timedelta": {"type": "string"},
    "categorical": {"type": "string"},
    "binary": {"type": "string", "format": "byte"},
}
TIMES = {"timedelta": "P1DT2H", "binary": "aGVsbG8=", "datetime": "2020-01-31T00:00:00", "boolean": "True"}


def sample_of(column: ServiceColumn) -> Any:
    """A value that the column takes."""
    text = column.sample
    if text is None:
        return {"integer": 1, "float": 1.5}.get(column.type, TIMES.get(column.type, "text"))
    try:
        return {"integer": int, "float": float}.get(column.type, str)(text)
    except ValueError:
        return text


def sample_record(end: ServiceInput) -> dict[str, Any]:
    return {column.name: sample_of(column) for column in end.columns}


def cell(column: ServiceColumn) -> dict[str, Any]:
    """The type of a value, in the words of JSON Schema."""
    found = dict(FORMATS[column.type])
    if column.type == "categorical" and column.level_type in ("integer", "float", "boolean"):
        found = dict(FORMATS[column.level_type])
    elif column.type == "categorical" and column.levels:
        found["enum"] = list(column.levels)
    return found


def record(end: ServiceInput, nullable: Any) -> dict[str, Any]:
    """A record of an input. `nullable` makes of a type one that takes null too."""
    return {
        "type": "object",
        "properties": {column.name: nullable(cell(column)) for column in end.columns},
        "required": [column.name for column in end.columns if not column.optional],
    }


def answered(end: ServiceOutput, nullable: Any) -> dict[str, Any]:
    """A record of an output, whose cells are all texts."""
    return {
        "type": "object",
        "properties": {column.name: nullable({"type": "string"}) for column in end.columns},
    }


def parameter(found: ServiceParameter) -> dict[str, Any]:
    schema = dict(FORMATS[found.type])
    if found.default is not None:
        schema["default"] = found.default
    if found.choices:
        schema["enum"] = list(found.choices)
    if found.min is not None:
        schema["minimum"] = found.min
    if found.max is not None:
        schema["maximum"] = found.max
    if found.help:
        schema["description"] = found.help
    return schema


def parameters(found: tuple[ServiceParameter, ...], nullable: Any) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {
            one.name: nullable(parameter(one)) if one.nullable else parameter(one) for one in found
        },
        "additionalProperties": False,
    }
    if needed := [one.name for one in found if one.required]:
        schema["required"] = needed
    return schema


ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "details"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "details": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "code": {"type": "string"},
                            "target": {"type": "string"},
                            "message": {"type": "string"},
                        },
                    },
                },
            },
        }
    },
}

REFUSALS = {
    "400": "The call does not fit the service, or a module of it failed.",
    "401": "The key is missing, was revoked, or is another service's.",
    "404": "There is no such service or version.",
    "408": "The call took too long.",
    "413": "The call took too much memory, or its body is too large.",
    "503": "Too many calls at once; `Retry-After` says when to come back.",
}
