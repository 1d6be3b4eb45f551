"""The file of a backup: a tar with `backup.json`, a `database/TABLE.jsonl` for each table, the secrets of
`home/`, and each file of the store as `store/NAME`."""

from __future__ import annotations

import io
import json
import os
import re
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils import timezone

from studio import __version__, config
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.backup.rows import snapshot, tables, write_rows
from studio.backup.schema import applied
from studio.datasets.models import Dataset
from studio.housekeeping.stock import names_in

FORMAT = "studio-backup/1"
SECRETS = ("secret-key", "token")
STORED = re.compile(r"store/([0-9a-f]{64})")
TABLE = re.compile(r"database/(\w+)\.jsonl")


class BackupError(Exception):
    """A sentence for whoever gave the command."""


def write_backup(target: Path, *, with_store: bool) -> dict[str, Any]:
    """What was written: `rows`, `files`, and the `lost` files, which rows name and the store does not have.

    Studio may go on meanwhile. The file appears under its name only once all of it is written.
    """
    draft = target.with_name(f".{target.name}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # it holds secrets
    try:
        with store().keeping(), os.fdopen(descriptor, "wb") as file:
            with (
                tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive,
                tempfile.TemporaryDirectory(dir=target.parent) as folder,
            ):
                head, names = _database(Path(folder))
                _add(archive, "backup.json", json.dumps(head, indent=1).encode())
                for name in head["rows"]:
                    archive.add(Path(folder) / name, f"database/{name}.jsonl")
                for name in SECRETS:
                    if (path := config.home() / name).is_file():
                        archive.add(path, f"home/{name}")
                lost = _store(archive, names) if with_store else []
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return {**head, "files": len(names) - len(lost) if with_store else 0, "lost": lost}


def _database(folder: Path) -> tuple[dict[str, Any], list[str]]:
    """Writes each table's rows into a file of its name; gives the head of the backup, and the files named."""
    with snapshot() as using:
        rows = {}
        for name, model in sorted(tables(apps).items()):
            with (folder / name).open("w", encoding="utf-8") as file:
                rows[name] = write_rows(model, file, using)
        names = set(Dataset.objects.using(using).values_list("original", flat=True))
        kept = Artifact.objects.using(using).filter(dropped=None).order_by("pk")
        last = ""
        while page := list(kept.filter(pk__gt=last).values_list("pk", "manifest")[:1000]):
            last = page[-1][0]
            names.update(name for _, manifest in page for name in names_in(manifest))
    head = {
        "format": FORMAT,
        "studio": __version__,
        "made": timezone.now().isoformat(),
        "migrations": applied(),
        "rows": rows,
    }
    return head, sorted(names)


def _store(archive: tarfile.TarFile, names: list[str]) -> list[str]:
    lost = []
    for name in names:
        try:
            archive.add(store().path(name), f"store/{name}", recursive=False)
        except FileNotFoundError:
            lost.append(name)
    return lost


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    archive.addfile(member, io.BytesIO(data))


def opened(path: Path) -> tarfile.TarFile:
    """A backup to read. Nothing of it is unpacked by the names that it says."""
    try:
        return tarfile.open(path, "r:")
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"{path} cannot be read as a backup: {error}.") from error


def head_of(archive: tarfile.TarFile) -> dict[str, Any]:
    first = archive.next()
    file = archive.extractfile(first) if first and first.name == "backup.json" else None
    try:
        head: dict[str, Any] = json.loads(file.read()) if file else {}
    except ValueError:
        head = {}
    if head.get("format") != FORMAT:
        raise BackupError(f"This is no backup of Studio's: it does not begin with {FORMAT!r}.")
    return head
