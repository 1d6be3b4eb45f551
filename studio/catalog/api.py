"""`GET /modules`: what the palette, the property form and the help are drawn from."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from modules.registry import broken_modules, catalog
from modules.sdk.column import ColumnType
from modules.sdk.declare import ModuleSpec, ParamSpec, PortSpec
from modules.sdk.fits import FitPorts
from studio.catalog.examples import Example, example_of
from studio.catalog.lines import MOST_COLUMNS, said_line
from studio.errors import NotFound
from studio.http.paging import Limit, Offset, Page

router = Router(tags=["modules"])


class ModuleOut(Schema):
    """A module. `unavailable` says, in a sentence, what this machine lacks to run it. `not_yet` says what it
    stands for that Studio cannot do yet: it is offered nowhere, and experiments that have it keep it. `fits`:
    of a module that learns from a table, which port is what to it. `reference`: of a module that stands for a
    dataset, the param that names it. `network`: the param in which a node asks for hosts, or `always`.
    `foretells`: the columns that it leaves can be told before it runs. `has_line`: it can say the one line of
    SQL or pandas that it is."""

    slug: str
    name: str
    category: str
    summary: str
    docs: str
    inputs: list[PortSpec]
    outputs: list[PortSpec]
    params: list[ParamSpec]
    version: int
    synonyms: list[str]
    unavailable: str | None
    not_yet: str
    fits: FitPorts | None
    reference: str | None
    network: str | None
    foretells: bool
    has_line: bool


class ModuleHelp(ModuleOut):
    """A module with the example of its help; none if it neither takes nor gives a table."""

    example: Example | None


class ColumnAhead(Schema):
    """`type` is empty if it is not known."""

    name: str
    type: ColumnType | Literal[""] = ""


class LineAsked(Schema):
    """`inputs`: by each port that has a wire the columns that are known there; null if none are."""

    params: dict[str, Any] = Field(default_factory=dict)
    inputs: dict[str, Annotated[list[ColumnAhead], Field(max_length=MOST_COLUMNS)] | None] = Field(
        default_factory=dict
    )


class LineOut(Schema):
    """A line of DuckDB's SQL over `t1`, `t2` …, or an expression of pandas over `dataframe1`, `dataframe2`
    …, which does what the module does with these params. Both are empty if there is none; `why` says why."""

    language: Literal["sql", "pandas", ""]
    text: str
    why: str


class BrokenOut(Schema):
    """A module that this server cannot read, so that it is in no list; `doctor` prints its traceback."""

    slug: str
    unavailable: str


class Modules(Page[ModuleOut]):
    """`broken` is told with every page."""

    broken: list[BrokenOut]


def as_json(spec: ModuleSpec) -> dict[str, Any]:
    return {
        "slug": spec.slug,
        "name": spec.name,
        "category": spec.category,
        "summary": spec.summary,
        "docs": spec.docs,
        "inputs": list(spec.inputs),
        "outputs": list(spec.outputs),
        "params": list(spec.params),
        "version": spec.version,
        "synonyms": list(spec.synonyms),
        "unavailable": spec.missing(),
        "not_yet": spec.not_yet,
        "fits": spec.fit_ports,
        "reference": spec.reference,
        "network": "always" if callable(spec.network) else spec.network,
        "foretells": bool(spec.foretells),
        "has_line": spec.line is not None,
    }


@router.get("/modules", response=Modules, summary="Every module")
def list_modules(
    request: HttpRequest, limit: Limit = 1000, offset: Offset = 0, docs: bool = True
) -> dict[str, Any]:
    """`docs=false` leaves the help texts empty: they are half of the answer."""
    specs = list(catalog().values())
    without = {} if docs else {"docs": ""}
    return {
        "items": [as_json(spec) | without for spec in specs[offset : offset + limit]],
        "total": len(specs),
        "broken": [{"slug": each.slug, "unavailable": each.error} for each in broken_modules()],
    }


@router.get("/modules/{slug}", response=ModuleHelp, summary="One module, with an example")
def get_module(request: HttpRequest, slug: str) -> dict[str, Any]:
    if spec := catalog().get(slug):
        return as_json(spec) | {"example": example_of(slug)}
    raise NotFound(f"There is no module {slug!r}.")


@router.post("/modules/{slug}/line", response=LineOut, summary="The line of SQL or pandas that it is")
def line_of_module(request: HttpRequest, slug: str, asked: LineAsked) -> dict[str, str]:
    """Puts texts together, and runs neither the line nor the module."""
    spec = catalog().get(slug)
    if spec is None:
        raise NotFound(f"There is no module {slug!r}.")
    columns = {
        port: None if known is None else {column.name: column.type for column in known}
        for port, known in asked.inputs.items()
    }
    line = said_line(spec, asked.params, columns)
    if isinstance(line, str):
        return {"language": "", "text": "", "why": line}
    return {**line._asdict(), "why": ""}
