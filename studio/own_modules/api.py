"""Own modules over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import F, Max, Window
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from studio.accounts.access import access_own_module, visible_own_modules
from studio.accounts.auth import user_of
from studio.http.paging import Limit, Offset, Page, page_of
from studio.own_modules import actions, files
from studio.own_modules.models import OwnModule
from studio.times import iso

router = Router(tags=["own modules"])


class OwnModuleOut(Schema):
    """A version of an own module. An experiment file carries `definition` under a key of its `modules`, with
    all of `needs`; a node of it has the module `own/KEY`. `latest`: the newest version."""

    slug: str
    version: int
    latest: int
    name: str
    definition: dict[str, Any]
    needs: dict[str, Any]
    created: str | None


class KeepOwnModule(Schema):
    """`slug`: of the own module that this is the next version of; without it, it is a new one."""

    definition: dict[str, Any]
    needs: dict[str, Any] = Field(default_factory=dict)
    slug: Annotated[str, Field(max_length=120)] | None = None


def _as_json(one: OwnModule, latest: int) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "version": one.version,
        "latest": latest,
        "name": one.name,
        "definition": one.definition,
        "needs": one.needs,
        "created": iso(one.created),
    }


@router.get("/own-modules", response=Page[OwnModuleOut], summary="Your own modules")
def list_own_modules(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """The latest version of each, by name."""
    newest = Window(Max("version"), partition_by=[F("owner"), F("slug")])
    rows = visible_own_modules(request.user).alias(newest=newest).filter(version=F("newest"))
    return page_of(
        rows.order_by("name", "slug"),
        limit,
        offset,
        lambda found: [_as_json(one, one.version) for one in found],
    )


@router.post("/own-modules", response={201: OwnModuleOut}, summary="Keep one, or its next version")
def keep_own_module(request: HttpRequest, payload: KeepOwnModule) -> Status[dict[str, Any]]:
    """409 if the name is taken, 422 if it is no own module. What is as the latest version stays that one."""
    if payload.slug is not None:
        access_own_module(request.user, payload.slug)
    kept = actions.keep_module(user_of(request), payload.definition, payload.needs, payload.slug)
    return Status(201, _as_json(kept, kept.version))


@router.get("/own-modules/{slug}/versions/{version}", response=OwnModuleOut, summary="One version")
def get_own_module(request: HttpRequest, slug: str, version: int) -> dict[str, Any]:
    latest = access_own_module(request.user, slug)
    return _as_json(access_own_module(request.user, slug, version), latest.version)


@router.delete("/own-modules/{slug}", response={204: None}, summary="Delete it, every version")
def delete_own_module(request: HttpRequest, slug: str) -> Status[None]:
    """Experiments that use it carry it themselves, and go on as they are."""
    found = access_own_module(request.user, slug)
    actions.delete_module(found.owner_id, found.slug)
    return Status(204, None)


class BroughtOut(Schema):
    """An own module in a file. `scripts`: the languages of the scripts in it. `slug`, `version`: of the one
    that you have under its name; null if it is new. `left_out`: what was not taken over, in sentences."""

    file: str
    name: str
    scripts: list[str]
    slug: str | None
    version: int | None
    left_out: list[str]
    definition: dict[str, Any]
    needs: dict[str, Any]


class BroughtFiles(Schema):
    """`files`: by its name in the package the text of each file."""

    files: dict[Annotated[str, Field(max_length=300)], str]


@router.get("/own-modules/{slugs}/package", summary="Own modules as a zip")
def package_own_modules(request: HttpRequest, slugs: str) -> HttpResponse:
    """The latest version of each, as a file of its own, to be read by `POST /module-packages/read`. Several
    slugs stand with commas between them."""
    wanted = list(dict.fromkeys(slugs.split(",")))[: actions.MOST]
    found = [access_own_module(request.user, slug) for slug in wanted]
    content = files.package((one.slug, one.definition, one.needs) for one in found)
    answer = HttpResponse(content, content_type="application/zip")
    name = found[0].slug if len(found) == 1 else "modules"
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@router.post("/module-packages/read", response=list[BroughtOut], summary="What is in a package of modules")
def read_own_modules(request: HttpRequest, payload: BroughtFiles) -> list[dict[str, Any]]:
    """Reads files of a package, or the XML and the script of a custom module of classic; keeps nothing and
    runs nothing. `POST /own-modules` keeps those that you trust."""
    mine = {one.name: one for one in visible_own_modules(request.user).order_by("version")}
    found = []
    for one in files.read_files(payload.files):
        name = actions.checked_module(one.definition, one.needs)
        known = mine.get(name)
        found.append(
            {
                "file": one.file,
                "name": name,
                "scripts": one.scripts,
                "slug": known and known.slug,
                "version": known and known.version,
                "left_out": one.left_out,
                "definition": one.definition,
                "needs": one.needs,
            }
        )
    return found
