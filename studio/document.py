"""What the API's OpenAPI document needs beside what the operations say by themselves."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from pydantic import TypeAdapter

from studio.experiments.api import ExperimentFile, ExperimentOut
from studio.runs.events import Event

REF = "#/components/schemas/{model}"
MORE: dict[str, Any] = {
    "SocketEvent": Event,
    "ExperimentFile": ExperimentFile,
    "ExperimentOut": ExperimentOut,
}


class DocumentedAPI(NinjaAPI):
    """Describes the socket's messages and the experiment file too."""

    def get_openapi_schema(self, **options: Any) -> Any:
        found = super().get_openapi_schema(**options)
        schemas = found["components"]["schemas"]
        for name, type_ in MORE.items():
            schema = TypeAdapter(type_).json_schema(ref_template=REF, mode="serialization")
            schemas.update(schema.pop("$defs", {}))
            schemas[name] = schema
        return found
