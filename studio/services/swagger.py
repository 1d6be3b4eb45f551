"""The document of one service in the form of ML Studio (classic): Swagger 2.0, records in and out. Pure."""

from __future__ import annotations

from typing import Any

from modules.exchange.schema import ServiceSchema
from studio.services.document_parts import ERROR, REFUSALS, answered, parameters, record, sample_record
from studio.services.doors import Door

CLASSIC = "/workspaces/studio/services/{service}"


def swagger(name: str, description: str, door: Door, schema: ServiceSchema, base: str) -> dict[str, Any]:
    """`base`: what callers put before the path."""
    scheme, _, host = base.partition("://")
    inputs = {f"{input.name}Item": record(input, _nullable) for input in schema.inputs}
    outputs = {f"{output.name}Item": answered(output, _nullable) for output in schema.outputs}
    return {
        "swagger": "2.0",
        "info": {"title": name, "version": str(door.number), "description": description},
        "host": host,
        "schemes": [scheme],
        "basePath": CLASSIC.format(service=door.service),
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "securityDefinitions": {
            "Bearer": {
                "type": "apiKey",
                "name": "Authorization",
                "in": "header",
                "description": "Bearer and a key of the service",
            }
        },
        "security": [{"Bearer": []}],
        "paths": {"/execute": {"post": _execute()}},
        "definitions": {
            **inputs,
            **outputs,
            "ExecutionRequest": _request(schema),
            "ExecutionResults": {
                "type": "object",
                "properties": {"Results": _lists([output.name for output in schema.outputs])},
            },
            "ErrorResponse": ERROR,
        },
    }


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "x-nullable": True}


def _execute() -> dict[str, Any]:
    def query(name: str, value: str) -> dict[str, Any]:
        return {"name": name, "in": "query", "required": True, "type": "string", "enum": [value]}

    return {
        "operationId": "execute",
        "summary": "Execute the web service and get a response synchronously",
        "parameters": [
            query("api-version", "2.0"),
            query("format", "swagger"),
            {
                "name": "executePayload",
                "in": "body",
                "required": True,
                "schema": {"$ref": "#/definitions/ExecutionRequest"},
            },
        ],
        "responses": {
            "200": {"description": "The answer", "schema": {"$ref": "#/definitions/ExecutionResults"}},
            **{
                status: {"description": why, "schema": {"$ref": "#/definitions/ErrorResponse"}}
                for status, why in REFUSALS.items()
            },
        },
    }


def _request(schema: ServiceSchema) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "Inputs": _lists([input.name for input in schema.inputs]),
            "GlobalParameters": parameters(schema.parameters, _nullable),
        },
        "required": ["Inputs"],
        "example": {
            "Inputs": {input.name: [sample_record(input)] for input in schema.inputs},
            "GlobalParameters": {one.name: one.default for one in schema.parameters},
        },
    }


def _lists(names: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            name: {"type": "array", "items": {"$ref": f"#/definitions/{name}Item"}} for name in names
        },
        "required": names,
    }
