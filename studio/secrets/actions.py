"""The verbs of secrets: keep, replace, delete, give to a node."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F

from studio.database.clock import clock
from studio.errors import Invalid, Taken
from studio.ids import new_id
from studio.secrets.models import Secret
from studio.secrets.sealing import CannotOpen, seal, unseal

log = logging.getLogger(__name__)

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}")
TAKEN = re.compile(
    r"(LD|PYTHON|R|GLIBC|MALLOC|OMP|OPENBLAS|MKL|UV|SSL|STUDIO|MPL|LC|CURL|REQUESTS|LOKY)_.*"
    r"|PYTHON.*|LANG|TZ|PATH|HOME|TMPDIR|USER|LOGNAME|SHELL|IFS|BASH_ENV|ENV|TERM|MPLBACKEND|.*_PROXY",
    re.IGNORECASE,
)
"""Names that programs read for another purpose."""
MOST, MOST_CHARACTERS = 500, 16_000


class NoSuchSecret(Exception):
    """The message is a sentence for whoever named it."""


def create_secret(user: User, name: str, value: str) -> Secret:
    """Raises Taken if the name is in use, Invalid if the name or the value cannot be."""
    _check_name(name)
    _check_value(value)
    if Secret.objects.filter(owner=user).count() >= MOST:
        raise Invalid(f"You have {MOST} secrets, which is the most. Delete one that nothing uses.")
    id = new_id()
    try:
        with transaction.atomic():
            made = Secret.objects.create(
                pk=id, owner=user, name=name, sealed=seal(id, value), made_by=user.get_username()
            )
    except IntegrityError:
        raise Taken(
            f"There is a secret {name!r} already. Choose another name, or replace its value."
        ) from None
    log.info("secret %s (%s) was made by %s", made.pk, name, user.get_username())
    return made


def replace_value(secret: Secret, value: str) -> Secret:
    """Nodes that name it take the new value, and run again. Raises Invalid if the value cannot be."""
    _check_value(value)
    Secret.objects.filter(pk=secret.pk).update(
        sealed=seal(secret.pk, value), version=F("version") + 1, changed=clock.now()
    )
    log.info("secret %s (%s) has another value", secret.pk, secret.name)
    secret.refresh_from_db()
    return secret


def delete_secret(secret: Secret) -> None:
    """Nodes that name it do not run any more."""
    log.info("secret %s (%s) was deleted", secret.pk, secret.name)
    secret.delete()


def names_of(owner_id: int) -> frozenset[str]:
    """Those that nodes of this person may name."""
    return frozenset(Secret.objects.filter(owner_id=owner_id).values_list("name", flat=True))


def editions(owner_id: int, names: Iterable[str]) -> dict[str, str]:
    """Of these secrets by name, which value they have; nothing that tells it. NoSuchSecret if one is gone."""
    found = {secret.name: secret.edition for secret in _rows(owner_id, names)}
    return {name: found[name] for name in sorted(found)}


def give(owner_id: int, names: Iterable[str], to: str) -> Mapping[str, str]:
    """The values by name, and a note that they were given. `to`: the node, for people. NoSuchSecret if one is
    gone or cannot be opened."""
    rows = _rows(owner_id, names)
    values = {}
    for row in rows:
        try:
            values[row.name] = unseal(row.pk, row.sealed)
        except CannotOpen:
            raise NoSuchSecret(
                f"The secret {row.name!r} was kept with another key of this server (STUDIO_SECRET_KEY). "
                "Enter its value anew."
            ) from None
    if rows:
        given = Secret.objects.filter(pk__in=[row.pk for row in rows])
        given.update(used=clock.now(), used_for=to[:300], uses=F("uses") + 1)
    return values


def _rows(owner_id: int, names: Iterable[str]) -> list[Secret]:
    wanted = list(dict.fromkeys(names))
    rows = list(Secret.objects.filter(owner_id=owner_id, name__in=wanted)) if wanted else []
    if missing := [name for name in wanted if name not in {row.name for row in rows}]:
        raise NoSuchSecret(f"There is no secret {missing[0]!r} in your workspace. Make it, or name another.")
    return rows


def _check_name(name: str) -> None:
    if not NAME.fullmatch(name) or TAKEN.fullmatch(name):
        message = (
            f"A secret cannot be called {name[:60]!r}: a name has up to 100 letters (a–z), digits and _, "
            "begins with a letter, and is none that programs read for another purpose, such as PATH."
        )
        raise Invalid(message, [{"loc": ["name"], "code": "name", "message": message}])


def _check_value(value: str) -> None:
    if not value or len(value) > MOST_CHARACTERS or "\x00" in value:
        message = f"The value of a secret has 1 to {MOST_CHARACTERS:,} characters, and none that is NUL."
        raise Invalid(message, [{"loc": ["value"], "code": "value", "message": message}])
