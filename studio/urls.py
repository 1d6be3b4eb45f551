"""Addresses: the API, and the page (the app draws every other address itself)."""

from __future__ import annotations

from django.urls import URLResolver, re_path
from django.urls.resolvers import RegexPattern

from studio.http.page import page

handler400 = "studio.http.page.refused"
handler404 = "studio.http.page.not_found"
handler500 = "studio.http.page.failed"
urlpatterns = [
    # By name: it is imported when the first of them is asked for, so that the page waits for nothing.
    URLResolver(RegexPattern(r"^(?=api/|(?:live|ready|health)$)"), "studio.api_urls"),
    re_path(r"^(?!api/|ws/|assets/).*$", page),
]
