"""Environments over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from modules.interpreter import own
from studio.accounts.access import access_environment, visible_environments
from studio.accounts.auth import user_of
from studio.environments import actions
from studio.environments.lookup import BASE
from studio.environments.models import Environment
from studio.errors import Invalid
from studio.http.paging import Limit, Offset, Page, page_of
from studio.times import iso

router = Router(tags=["environments"])


class PackageOut(Schema):
    """A package that scripts of an environment can import. `base`: it is base's own."""

    name: str
    version: str
    base: bool


class EnvironmentItem(Schema):
    """An environment in a list. `packages` counts those that it has beside base's. `used`: when a run last
    named it. `automatic`: it was made for the header of a script."""

    id: str
    name: str
    state: Literal["building", "ready", "failed"]
    requirements: list[str]
    error: str | None
    packages: int
    bytes: int
    automatic: bool
    created: str | None
    built: str | None
    used: str | None


class EnvironmentOut(EnvironmentItem):
    """An environment. `installed`: all packages that its scripts can import, by name. `python`: its
    version."""

    lock: str
    log: str
    python: str
    installed: list[PackageOut]


class NewEnvironment(Schema):
    """`requirements`: a list of them, or the text of a requirements.txt."""

    name: Annotated[str, Field(max_length=1000)]
    requirements: list[str] | str


class OtherRequirements(Schema):
    requirements: list[str] | str


def _item(each: Environment) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "state": each.state,
        "requirements": each.requirements,
        "error": each.error or None,
        "packages": len(each.packages),
        "bytes": each.bytes,
        "automatic": each.automatic,
        "created": iso(each.created),
        "built": iso(each.built),
        "used": iso(each.used),
    }


def _whole(each: Environment) -> dict[str, Any]:
    return {
        **_item(each),
        "lock": each.lock,
        "log": each.log,
        "python": own().python,
        "installed": _installed(each.packages),
    }


def _installed(packages: dict[str, str]) -> list[dict[str, Any]]:
    every = {**own().versions, **packages}
    return [
        {"name": name, "version": version, "base": name not in packages}
        for name, version in sorted(every.items())
        if name != "studio"
    ]


def _base() -> dict[str, Any]:
    """Base, as one among the environments."""
    versions = {name: version for name, version in own().versions.items() if name != "studio"}
    lock = "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()))
    nothing = {"error": None, "packages": 0, "bytes": 0, "automatic": False}
    times = {"created": None, "built": None, "used": None}
    head = {"id": BASE, "name": BASE, "state": Environment.State.READY, "requirements": []}
    return {
        **head,
        **nothing,
        **times,
        "lock": lock,
        "log": "",
        "python": own().python,
        "installed": _installed({}),
    }


@router.get("/environments", response=Page[EnvironmentItem], summary="Base and your environments")
def list_environments(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """Base first, then yours by name."""
    rows = visible_environments(request.user).defer("log", "lock", "names").order_by("name")
    first = [_base()] if offset == 0 and limit else []
    page = page_of(
        rows, limit - len(first), max(0, offset - 1), lambda found: [_item(each) for each in found]
    )
    return {"items": [*first, *page["items"]], "total": page["total"] + 1}


@router.post("/environments", response={201: EnvironmentOut}, summary="Make one from requirements")
def create_environment(request: HttpRequest, payload: NewEnvironment) -> Status[dict[str, Any]]:
    """A worker finds versions that go together and installs them: the state is `building` until then. 409 if
    the name is taken, 422 if a requirement cannot be."""
    made = actions.create_environment(user_of(request).pk, payload.name, payload.requirements)
    return Status(201, _whole(made))


@router.get("/environments/{id}", response=EnvironmentOut, summary="One environment")
def get_environment(request: HttpRequest, id: str) -> dict[str, Any]:
    """`base` is the id of what every script has."""
    return _base() if id == BASE else _whole(access_environment(request.user, id))


@router.put("/environments/{id}", response=EnvironmentOut, summary="Give it other requirements")
def change_environment(request: HttpRequest, id: str, payload: OtherRequirements) -> dict[str, Any]:
    """It is built anew; nodes that name it take what comes of that."""
    return _whole(actions.change_requirements(_own(request, id), payload.requirements))


@router.post("/environments/{id}/build", response=EnvironmentOut, summary="Build it again")
def build_environment(request: HttpRequest, id: str) -> dict[str, Any]:
    """With the newest versions that its requirements allow."""
    return _whole(actions.build_again(_own(request, id)))


@router.delete("/environments/{id}", response={204: None}, summary="Delete it")
def delete_environment(request: HttpRequest, id: str) -> Status[None]:
    """Nodes that name it do not run any more."""
    actions.delete_environment(_own(request, id))
    return Status(204, None)


def _own(request: HttpRequest, id: str) -> Environment:
    if id == BASE:
        raise Invalid("Base is what Studio itself is installed with; it cannot be changed or deleted here.")
    return access_environment(request.user, id)
