"""`/?token=…` signs the browser in and leaves the address bar clean."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from studio.accounts.owner import user_of_token
from studio.accounts.sessions import begin_session
from studio.errors import TooMany


class TokenInAddress:
    """Exchanges the token in a page's address for a session, and redirects to the same page without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request.GET.get("token")
        if token and request.method == "GET" and not request.path.startswith(("/api/", "/ws/")):
            try:
                user = user_of_token(request, token)
            except TooMany:  # the page asks for the token anew, and says so
                user = None
            if user:
                begin_session(request, user)
            rest = request.GET.copy()
            del rest["token"]
            address = request.path + ("?" + urlencode(list(rest.lists()), doseq=True) if rest else "")
            if user or not request.user.is_authenticated:
                return HttpResponseRedirect("/" + address.lstrip("/"), status=303)
        return self.get_response(request)
