"""The documents of a service: what it takes and gives, as OpenAPI, as classic's swagger, and as the Open
Inference Protocol tells it."""

from __future__ import annotations

from typing import Any

from modules.exchange.inference import datatype, tensor_name
from modules.exchange.schema import ServiceSchema
from studio import __version__
from studio.database.pool import give_back
from studio.services.api_schemas import state_of
from studio.services.call_answers import CallAnswer, as_json
from studio.services.call_paths import Asks
from studio.services.doors import Door, open_to_probes
from studio.services.models import ServiceVersion
from studio.services.openapi import openapi
from studio.services.swagger import swagger

SERVER = {
    "name": "studio",
    "version": __version__,
    "extensions": ["binary_tensor_data", "null_is_missing"],
}


def answer(asks: Asks, door: Door, base: str) -> CallAnswer:
    """A document of the service behind the door. `base`: what callers put before the path."""
    try:
        version = ServiceVersion.objects.select_related("service").get(pk=door.version)
        schema = version.read().interface
        if asks == "model":
            numbers = [str(n) for n in version.service.versions.values_list("number", flat=True)]
            return as_json(200, metadata(door, schema, numbers))
        make = swagger if asks == "swagger" else openapi
        service = version.service
        return as_json(200, make(service.name, service.description, door, schema, base))
    finally:
        give_back()


def ready(ref: str, number: str | None) -> CallAnswer:
    """Whether the service of this id or slug can be called. It tells nothing that who asks has not said."""
    try:
        door = open_to_probes(ref, number)
        can_be_called = state_of(ServiceVersion.objects.get(pk=door.version))[0] == "ready"
        told = {"name": ref, "ready": can_be_called, "live": can_be_called}
        return as_json(200 if can_be_called else 503, told)
    finally:
        give_back()


def metadata(door: Door, schema: ServiceSchema, versions: list[str]) -> dict[str, Any]:
    """The model metadata of the protocol: a tensor for each column."""

    def tensors(ends: Any) -> list[dict[str, Any]]:
        several = len(ends) > 1
        return [
            {
                "name": tensor_name(end.name, column.name, several),
                "datatype": datatype(column),
                "shape": [-1],
                **({"parameters": {"content_type": "datetime"}} if column.type == "datetime" else {}),
                **({"parameters": {"levels": list(column.levels)}} if column.levels else {}),
            }
            for end in ends
            for column in end.columns
        ]

    return {
        "name": door.slug,
        "versions": versions,
        "platform": "studio",
        "inputs": tensors(schema.inputs),
        "outputs": tensors(schema.outputs),
    }
