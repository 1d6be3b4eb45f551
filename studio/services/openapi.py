"""OpenAPI 3.1 of exactly one service. Pure."""

from __future__ import annotations

from typing import Any

from modules.exchange.arrow_stream import MEDIA_TYPE
from modules.exchange.schema import ServiceInput, ServiceOutput, ServiceSchema
from studio.services.document_parts import (
    ERROR,
    REFUSALS,
    answered,
    cell,
    parameters,
    record,
    sample_of,
    sample_record,
)
from studio.services.doors import Door


def openapi(name: str, description: str, door: Door, schema: ServiceSchema, base: str) -> dict[str, Any]:
    """`base`: what callers put before the path."""
    return {
        "openapi": "3.1.0",
        "info": {"title": name, "version": str(door.number), "description": description},
        "servers": [{"url": base}],
        "security": [{"key": []}],
        "paths": {f"/api/v1/services/{door.service}/execute": {"post": _execute(schema)}},
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": ERROR},
        },
    }


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    found = {**schema, "type": [schema["type"], "null"]}
    if "enum" in found:
        found["enum"] = [*found["enum"], None]
    return found


def _execute(schema: ServiceSchema) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": _call(schema), "examples": _examples(schema)}}
    answer: dict[str, Any] = {"application/json": {"schema": _answer(schema)}}
    if len(schema.inputs) == len(schema.outputs) == 1:
        stream = {"schema": {"type": "string", "contentMediaType": MEDIA_TYPE}}
        content[MEDIA_TYPE] = answer[MEDIA_TYPE] = stream
    return {
        "operationId": "execute",
        "summary": "Calls the service",
        "parameters": [
            {
                "name": "format",
                "in": "query",
                "description": "swagger: the answer is a list of records.",
                "schema": {"type": "string", "enum": ["swagger"]},
            },
            {
                "name": "details",
                "in": "query",
                "description": "false: the answer has no names and types of columns.",
                "schema": {"type": "boolean", "default": True},
            },
        ],
        "requestBody": {"required": True, "content": content},
        "responses": {
            "200": {"description": "The answer", "content": answer},
            **{
                status: {
                    "description": why,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
                }
                for status, why in REFUSALS.items()
            },
        },
    }


def _call(schema: ServiceSchema) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "object",
        "properties": {
            "Inputs": {
                "type": "object",
                "properties": {
                    input.name: {"oneOf": [_records(input), _table(input)]} for input in schema.inputs
                },
                "required": [input.name for input in schema.inputs],
                "additionalProperties": False,
            },
            "GlobalParameters": parameters(schema.parameters, _nullable),
        },
        "required": ["Inputs"] if schema.inputs else [],
    }
    return made


def _records(input: ServiceInput) -> dict[str, Any]:
    return {"type": "array", "items": record(input, _nullable)}


def _table(input: ServiceInput) -> dict[str, Any]:
    """Its columns may stand in any order; a row has a cell for each of ColumnNames."""
    return {
        "type": "object",
        "properties": {
            "ColumnNames": {"const": [column.name for column in input.columns]},
            "Values": {
                "type": "array",
                "items": {
                    "type": "array",
                    "prefixItems": [_nullable(cell(column)) for column in input.columns],
                    "minItems": len(input.columns),
                    "maxItems": len(input.columns),
                },
            },
        },
        "required": ["ColumnNames", "Values"],
    }


def _examples(schema: ServiceSchema) -> dict[str, Any]:
    tables = {
        input.name: {
            "ColumnNames": [column.name for column in input.columns],
            "Values": [[sample_of(column) for column in input.columns]],
        }
        for input in schema.inputs
    }
    records = {input.name: [sample_record(input)] for input in schema.inputs}
    given = {one.name: one.default for one in schema.parameters if one.default is not None}
    return {
        "table": {"value": {"Inputs": tables, "GlobalParameters": given}},
        "records": {"value": {"Inputs": records, "GlobalParameters": given}},
    }


def _answer(schema: ServiceSchema) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "Results": {
                "type": "object",
                "properties": {output.name: _result(output) for output in schema.outputs},
                "required": [output.name for output in schema.outputs],
            }
        },
        "required": ["Results"],
    }


def _result(output: ServiceOutput) -> dict[str, Any]:
    cells = {"type": "array", "items": {"type": "array", "items": {"type": ["string", "null"]}}}
    names = {"type": "array", "items": {"type": "string"}}
    table = {
        "type": "object",
        "properties": {
            "type": {"const": "table"},
            "value": {
                "type": "object",
                "properties": {"ColumnNames": names, "ColumnTypes": names, "Values": cells},
                "required": ["Values"],
            },
        },
        "required": ["type", "value"],
    }
    return {"oneOf": [table, {"type": "array", "items": answered(output, _nullable)}]}
