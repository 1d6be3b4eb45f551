"""How a call proves who makes it: a bearer token, or the browser's session with CSRF."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from studio.accounts.owner import user_for


class BearerToken(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        user = user_for(token)
        if user:
            request.user = user
        return user


def signed_in() -> list[Any]:
    """The two ways in, for every call of the API."""
    return [BearerToken(), SessionAuth(csrf=True)]
