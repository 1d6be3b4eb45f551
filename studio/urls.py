"""Addresses: the API, and the page (the app draws every other address itself)."""

from __future__ import annotations

from django.urls import path, re_path

from studio.api import api
from studio.page import page

urlpatterns = [
    path("api/v1/", api.urls),
    re_path(r"^(?!api/|ws/|assets/).*$", page),
]
