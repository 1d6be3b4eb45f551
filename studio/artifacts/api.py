"""Artifacts over HTTP: facts, rows, summaries, downloads, pictures."""

from __future__ import annotations

import base64
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from modules.learning.exporting.formats import MODEL_FORMATS
from modules.sdk.column import ColumnType
from modules.sdk.declare import PortType
from modules.wire_types import AnyMembers
from modules.wire_types.device import StoredDevice, StoredPicture
from modules.wire_types.table import FIRST
from studio.accounts.access import access_artifact
from studio.accounts.auth import signed_in, user_of
from studio.accounts.passes import ArtifactPass, make_pass
from studio.artifacts import looks
from studio.artifacts.artifact_use import kept_file
from studio.artifacts.documents import report_documents, send_document
from studio.artifacts.downloads import send_table
from studio.artifacts.files import send_bytes, send_file
from studio.artifacts.models import Artifact
from studio.artifacts.outlines import told_of
from studio.errors import Invalid, NotFound
from studio.times import iso

router = Router(tags=["artifacts"])

SMALL_DRAWING = 64 << 10
"""Bytes of an SVG that is its own thumbnail."""


MostColumns = Annotated[int | None, Query(None, ge=0)]


class ArtifactOut(Schema, AnyMembers):
    """What it is and how large. Members that do not fit its type are absent. `dropped`: since when no more
    is kept of it than this; its rows answer 410. `column_count` counts all columns, also those not told."""

    id: str
    type: PortType
    bytes: int
    created: str
    dropped: str | None = None


class TypedName(Schema):
    name: str
    type: ColumnType


class Rows(Schema):
    """A page of a table; `total` counts the rows that the filter leaves, `column_count` the columns of a wide
    table, which are told by pages too. Missing is null. `days`: the columns of dates in which no value has a
    time."""

    columns: list[TypedName]
    rows: list[list[Any]]
    total: int
    column_count: int | None = None
    days: list[str] | None = None


class Histogram(Schema):
    edges: list[int | float]
    counts: list[int]


class Quantile(Schema):
    """The value below which that share of the values lies, between two of them linearly."""

    share: float
    value: Any


class TopValue(Schema):
    value: Any
    count: int


class ColumnSummary(Schema):
    """`count` and `unique` are of the values present; statistics are of numbers (and min, max of times);
    `order` is that of categories which have one; `days` says that no date has a time."""

    name: str
    type: ColumnType
    count: int
    missing: int
    unique: int
    mean: Any = None
    median: Any = None
    min: Any = None
    max: Any = None
    std: Any = None
    quantiles: list[Quantile] | None = None
    histogram: Histogram | None = None
    top: list[TopValue] | None = None
    order: list[Any] | None = None
    days: bool | None = None


class Summary(Schema):
    """`column_count` counts the columns of a wide table, which are told by pages."""

    columns: list[ColumnSummary]
    column_count: int | None = None


class PassWanted(Schema):
    """`what`: the table in your words, to know the pass by."""

    what: str = Field("", max_length=200)


class PassMade(Schema):
    id: str
    token: str
    expires: str


class ColumnsAsked(Schema):
    """`columns`: no more than so many, from `first_column` on; left out, all of them, of a table of more than
    1,000 the first 1,000."""

    first_column: int = Field(0, ge=0)
    columns: int | None = Field(None, ge=1, le=looks.MOST_COLUMNS)

    def window(self) -> looks.Window | None:
        if self.columns is None and not self.first_column:
            return None
        return looks.Window(self.first_column, self.columns or looks.MOST_COLUMNS)


class SummaryAsked(ColumnsAsked):
    """`filter`, `search`: of the rows that these leave, as for rows."""

    filter: str | None = None
    search: str | None = None

    def summary(self, artifact: Artifact) -> dict[str, Any]:
        return looks.summary(artifact, self.window(), self.filter, self.search)


class RowsAsked(ColumnsAsked):
    """`sort`: a column, `-column` for descending; with `descending` a column whatever its name. `filter`:
    JSON `[{"column", "op", "value"}]`. `search`: rows with this text in a text column, or this number or
    day in another. `longest`: characters of a text that are told. `whole`: one row, long texts uncut."""

    offset: int = Field(0, ge=0)
    limit: int = Field(100, ge=0, le=10_000)
    sort: str | None = None
    descending: bool | None = None
    filter: str | None = None
    search: str | None = None
    longest: int = Field(looks.LONGEST, ge=1, le=looks.LONGEST)
    whole: bool = False

    def page(self, artifact: Artifact) -> dict[str, Any]:
        limit, longest = (min(1, self.limit), looks.WHOLE) if self.whole else (self.limit, self.longest)
        return looks.page(
            artifact,
            self.offset,
            limit,
            self.sort,
            self.filter,
            self.search,
            self.window(),
            longest,
            self.descending,
        )


def as_json(artifact: Artifact, columns: int | None = None) -> dict[str, Any]:
    """`columns`: no more than so many of a table's."""
    facts: dict[str, Any] = {
        "id": artifact.id,
        "type": artifact.type,
        "bytes": artifact.bytes,
        "created": iso(artifact.created),
        "dropped": iso(artifact.dropped),
    }
    return facts | told_of(artifact, columns)


@router.get("/artifacts/{id}", response=ArtifactOut, exclude_none=True, summary="Type, schema, sizes")
def get_artifact(request: HttpRequest, id: str, columns: MostColumns = None) -> Any:
    """`columns`: no more than so many of a table's columns are told; left out, all."""
    facts = as_json(access_artifact(request.user, id), columns)
    if len(facts.get("columns") or ()) > FIRST:  # checking each takes seconds
        return JsonResponse({key: value for key, value in facts.items() if value is not None})
    return facts


@router.get("/artifacts/{id}/rows", response=Rows, exclude_unset=True, summary="A page of rows")
def get_rows(request: HttpRequest, id: str, asked: Query[RowsAsked]) -> Any:
    return asked.page(access_artifact(request.user, id))


@router.get(
    "/artifacts/{id}/summary", response=Summary, exclude_none=True, summary="Statistics of every column"
)
def get_summary(request: HttpRequest, id: str, asked: Query[SummaryAsked]) -> Any:
    return asked.summary(access_artifact(request.user, id))


@router.post("/artifacts/{id}/pass", response={201: PassMade}, summary="A token for this artifact alone")
def add_pass(request: HttpRequest, id: str, payload: PassWanted | None = None) -> Status[dict[str, Any]]:
    """For a notebook: it downloads this one artifact for 30 days, and can do nothing else. There is one an
    artifact; asked for again it lasts longer. `DELETE /passes/{id}` takes it back."""
    artifact = access_artifact(request.user, id)
    token, made = make_pass(user_of(request), artifact.id, payload.what if payload else "")
    return Status(201, {"id": made.pk, "token": token, "expires": iso(made.expires)})


@router.get(
    "/artifacts/{id}/download",
    auth=[*signed_in(), ArtifactPass()],
    summary="The whole of it, as a file",
)
def download(request: HttpRequest, id: str, format: str = "csv") -> StreamingHttpResponse | HttpResponse:
    """A table as csv, csv-guarded, tsv, parquet, arrow, jsonl, xlsx, arff or svmlight; a bundle as its zip, a
    model as its pickle, as skops or as onnx, a device as its text. In csv-guarded no text is a formula to a
    spreadsheet."""
    artifact = access_artifact(request.user, id)
    if artifact.type == "model" and format in MODEL_FORMATS:
        return send_file(looks.model_file(artifact, format), MODEL_FORMATS[format], f"model.{format}")
    downloads = artifact.read().downloads()
    if not downloads:
        return send_table(artifact, format)
    main = downloads[0]
    if main.object is None:
        return HttpResponse(main.text, content_type=main.media_type)
    return send_file(kept_file(artifact, main.object), main.media_type, f"{artifact.type}.{main.ending}")


@router.get("/artifacts/{id}/pictures/{n}", summary="The n-th picture, from 0")
def get_picture(request: HttpRequest, id: str, n: int) -> StreamingHttpResponse:
    artifact = access_artifact(request.user, id)
    picture = _picture(artifact, n)
    return send_file(kept_file(artifact, picture.object), picture.media_type)


@router.get("/artifacts/{id}/documents/{n}", summary="The n-th document of a report, from 0")
def get_document(request: HttpRequest, id: str, n: int) -> StreamingHttpResponse:
    """HTML is shown, in a frame too, and can run and load nothing; a PDF is a download."""
    artifact = access_artifact(request.user, id)
    documents = report_documents(artifact)
    if not 0 <= n < len(documents):
        raise NotFound(f"There is no document {n} here; there are {len(documents)}, counted from 0.")
    return send_document(artifact, documents[n])


@router.get("/artifacts/{id}/pictures/{n}/thumbnail", summary="The n-th picture, at most 480 × 360 pixels")
def get_thumbnail(request: HttpRequest, id: str, n: int) -> HttpResponse | StreamingHttpResponse:
    """A small drawing (SVG) is sent as it is. 422 says why there is no thumbnail of a picture."""
    artifact = access_artifact(request.user, id)
    picture = _picture(artifact, n)
    if picture.media_type == "image/svg+xml" and picture.bytes <= SMALL_DRAWING:
        return send_file(kept_file(artifact, picture.object), picture.media_type)
    made = looks.thumbnail(artifact, n)
    if made["image"] is None:
        raise Invalid(made["why"], [{"loc": ["path", "n"], "code": "no-thumbnail", "message": made["why"]}])
    return send_bytes(base64.b64decode(made["image"]), made["media_type"])


def _picture(artifact: Artifact, n: int) -> StoredPicture:
    manifest = artifact.read()
    pictures = manifest.pictures if isinstance(manifest, StoredDevice) else ()
    if not 0 <= n < len(pictures):
        raise NotFound(f"There is no picture {n} here; there are {len(pictures)}, counted from 0.")
    return pictures[n]
