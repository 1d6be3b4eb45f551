"""The addresses of the API, and those that whoever watches asks."""

from __future__ import annotations

from django.urls import path, re_path

from studio.api import api
from studio.health import live, ready
from studio.http.page import nothing_here

urlpatterns = [
    re_path(r"^(?:api/v1/)?live$", live),
    re_path(r"^(?:api/v1/)?(?:ready|health)$", ready),
    path("api/v1/", nothing_here),  # ninja's own answer there is none
    path("api/v1/", api.urls),
]
