"""The one owner, and the token that proves to be the owner."""

from __future__ import annotations

import hmac

from django.contrib.auth.models import User
from django.http import HttpRequest

from studio import config
from studio.accounts.guesses import caller_of, guesses
from studio.accounts.models import Owner

OWNER = "owner"


def owner() -> User:
    """The owner's account; made on first use."""
    user, _ = Owner.objects.get_or_create(username=OWNER)
    return user


def user_for(token: str, caller: str) -> User | None:
    """Whose token this is, or None. `caller`: the address that it came from (`caller_of`); TooMany where too
    many wrong ones came from there."""
    if not token:
        return None
    # A header may hold what is no text: half of a pair of surrogates.
    right = hmac.compare_digest(token.encode(errors="surrogatepass"), config.owner_token().encode())
    guesses.judge(caller, right=right)
    return owner() if right else None


def user_of_token(request: HttpRequest, token: str) -> User | None:
    """The user whose token a request carries, or None; counts wrong tokens as `user_for` does."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return user_for(token, caller_of(request.META.get("REMOTE_ADDR", ""), forwarded))
