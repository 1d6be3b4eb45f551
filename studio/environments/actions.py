"""The verbs of environments: make, build again, delete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from studio.celery import hint
from studio.database.clock import clock
from studio.environments.lookup import BASE, Environments, wanted_packages
from studio.environments.models import Environment
from studio.environments.requirements import WrongRequirement, read_requirements, wish_of
from studio.errors import Invalid, Taken
from studio.text import without_nul

MAX_NAME = 200
MOST = 200
"""Environments of one person."""
BUILD = "workers.build_environment"


def create_environment(
    owner_id: int,
    name: str,
    requirements: str | Iterable[str],
    *,
    lock: str = "",
    automatic: bool = False,
) -> Environment:
    """Writes it down and has a worker build it. `lock`: exact versions that another server found.

    Raises Taken if the name is in use, Invalid if the name or a requirement cannot be."""
    name = without_nul(name).strip()
    _check_name(name)
    lines = _checked(requirements)
    if Environment.objects.filter(owner_id=owner_id).count() >= MOST:
        raise Invalid(f"You have {MOST} environments, which is the most. Delete one that nothing uses.")
    try:
        with transaction.atomic():
            made = Environment.objects.create(
                owner_id=owner_id,
                name=name,
                requirements=lines,
                wish=wish_of(lines),
                lock=without_nul(lock),
                automatic=automatic,
            )
            transaction.on_commit(lambda: hint(BUILD, made.pk))
    except IntegrityError:
        raise Taken(f"There is an environment {name!r} already. Choose another name, or delete it.") from None
    return made


def build_again(environment: Environment) -> Environment:
    """Looks for the newest versions that its requirements allow, and installs them."""
    changed = Environment.objects.filter(pk=environment.pk).exclude(state=Environment.State.BUILDING)
    changed.update(
        state=Environment.State.BUILDING, lock="", key="", error="", log="", packages={}, names=[], bytes=0,
        worker="", alive=None,
    )  # fmt: skip
    hint(BUILD, environment.pk)
    environment.refresh_from_db()
    return environment


def change_requirements(environment: Environment, requirements: str | Iterable[str]) -> Environment:
    """Other packages under the same name. Raises Invalid if a requirement cannot be."""
    lines = _checked(requirements)
    Environment.objects.filter(pk=environment.pk).update(
        requirements=lines, wish=wish_of(lines), automatic=False, state=Environment.State.FAILED
    )
    return build_again(environment)


def delete_environment(environment: Environment) -> None:
    """Nodes that name it do not run any more; a worker removes its packages, if no other has the same."""
    environment.delete()


def for_headers(owner_id: int, many: Iterable[Mapping[str, Any]]) -> Environments:
    """The owner's environments, with one for each script's header among these params that had none."""
    found = Environments(owner_id)
    for params in many:
        wanted = wanted_packages(params)
        if wanted and (known := found.wished(wanted)) is None:
            create_environment(owner_id, _name_for(owner_id, wanted), wanted, automatic=True)
            found = Environments(owner_id)
        elif wanted and known and known.state == Environment.State.FAILED:
            build_again(known)
            found = Environments(owner_id)
    return found


def note_use(ids: Iterable[str]) -> None:
    """Writes down that these are used now."""
    Environment.objects.filter(pk__in=set(ids)).update(used=clock.now())


def _checked(requirements: str | Iterable[str]) -> list[str]:
    try:
        lines = read_requirements(requirements)
    except WrongRequirement as error:
        at = {"loc": ["requirements", error.place], "code": "requirement", "message": str(error)}
        raise Invalid(str(error), [at]) from None
    if not lines:
        raise Invalid("Name at least one package. Scripts without an environment have what base has.")
    return lines


def _check_name(name: str) -> None:
    if not name or name == BASE or len(name) > MAX_NAME or any(not letter.isprintable() for letter in name):
        message = (
            f"An environment cannot be called {name[:60]!r}: a name has 1 to {MAX_NAME} characters on one "
            f"line, and {BASE!r} is what every script has without one."
        )
        raise Invalid(message, [{"loc": ["name"], "code": "name", "message": message}])


def _name_for(owner_id: int, requirements: list[str]) -> str:
    """What the environment of a header is called: after its packages."""
    stem = ", ".join(requirements)
    return free_name(owner_id, stem if len(stem) <= 60 else f"{stem[:59]}…")


def free_name(owner_id: int, stem: str) -> str:
    """The name itself, or the first free one after it: `cowsay (2)`."""
    taken = set(Environment.objects.filter(owner_id=owner_id).values_list("name", flat=True))
    names = (stem if count == 1 else f"{stem} ({count})" for count in range(1, MOST + 2))
    return next(name for name in names if name not in taken)
