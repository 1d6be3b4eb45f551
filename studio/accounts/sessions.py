"""A browser's session: it begins with the owner's token, and ends with it or when it is signed out."""

from __future__ import annotations

import hashlib

from django.contrib.auth import HASH_SESSION_KEY, login, logout
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.crypto import constant_time_compare

from studio.accounts.models import Owner
from studio.live.broadcast import sign_off


class OwnerBackend(ModelBackend):
    """Finds a session's user as an Owner, whose sessions know the token that they began with."""

    def get_user(self, user_id: int) -> User | None:
        return Owner.objects.filter(pk=user_id, is_active=True).first()


def begin_session(request: HttpRequest, user: User) -> None:
    login(request, user)
    get_token(request)


def end_session(request: HttpRequest) -> None:
    """Its sockets end too, whichever process has them."""
    key = request.session.session_key
    logout(request)
    if key:
        sign_off(mark_of(key))


def mark_of(key: str) -> str:
    """What a session goes by among processes, who must not be able to use it."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def is_going_on(key: str) -> bool:
    """Whether nobody signed it out, and the token is still the one that it began with."""
    told: str = SessionStore(key).get(HASH_SESSION_KEY) or ""
    return constant_time_compare(told, Owner().get_session_auth_hash())
