"""Looking deeper over HTTP: charts, comparisons, a bundle's files, all pictures at once."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Any, Literal

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from modules.sdk.column import ColumnType
from modules.wire_types.device import StoredDevice
from studio.accounts.access import access_artifact
from studio.artifacts import looks
from studio.artifacts.files import send_file
from studio.artifacts.store import store
from studio.errors import NotFound
from studio.text import file_name

router = Router(tags=["artifacts"])


class ChartAsked(Schema):
    """`x`, `y`: columns. `bins`, `log` are for histograms (bins for lines too), `measure` for bars."""

    kind: Literal["histogram", "box", "scatter", "bar", "line", "cross", "correlation"]
    x: str | None = None
    y: str | None = None
    bins: int = Field(30, ge=1, le=500)
    log: bool = False
    measure: Literal["count", "sum", "mean", "min", "max"] = "count"
    search: str | None = None


class Chart(Schema):
    """What is drawn; the other members depend on `kind` (see the user guide)."""

    kind: str
    rows: int
    x: dict[str, str] | None = None
    y: dict[str, str] | None = None
    data: dict[str, Any]


class CompareAsked(Schema):
    """`key`: columns, each as a parameter of its own; none matches rows by their place."""

    key: list[str] = Field(default_factory=list)
    show: Literal["added", "removed", "changed"] = "changed"
    offset: int = Field(0, ge=0)
    limit: int = Field(100, ge=0, le=1000)
    drift: bool = True


class MatchesAsked(Schema):
    """`left`, `right`: the key columns of both tables, each as a parameter of its own, in pairs. `how` keys
    match, and what goes with it, as Join Data, As-of Join (the times are the first keys) and Fuzzy Join take
    it."""

    left: list[str] = Field(default_factory=list, max_length=50)
    right: list[str] = Field(default_factory=list, max_length=50)
    how: Literal["equal", "as_of", "fuzzy"] = "equal"
    match_case: bool = True
    match: Literal["last", "first", "nearest"] = "last"
    within: float = Field(0.0, ge=0)
    measure: Literal["jaro_winkler", "levenshtein", "words"] = "jaro_winkler"
    at_least: float = Field(0.85, ge=0.5, le=1)
    partners: Literal["best", "all"] = "best"


class KeyMatches(Schema):
    """Of `rows` of the first table, `sampled` were looked up in the whole other one: `found` have a partner,
    `missing` have no key, and a join would make `pairs` rows of them. `without`: keys that have none."""

    rows: int
    sampled: int
    found: int
    pairs: int
    missing: int
    without: list[str]


class RowCounts(Schema):
    added: int
    removed: int
    changed: int
    same: int


class Drift(Schema):
    """`psi`: the population stability index; under 0.1 is little, over 0.25 much."""

    psi: float | None = None
    old_missing: float
    new_missing: float
    old_mean: float | None = None
    new_mean: float | None = None
    edges: list[float] | None = None
    old_counts: list[int] | None = None
    new_counts: list[int] | None = None


class ComparedColumn(Schema):
    """Its type in either table, null where it is not there; `changed`: matched rows in which it differs."""

    name: str
    old: ColumnType | None
    new: ColumnType | None
    changed: int
    drift: Drift | None = None


class ComparedRow(Schema):
    """Its cells in either table; `changed`: the columns that differ."""

    old: list[Any] | None
    new: list[Any] | None
    changed: list[str]


class ComparedPage(Schema):
    """`days`: the columns of dates in which no value of either table has a time."""

    total: int
    columns: list[str]
    rows: list[ComparedRow]
    days: list[str] | None = None


class TableComparison(Schema):
    counts: RowCounts
    columns: list[ComparedColumn]
    page: ComparedPage


class FolderEntry(Schema):
    name: str
    bytes: int


class BundleEntries(Schema):
    entries: list[FolderEntry]


class BundleFile(Schema):
    """`text` is null where the file is none; `cut` where there is more of it."""

    text: str | None
    bytes: int
    cut: bool


@router.get("/artifacts/{id}/chart", response=Chart, summary="A chart's figures, over all rows")
def get_chart(request: HttpRequest, id: str, asked: Query[ChartAsked], filter: str | None = None) -> Any:
    """Binned on the server. `filter` and `search` as for rows."""
    made = looks.chart(access_artifact(request.user, id), asked.dict(), filter)
    head = {key: made.pop(key, None) for key in ("kind", "rows", "x", "y")}
    return head | {"data": made}


@router.get(
    "/artifacts/{id}/compare/{other}", response=TableComparison, summary="What changed from it to another"
)
def compare_tables(request: HttpRequest, id: str, other: str, asked: Query[CompareAsked]) -> Any:
    """Two tables: rows added, removed and changed by key (or by place), and how far each column moved."""
    return looks.compare(
        access_artifact(request.user, id), access_artifact(request.user, other), asked.dict()
    )


@router.get(
    "/artifacts/{id}/matches/{other}", response=KeyMatches, summary="How many keys of it another table has"
)
def get_matches(request: HttpRequest, id: str, other: str, asked: Query[MatchesAsked]) -> Any:
    """What a join of the two tables would find, on a sample of the first one's rows."""
    return looks.key_matches(
        access_artifact(request.user, id), access_artifact(request.user, other), asked.dict()
    )


@router.get("/artifacts/{id}/entries", response=BundleEntries, summary="All files of a bundle")
def get_entries(request: HttpRequest, id: str) -> Any:
    """`entries` of the artifact itself are its first 1,000."""
    return looks.bundle_files(access_artifact(request.user, id))


@router.get("/artifacts/{id}/files", response=BundleFile, summary="A file of a bundle, as text")
def get_file(request: HttpRequest, id: str, name: str) -> Any:
    return looks.bundle_file(access_artifact(request.user, id), name)


@router.get("/artifacts/{id}/pictures.zip", summary="All pictures as one zip")
def get_pictures(request: HttpRequest, id: str) -> StreamingHttpResponse:
    manifest = access_artifact(request.user, id).read()
    if not isinstance(manifest, StoredDevice) or not manifest.pictures:
        raise NotFound("There are no pictures here.")
    digits = len(str(len(manifest.pictures)))
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        with zipfile.ZipFile(file, "w") as archive:  # pictures are compressed already
            for number, picture in enumerate(manifest.pictures, 1):
                archive.write(store().path(picture.object), f"{number:0{digits}} {file_name(picture.name)}")
        file.flush()
        return send_file(Path(file.name), "application/zip", "pictures.zip")
