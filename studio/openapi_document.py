"""What the API's OpenAPI document needs beside what the operations say by themselves."""

from __future__ import annotations

import json
import threading
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger
from pydantic import TypeAdapter

from studio.experiments.api import ExperimentFile, ExperimentOut
from studio.runs.events import Event

REF = "#/components/schemas/{model}"
DESCRIBING = threading.Lock()
MORE: dict[str, Any] = {
    "SocketEvent": Event,
    "ExperimentFile": ExperimentFile,
    "ExperimentOut": ExperimentOut,
}


class OwnSwagger(Swagger):
    """Drawn from files of ours. Ninja takes another host's if it is no app of Django's."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        told = json.dumps({**self.settings, "url": self.get_openapi_url(api, kwargs)}, indent=1)
        # Everybody who sees it is signed in by a session, which asks for its token, or by a bearer's.
        return render(request, self.template, {"swagger_settings": told, "api": api, "add_csrf": True})


class DocumentedAPI(NinjaAPI):
    """Describes the socket's messages and the experiment file too."""

    _described: Any = None

    def get_openapi_schema(self, **options: Any) -> Any:
        """Made once: it takes tens of megabytes for a moment, and several may ask at the same time."""
        with DESCRIBING:
            if self._described is None:
                self._described = self._describe(**options)
        return self._described

    def _describe(self, **options: Any) -> Any:
        found = super().get_openapi_schema(**options)
        schemas = found["components"]["schemas"]
        for name, type_ in MORE.items():
            schema = TypeAdapter(type_).json_schema(ref_template=REF, mode="serialization")
            schemas.update(schema.pop("$defs", {}))
            schemas[name] = schema
        return found
