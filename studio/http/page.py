"""The one page. Who is not signed in gets it with status 401; it then asks for the token."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from studio.http.middleware import WORDS

NOT_BUILT = "<!doctype html><title>Studio</title><p>The page is not built yet: run <code>make run</code>."
POLICY = (
    "default-src 'self'; "
    "img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


@require_safe
@ensure_csrf_cookie
def page(request: HttpRequest) -> HttpResponse:
    index = settings.FRONTEND / "index.html"
    body = index.read_text() if index.is_file() else NOT_BUILT
    answer = HttpResponse(body, status=200 if request.user.is_authenticated else 401)
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = "no-cache"
    return answer


def _words(status: int) -> HttpResponse:
    """An error where there is no page to show it: one sentence. Under /api it becomes problem+json."""
    return HttpResponse(f"<!doctype html><title>Studio</title><p>{WORDS[status]}", status=status)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _words(400)


def nothing_here(request: HttpRequest) -> HttpResponse:
    return _words(404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _words(404)


def failed(request: HttpRequest) -> HttpResponse:
    return _words(500)
