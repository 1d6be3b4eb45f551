"""Datasets over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from ninja import File, Form, Query, Router, Status, UploadedFile

from modules.wire_types.table import FIRST
from studio import shelf
from studio.accounts.access import (
    access_artifact,
    access_dataset,
    access_datasets,
    access_experiment,
    visible_datasets,
)
from studio.accounts.auth import user_of
from studio.artifacts.api import MostColumns, Rows, RowsAsked, Summary, SummaryAsked
from studio.artifacts.downloads import SomeRows
from studio.artifacts.files import send_file
from studio.artifacts.looks import check_filters
from studio.artifacts.models import Artifact
from studio.artifacts.outlines import told_of
from studio.artifacts.store import store
from studio.datasets import actions
from studio.datasets.api_schemas import (
    Comparison,
    DatasetChange,
    DatasetOut,
    FileTexts,
    Made,
    SaveOutput,
    Uses,
)
from studio.datasets.bundle_changes import change_files
from studio.datasets.dataset_users import users
from studio.datasets.import_wait import read_or_refuse
from studio.datasets.lineage import made_from, saved_at
from studio.datasets.list_facts import ListFacts, list_facts
from studio.datasets.lookup import is_latest, latest
from studio.datasets.models import Dataset
from studio.datasets.versions import compare, restore
from studio.errors import Gone, NotFound
from studio.http.paging import Limit, Offset, Page, page_of
from studio.times import iso

router = Router(tags=["datasets"])


def as_json(dataset: Dataset) -> dict[str, Any]:
    return _items([dataset])[0]


def _items(datasets: list[Dataset]) -> list[dict[str, Any]]:
    facts = list_facts(datasets)
    return [_item(dataset, facts[dataset.pk]) for dataset in datasets]


def _item(dataset: Dataset, facts: ListFacts) -> dict[str, Any]:
    """What a list tells of it: of its columns the first."""
    table = dataset.artifact.told() if dataset.artifact and dataset.kind == "table" else {}
    return {
        "id": dataset.id,
        "name": dataset.name,
        "version": dataset.version,
        "latest": facts.latest,
        "type": dataset.type,
        "kind": dataset.kind,
        "state": dataset.state,
        "progress": dataset.progress,
        "error": dataset.error,
        "description": dataset.description,
        "bytes": dataset.bytes,
        "sha256": dataset.sha256,
        "rows": table.get("rows"),
        "columns": table.get("first"),
        "column_count": table.get("columns"),
        "artifact": dataset.artifact_id,
        "folder": dataset.folder,
        "tags": dataset.tags,
        "sample": dataset.sample,
        "used_by": facts.used_by,
        "lineage": facts.lineage,
        "rejected": {"rows": dataset.rejected, "dataset": dataset.rejects_id} if dataset.rejected else None,
        "created": iso(dataset.created),
        "updated": iso(dataset.updated),
    }


@router.get("/datasets", response=Page[DatasetOut], summary="Your datasets, newest first")
def list_datasets(
    request: HttpRequest,
    limit: Limit = 100,
    offset: Offset = 0,
    search: str = "",
    name: str | None = None,
    all_versions: bool = False,
    folder: str | None = None,
    below: bool = False,
    tag: str | None = None,
) -> dict[str, Any]:
    """The latest version of each, and newer ones that are not ready; `all_versions` lists earlier ones.
    `search`: words of the name, the folder or a tag. `folder`: those that lie in it; empty, in none; with
    `below` those in folders under it too."""
    rows = visible_datasets(request.user) if all_versions else _latest(request)
    rows = rows.select_related("artifact").defer("artifact__manifest").order_by("-created", "id")
    rows = shelf.found(rows, search=search, folder=folder, below=below, tag=tag)
    if name is not None:
        rows = rows.filter(name=name)
    return page_of(rows, limit, offset, _items)


def _latest(request: HttpRequest) -> QuerySet[Dataset]:
    return latest(visible_datasets(request.user))


@router.get("/datasets/folders", response=shelf.Shelves, summary="Their folders and tags")
def list_folders(request: HttpRequest) -> dict[str, Any]:
    return shelf.shelves(_latest(request))


@router.post("/datasets/shelve", response=shelf.Changed, summary="Move some to a folder, and tag them")
def shelve_datasets(request: HttpRequest, payload: shelf.Shelve) -> dict[str, int]:
    """All versions of each go along."""
    names = access_datasets(request.user, payload.ids).values_list("name", flat=True)
    rows = visible_datasets(request.user).filter(name__in=list(names))
    return {"changed": shelf.shelve(rows, payload)}


@router.post("/datasets/folders/move", response=shelf.Changed, summary="Rename or move a folder")
def move_folder(request: HttpRequest, payload: shelf.MoveFolder) -> dict[str, int]:
    """With all that lies in it and below. To its own parent: the folder goes, and what lay in it stays."""
    return {"changed": shelf.move_folder(visible_datasets(request.user), payload)}


@router.post("/datasets", response={201: DatasetOut}, summary="Upload a file")
def upload_dataset(
    request: HttpRequest,
    file: Annotated[UploadedFile, File()],
    name: Annotated[str | None, Form()] = None,
    type: Annotated[str | None, Form()] = None,
    description: Annotated[str, Form()] = "",
    new_version_of: Annotated[str | None, Form()] = None,
    reading: Annotated[str | None, Form()] = None,
) -> Any:
    """Answers when the table is ready where that takes under 10 s, else with state `importing`.

    `reading` is JSON that says how the file is read: for CSV and TSV
    `{"delimiter": ";", "missing": ["-999"], "text": ["code"]}`, for a workbook `{"sheet": "2024"}`, for every
    table `{"columns": {"age": {"name": "Age", "type": "integer", "missing": ["?"]}}, "bad_rows": "apart"}`,
    which sets rows that break a rule apart, as a dataset of their own; else the first one refuses the file.

    409 where the name is taken; 422, with line and column if known, where the file cannot be read.
    """
    user = user_of(request)
    older = access_dataset(user, new_version_of) if new_version_of else None
    wish = actions.Wish(
        name=name or None,
        type=type or None,
        description=description,
        new_version_of=older,
        reading=reading or None,
    )
    return _answer(read_or_refuse(actions.upload_dataset(user, file, wish)), 201)


@router.get("/datasets/{id}", response=DatasetOut, summary="One dataset")
def get_dataset(request: HttpRequest, id: str, columns: MostColumns = None) -> Any:
    """`columns`: no more than so many of its columns are told; left out, all."""
    return _answer(access_dataset(request.user, id), columns=columns)


@router.patch("/datasets/{id}", response=DatasetOut, summary="Rename or describe it")
def change_dataset(request: HttpRequest, id: str, payload: DatasetChange) -> Any:
    return _answer(
        actions.update_dataset(access_dataset(request.user, id), payload.name, payload.description)
    )


def _answer(dataset: Dataset, status: int = 200, columns: int | None = None) -> Any:
    """A dataset with its columns. Those of a wide table are sent as they are: checking each takes seconds."""
    facts = as_json(dataset)
    if dataset.artifact is not None and (facts["column_count"] or 0) > FIRST:
        facts["columns"] = told_of(dataset.artifact, columns)["columns"]
        return JsonResponse(facts, status=status)
    facts["columns"] = facts["columns"] and facts["columns"][:columns]
    return Status(status, facts)


@router.delete("/datasets/{id}", response={204: None}, summary="Delete this version")
def delete_dataset(request: HttpRequest, id: str) -> Status[None]:
    actions.delete_dataset(access_dataset(request.user, id))
    return Status(204, None)


@router.get("/datasets/{id}/uses", response=Uses, summary="The experiments that use it")
def get_uses(request: HttpRequest, id: str) -> dict[str, Any]:
    """To be shown before a dataset is deleted."""
    dataset = access_dataset(request.user, id)
    return {"experiments": users(dataset, latest=is_latest(dataset))}


@router.get("/datasets/{id}/made", response=Made, summary="The datasets that were made from it")
def get_made(request: HttpRequest, id: str) -> dict[str, Any]:
    """Those saved from outputs that stand on this version."""
    return _made(made_from(access_dataset(request.user, id)))


@router.get(
    "/experiments/{id}/nodes/{node}/datasets", response=Made, summary="The datasets saved from a node"
)
def get_saved_at(request: HttpRequest, id: str, node: str) -> dict[str, Any]:
    """In any of the experiment's runs."""
    return _made(saved_at(request.user, access_experiment(request.user, id).pk, node))


def _made(datasets: QuerySet[Dataset]) -> dict[str, Any]:
    return {
        "datasets": [
            {"id": each.pk, "name": each.name, "version": each.version, "created": iso(each.created)}
            for each in datasets
        ]
    }


@router.get("/datasets/{id}/compare/{other}", response=Comparison, summary="What changed from it to another")
def compare_datasets(request: HttpRequest, id: str, other: str) -> dict[str, Any]:
    """Two versions of a dataset, or two datasets: columns added, removed, retyped, changed."""
    return compare(access_dataset(request.user, id), access_dataset(request.user, other))


@router.post("/datasets/{id}/restore", response={201: DatasetOut}, summary="Make it the latest version")
def restore_dataset(request: HttpRequest, id: str) -> Any:
    """Adds a version with what this one holds; the versions between stay."""
    return _answer(restore(access_dataset(request.user, id)), 201)


@router.post("/datasets/{id}/files", response={201: DatasetOut}, summary="Change files of a zip")
def change_bundle(request: HttpRequest, id: str, payload: FileTexts) -> Any:
    """Adds a version of the zip with other text in these of its files; earlier versions stay. 409 if this is
    not the latest version."""
    return _answer(read_or_refuse(change_files(access_dataset(request.user, id), payload.files)), 201)


@router.get("/datasets/{id}/download", summary="The file as it was uploaded")
def download_dataset(request: HttpRequest, id: str) -> StreamingHttpResponse:
    dataset = access_dataset(request.user, id)
    path = store().path(dataset.original)
    if not path.is_file():
        raise Gone(f"The file of {dataset} is lost: it is no longer in the store. Upload it again.")
    return send_file(
        path,
        "application/octet-stream",
        dataset.file_name or dataset.name,
        kept=False,
    )


@router.get("/datasets/{id}/rows", response=Rows, exclude_unset=True, summary="A page of rows")
def get_rows(request: HttpRequest, id: str, asked: Query[RowsAsked]) -> Any:
    return asked.page(_ready(access_dataset(request.user, id)))


@router.get(
    "/datasets/{id}/summary", response=Summary, exclude_none=True, summary="Statistics of every column"
)
def get_summary(request: HttpRequest, id: str, asked: Query[SummaryAsked]) -> Any:
    return asked.summary(_ready(access_dataset(request.user, id)))


@router.post("/artifacts/{id}/save", response={201: DatasetOut}, summary="Keep an output as a dataset")
def save_output(request: HttpRequest, id: str, payload: SaveOutput) -> Any:
    """A table, a bundle, a model or a transform; the module *Dataset* brings it back. Some rows of a table
    are read like an upload: that answers with `importing` where it takes longer than 10 s."""
    user = user_of(request)
    artifact = access_artifact(user, id)
    before = access_dataset(user, payload.new_version_of) if payload.new_version_of else None
    at = actions.Origin(payload.run, payload.node)
    if not payload.filter and not payload.search:
        kept = actions.save_output(user, artifact, payload.name, payload.description, at, before)
        return _answer(kept, 201)
    wish = actions.Wish(
        name=payload.name or None, type="parquet", description=payload.description, new_version_of=before
    )
    rows = SomeRows(tuple(check_filters(payload.filter)), payload.search or None)
    return _answer(read_or_refuse(actions.save_rows(user, artifact, rows, wish, at)), 201)


def _ready(dataset: Dataset) -> Artifact:
    if dataset.artifact is None:
        raise NotFound(f"The dataset {dataset.name!r} is {dataset.state}; it has no rows to show yet.")
    return dataset.artifact
