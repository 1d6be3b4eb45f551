"""Who is at the other end of a socket: a session of this site's own pages, or a bearer token."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from channels.auth import AuthMiddlewareStack
from channels.db import database_sync_to_async
from django.contrib.auth.models import AnonymousUser, User
from django.utils.crypto import constant_time_compare

from studio import config
from studio.accounts.guesses import caller_of
from studio.accounts.owner import user_for
from studio.accounts.sessions import is_going_on
from studio.errors import TooMany


def still_signed_in(scope: dict[str, Any]) -> bool:
    """Whether whoever opened a socket would still be let in."""
    if token := scope.get("bearer"):
        return constant_time_compare(token, config.owner_token())
    return is_going_on(scope["session"].session_key or "")


class SocketAccess:
    """A bearer token counts from anywhere; a cookie only for pages of this very host."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.with_session = AuthMiddlewareStack(app)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        scheme, _, token = headers.get(b"authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            user = await database_sync_to_async(self._bearer)(scope, headers, token.strip())
            return await self.app({**scope, "user": user, "bearer": token.strip()}, receive, send)
        origin = headers.get(b"origin")
        if origin is not None and not self._ours(origin, headers.get(b"host", "")):
            return await self.app({**scope, "user": AnonymousUser()}, receive, send)
        return await self.with_session(scope, receive, send)

    @staticmethod
    def _bearer(scope: dict[str, Any], headers: dict[bytes, str], token: str) -> User | AnonymousUser:
        peer = (scope.get("client") or ("",))[0]
        try:
            found = user_for(token, caller_of(peer, headers.get(b"x-forwarded-for", "")))
        except TooMany:
            found = None
        return found or AnonymousUser()

    @staticmethod
    def _ours(origin: str, host: str) -> bool:
        """Whether a page of this site opened the socket, as its browser or STUDIO_URL spell the site."""
        try:
            return urlsplit(origin).netloc == host or origin.lower() == config.public_url()
        except ValueError:  # http://[
            return False
