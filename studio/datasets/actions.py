"""The verbs of datasets: upload, import, save an output as one, describe, delete."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from pydantic import ValidationError

from modules.files.formats import FORMATS, stem
from modules.files.kinds import guess
from modules.files.reading import Reading
from studio.artifacts.artifact_use import kept_file, touch, whole
from studio.artifacts.downloads import SomeRows, table_file
from studio.artifacts.models import Artifact
from studio.artifacts.room import check_room
from studio.artifacts.store import store
from studio.celery import hint
from studio.datasets.events import DatasetEvent
from studio.datasets.lineage import maker, remember
from studio.datasets.models import KINDS as DATASET_KINDS
from studio.datasets.models import Dataset, Source
from studio.errors import Invalid, Taken
from studio.live.broadcast import publish_to_owner

MAX_NAME = 200
CHUNK = 1 << 20
REJECTS = " rejects"
"""What the name of a dataset ends with that holds the rejects of another."""
ROOM = 3
"""How many times its own size a file may take: itself, its table, and the table while it is made."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How a file becomes a dataset. What is left out is taken from the file's name and content."""

    name: str | None = None
    type: str | None = None
    description: str = ""
    new_version_of: Dataset | None = None
    reading: str | None = None


def upload_dataset(owner: User, file: UploadedFile, wish: Wish) -> Dataset:
    """Keeps the file as it is and has a worker read it. Raises Taken if the name is in use, Invalid if it
    cannot be a name."""
    file_name = Path(file.name or "upload").name
    facts = _checked(owner, file_name, file.open("rb").read(4096), wish)
    check_room(f"The file {file_name}", (file.size or 0) * ROOM)
    with _drafts() as draft:
        sha256 = hashlib.sha256()
        with (draft / "upload").open("wb") as target:
            file.seek(0)
            for chunk in file.chunks(CHUNK):
                sha256.update(chunk)
                target.write(chunk)
        return _keep(owner, draft / "upload", sha256.hexdigest(), facts)


def take_file(owner: User, path: Path, file_name: str, wish: Wish) -> Dataset:
    """Makes a dataset of a file on the disk of the store. The file stays there too, at no cost."""
    with path.open("rb") as opened:
        facts = _checked(owner, file_name, opened.read(4096), wish)
        opened.seek(0)
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    with _drafts() as draft:
        (draft / "upload").hardlink_to(path)
        return _keep(owner, draft / "upload", sha256, facts)


def check_name(owner: User, file_name: str, wish: Wish) -> str:
    """Returns the name of the new dataset. Raises Taken if it is in use, Invalid if it cannot be a name."""
    if wish.new_version_of:
        return wish.new_version_of.name
    name = _checked_name(wish.name or stem(file_name)[:MAX_NAME])
    _refuse_taken(owner, name)
    return name


def _checked(owner: User, file_name: str, start: bytes, wish: Wish) -> dict[str, Any]:
    kind = wish.type or guess(file_name, start)
    return {
        "type": check_type(kind),
        "reading": check_reading(wish.reading),
        "name": check_name(owner, file_name, wish),
        "description": wish.description,
        "file_name": file_name,
    }


@contextmanager
def _drafts() -> Iterator[Path]:
    draft = store().new_drafts()
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _keep(owner: User, draft: Path, sha256: str, facts: dict[str, Any]) -> Dataset:
    with store().keeping():
        original, size = store().put(draft)
        return _create(owner, hints=True, original=original, sha256=sha256, bytes=size, **facts)


def add_file(owner: User, path: Path, name: str, type: str | None = None, **more: Any) -> Dataset:
    """Makes a dataset of a file of this machine (samples, the command line). No worker is told to read it."""
    with path.open("rb") as opened:
        kind = type or guess(path.name, opened.read(4096))
        opened.seek(0)
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    with store().keeping():
        original, size = store().put_copy(path)
        return _create(
            owner,
            _checked_name(name),
            hints=False,
            type=kind,
            file_name=path.name,
            original=original,
            sha256=sha256,
            bytes=size,
            **more,
        )


class Origin(NamedTuple):
    """Where an output was left, since several nodes may have left the same. If not said: the newest run."""

    run: str | None = None
    node: str | None = None


def save_output(
    owner: User,
    artifact: Artifact,
    name: str,
    description: str = "",
    origin: Origin = Origin(),  # noqa: B008  # never changed
    new_version_of: Dataset | None = None,
) -> Dataset:
    """An output as a dataset, with its lineage. A table's original is its Parquet file, which keeps every
    type; a bundle's, model's or transform's the file in which it is taken away."""
    name = new_version_of.name if new_version_of else _checked_name(name)
    if new_version_of is None:
        _refuse_taken(owner, name)
    else:
        _check_kind(new_version_of, artifact)
    with _drafts() as draft:
        type, ending, source = _file_of(artifact, draft)
        with source.open("rb") as opened:
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
        with store().keeping():
            touch([artifact])
            artifact.refresh_from_db(fields=["dropped"])
            original, size = store().put_copy(source)
            dataset = _create(
                owner,
                name,
                hints=False,
                type=type,
                description=description,
                file_name=f"{name}.{ending}",
                original=original,
                sha256=sha256,
                bytes=size,
                artifact=whole(artifact),
                state=Dataset.State.READY,
            )
    if made_by := maker(owner.pk, artifact, *origin):
        remember(dataset, made_by)
    return dataset


def _check_kind(dataset: Dataset, artifact: Artifact) -> None:
    if dataset.kind != artifact.type:
        raise Invalid(
            f"{dataset.name!r} is a {dataset.kind}, and this is a {artifact.type}; choose another name.", []
        )


def save_rows(owner: User, artifact: Artifact, rows: SomeRows, wish: Wish, origin: Origin) -> Dataset:
    """Some rows of a table as a dataset, with its lineage: a worker writes them as a Parquet file, and reads
    that as it reads any upload. Invalid for what is no table."""
    if artifact.type != "table":
        raise Invalid(f"This is a {artifact.type}: only a table has rows to choose.", [])
    if wish.new_version_of:
        _check_kind(wish.new_version_of, artifact)
    name = check_name(owner, "", wish)
    dataset = take_file(owner, table_file(artifact, "parquet", rows), f"{name}.parquet", wish)
    if made_by := maker(owner.pk, artifact, *origin):
        remember(dataset, made_by)
    return dataset


def _file_of(artifact: Artifact, draft: Path) -> tuple[str, str, Path]:
    """The type of dataset that an output becomes, and its file with the ending. Invalid if none."""
    if artifact.type == "table":
        return "parquet", "parquet", table_file(artifact, "parquet")
    types = {kind: type for type, kind in DATASET_KINDS.items()}
    downloads = artifact.read().downloads()
    if artifact.type not in types or not downloads:
        raise Invalid(f"A {artifact.type} cannot be saved as a dataset.", [])
    ending, _, object, text = downloads[0]
    if object is not None:
        return types[artifact.type], ending, kept_file(artifact, object)
    (draft / "saved").write_text(text, encoding="utf-8")
    return types[artifact.type], ending, draft / "saved"


class Original(NamedTuple):
    """A dataset's file in the store."""

    original: str
    sha256: str
    bytes: int


def keep_original(file: Path) -> Original:
    """Moves a file in, to be a dataset's."""
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    original, size = store().put(file)
    return Original(original, sha256, size)


def keep_rejects(dataset: Dataset, artifact: Artifact, original: Original) -> None:
    """The rows of an upload that broke a rule, as a dataset beside it. `original`: the same as CSV."""
    rows = artifact.manifest["rows"]
    made = _create(
        dataset.owner,
        f"{dataset.name[: MAX_NAME - len(REJECTS)]}{REJECTS}",
        hints=False,
        type="csv",
        description=f"SomeRows of {dataset.file_name} that broke a rule when {dataset} was read.",
        file_name=f"{stem(dataset.file_name)[:MAX_NAME]}{REJECTS}.csv",
        **original._asdict(),
        artifact=artifact,
        state=Dataset.State.READY,
    )
    Dataset.objects.filter(pk=dataset.pk).update(rejected=rows, rejects=made)


def add_version(dataset: Dataset) -> Dataset:
    """The next version under the same name, with all that this one holds."""
    held = (
        "type", "reading", "description", "file_name", "original", "sha256", "bytes", "artifact", "state",
        "lineage", "rejected", "rejects",
    )  # fmt: skip
    facts = {name: getattr(dataset, name) for name in held}
    added = _create(dataset.owner, dataset.name, hints=False, **facts)
    Source.objects.bulk_create(
        Source(made=added, dataset=source.dataset, name=source.name, version=source.version)
        for source in dataset.sources.select_related("dataset")
    )
    return added


def update_dataset(dataset: Dataset, name: str | None, description: str | None) -> Dataset:
    """A new name is given to all versions; experiments that used the old one must be changed by hand."""
    with transaction.atomic():
        if description is not None:
            dataset.description = description
            dataset.save(update_fields=["description", "updated"])
        if name is not None and name != dataset.name:
            new = _checked_name(name)
            _refuse_taken(dataset.owner, new)
            Dataset.objects.filter(owner_id=dataset.owner_id, name=dataset.name).update(name=new)
            tell(dataset.owner_id, dataset.name, new)
            dataset.refresh_from_db()
    return dataset


def delete_dataset(dataset: Dataset) -> None:
    """This version; the others stay."""
    with transaction.atomic():
        dataset.delete()
        tell(dataset.owner_id, dataset.name)


def tell(owner_id: int, *names: str) -> None:
    """Tells open experiments that what they get by these names may be another."""
    publish_to_owner(owner_id, *(DatasetEvent(name=name) for name in names))


def _create(owner: User, name: str, *, hints: bool, **facts: Any) -> Dataset:
    try:
        with transaction.atomic():
            last = Dataset.objects.filter(owner=owner, name=name).order_by("-version").first()
            if last:
                facts = {"folder": last.folder, "tag_lines": last.tag_lines, **facts}
            dataset = Dataset.objects.create(
                owner=owner, name=name, version=last.version + 1 if last else 1, **facts
            )
            if hints:
                transaction.on_commit(lambda: hint("workers.import_dataset", dataset.pk))
            if dataset.state == Dataset.State.READY:
                tell(owner.pk, name)
    except IntegrityError as error:
        raise Taken(f"A dataset named {name!r} was added at the same moment. Try again.") from error
    return dataset


def _refuse_taken(owner: User, name: str) -> None:
    if existing := Dataset.objects.filter(owner=owner, name=name).order_by("-version").first():
        raise Taken(
            f"There is a dataset named {name!r} already. Choose another name, or make this its next version.",
            existing={"id": existing.pk, "version": existing.version},
        )


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME:
        raise _invalid("name", f"A dataset's name has 1 to {MAX_NAME} characters.")
    if "@" in name:
        raise _invalid("name", "A dataset's name must not contain @, which marks a version in an experiment.")
    return name


def check_type(kind: str) -> str:
    """Returns the type if there is such a format; raises Invalid otherwise."""
    if kind not in FORMATS:
        raise _invalid("type", f"type is {kind!r}; it can be {', '.join(FORMATS)}.")
    return kind


def check_reading(text: str | None) -> dict[str, Any]:
    """What the JSON of a `Reading` says. Raises Invalid if it is no `Reading`."""
    try:
        return Reading.model_validate_json(text).given() if text else {}
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise _invalid("reading", f"reading{'.' + where if where else ''}: {first['msg']}.") from error


def _invalid(field: str, message: str) -> Invalid:
    return Invalid(message, [{"loc": [field], "code": "bad-value", "message": message}])
