"""The one owner, and the token that proves to be the owner."""

from __future__ import annotations

import hmac

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

from studio import config

OWNER = "owner"


def owner() -> User:
    """The owner's account; made on first use."""
    user, _ = get_user_model().objects.get_or_create(username=OWNER)
    return user


def user_for(token: str) -> User | None:
    """Whose token this is, or None."""
    if token and hmac.compare_digest(token.encode(), config.owner_token().encode()):
        return owner()
    return None
