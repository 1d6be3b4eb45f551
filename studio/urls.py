"""Addresses: the API, and the page (the app draws every other address itself)."""

from __future__ import annotations

from django.urls import path, re_path

from studio.api import api
from studio.health import live, ready
from studio.http.page import nothing_here, page

handler400 = "studio.http.page.refused"
handler404 = "studio.http.page.not_found"
handler500 = "studio.http.page.failed"
urlpatterns = [
    re_path(r"^(?:api/v1/)?live$", live),
    re_path(r"^(?:api/v1/)?(?:ready|health)$", ready),
    path("api/v1/", nothing_here),  # ninja's own answer there is none
    path("api/v1/", api.urls),
    re_path(r"^(?!api/|ws/|assets/).*$", page),
]
