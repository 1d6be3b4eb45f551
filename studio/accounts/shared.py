"""What all web processes of one installation have in common: the key that sessions are signed with, and the
owner's token.

Where the database is PostgreSQL, several hosts may share it, each with a home of its own. The first one
puts its secrets into the database, every later one takes them from there. The environment goes first.
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from studio import config
from studio.accounts.models import Secret


def share_secrets() -> None:
    """To be called before the first request is answered. With SQLite the home has them: nothing is done."""
    if connection.vendor == "sqlite":
        return
    for name in config.secrets_to_share():
        own = config.kept_secret(name)
        kept, _ = Secret.objects.get_or_create(name=name, defaults={"value": own})
        if kept.value != own:
            config.keep_secret(name, kept.value)
    settings.SECRET_KEY = config.secret_key()
    settings.SESSION_COOKIE_NAME = config.session_cookie()
