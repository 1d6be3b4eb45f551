"""`/?token=…` signs the browser in and leaves the address bar clean."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token

from studio.accounts.owner import user_for


class TokenInAddress:
    """Exchanges the token in a page's address for a session, and redirects to the same page without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request.GET.get("token")
        if token and request.method == "GET" and not request.path.startswith(("/api/", "/ws/")):
            if user := user_for(token):
                login(request, user, backend="django.contrib.auth.backends.ModelBackend")
                get_token(request)
            rest = request.GET.copy()
            del rest["token"]
            address = request.path + ("?" + urlencode(list(rest.lists()), doseq=True) if rest else "")
            if user or not request.user.is_authenticated:
                return HttpResponseRedirect("/" + address.lstrip("/"), status=303)
        return self.get_response(request)
