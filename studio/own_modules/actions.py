"""The verbs of own modules: keep a version, delete."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from studio.documents import DEFINITIONS
from studio.errors import Invalid, Taken
from studio.experiments.graph import FileProblem, read_graph
from studio.experiments.own_definition import read_definition
from studio.experiments.own_modules import OWN
from studio.experiments.trust import waiting
from studio.own_modules.models import OwnModule
from studio.text import without_nul

MOST = 500
"""Own modules of one person, each with its versions."""
LONGEST_SLUG = 100
LARGEST = 4 << 20
"""Bytes of a definition with all that it needs."""
OF_A_VERSION = ("slug", "version", "based_on")


def slug_of(name: str) -> str:
    """
    >>> slug_of("Clean prices, 2nd"), slug_of("Füße")
    ('clean-prices-2nd', 'f-e')
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST_SLUG].strip("-") or "module"


def keep_module(
    owner: User, definition: Mapping[str, Any], needs: Mapping[str, Any], slug: str | None = None
) -> OwnModule:
    """The next version of the own module `slug`; without one, the first of a new one.

    Raises Invalid if the definition is none, Taken if the name is in use."""
    plain = without_nul({key: value for key, value in definition.items() if key not in OF_A_VERSION})
    name = checked_module(plain, needs)
    mine = OwnModule.objects.filter(owner=owner)
    if slug is None:
        slug = slug_of(name)
        if mine.filter(slug=slug).exists():
            raise Taken(
                f"There is an own module {name!r} already. Choose another name, or save this as the next "
                "version of that one."
            )
        if mine.values("slug").distinct().count() >= MOST:
            raise Invalid(f"You have {MOST} own modules, which is the most. Delete one that nothing uses.")
    latest = mine.filter(slug=slug).order_by("-version").first()
    if latest and latest.definition == {**plain, "slug": slug, "version": latest.version}:
        return latest
    version = latest.version + 1 if latest else 1
    whole = {**plain, "slug": slug, "version": version}
    try:
        with transaction.atomic():
            return OwnModule.objects.create(
                owner=owner, slug=slug, version=version, name=name, definition=whole, needs=without_nul(needs)
            )
    except IntegrityError:
        raise Taken(f"Somebody has just saved version {version} of {name!r}. Try again.") from None


def checked_module(definition: Mapping[str, Any], needs: Mapping[str, Any]) -> str:
    """Its name. Invalid if it is no own module, or more than may be."""
    if waits := waiting({DEFINITIONS: {**needs, "it": definition}}):
        message = f"{waits[0]!r} came from elsewhere and waits for trust. Trust it, then keep it."
        raise Invalid(message, [{"loc": ["definition"], "code": "untrusted-module", "message": message}])
    key = "the module"
    document = {
        "nodes": [{"id": "n", "module": OWN + key}],
        "wires": [],
        DEFINITIONS: {**needs, key: definition},
    }
    try:
        size = len(json.dumps(document))
        if size > LARGEST:
            message = (
                f"The module has {size:,} bytes; at most {LARGEST:,} are kept. Bring tables as datasets."
            )
            raise Invalid(message)
        read_graph(document)
        return read_definition(key, definition).name
    except (FileProblem, RecursionError) as problem:
        message = str(problem) if isinstance(problem, FileProblem) else "The module is nested too deeply."
        raise Invalid(message, [{"loc": ["definition"], "code": "format", "message": message}]) from None


def delete_module(owner_id: int, slug: str) -> None:
    """All versions of it. Experiments that use it carry it themselves."""
    OwnModule.objects.filter(owner_id=owner_id, slug=slug).delete()
