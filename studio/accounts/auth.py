"""How a call proves who makes it: a bearer token, or the browser's session with CSRF."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from ninja import security

from studio.accounts.owner import user_of_token
from studio.accounts.passes import is_pass
from studio.errors import NotSignedIn


class BearerToken(security.HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        user = None if is_pass(token) else user_of_token(request, token)
        if user:
            request.user = user
        return user


class SessionAuth(security.SessionAuth):
    """The session's cookie. Its CSRF token is asked for only where there is a session: without one the answer
    is 401, whatever else is missing, and the page asks to sign in. The cookie's name ends in what tells this
    Studio from others on the same host."""

    param_name = "studio_session"

    def __call__(self, request: HttpRequest) -> User | None:
        return super().__call__(request) if request.user.is_authenticated else None


def user_of(request: HttpRequest) -> User:
    """Who makes a call. The API's gate lets nobody pass who is not signed in."""
    if not isinstance(request.user, User):
        raise NotSignedIn("Sign in, or send the token as Authorization: Bearer.")
    return request.user


def signed_in() -> list[Any]:
    """The two ways in, for every call of the API."""
    return [BearerToken(), SessionAuth(csrf=True)]
