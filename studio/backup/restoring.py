"""Puts a backup back: first the files, each compared with its name, then the database, then the secrets."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from studio import config
from studio.artifacts.sealing import digest_of
from studio.artifacts.store import store
from studio.backup.archive import SECRETS, STORED, TABLE, BackupError, head_of, opened
from studio.backup.rows import count_on, empty, read_rows, tables
from studio.backup.schema import applied, make_anew, unknown
from studio.database.pool import close_all
from studio.datasets.models import Dataset
from studio.experiments.models import Experiment
from studio.samples import MARK


def restore(path: Path, *, replace: bool = False) -> dict[str, Any]:
    """The head of the backup. BackupError, and nothing is changed, where it cannot be put back here."""
    with opened(path) as archive:
        head = head_of(archive)
        keys = [(app, name) for app, name in head["migrations"]]
        if newer := unknown(keys):
            raise BackupError(
                f"The backup was made by Studio {head['studio']}, which is newer than this one (it has "
                f"{newer[0][0]} {newer[0][1]}). Restore it with that version."
            )
        if not replace and _is_used():
            raise BackupError(
                "There are experiments or datasets in this database. --replace drops all of them first."
            )
        store().make()
        _put_files(archive)
        _put_rows(archive, keys, head["rows"])
        _put_secrets(archive)
    call_command("migrate", verbosity=0, interactive=False)
    (config.home() / MARK).touch()
    close_all()
    return head


def _is_used() -> bool:
    if not applied():
        return False
    return Experiment.objects.filter(sample_of="").exists() or Dataset.objects.filter(sample=False).exists()


def _put_files(archive: tarfile.TarFile) -> None:
    drafts = store().new_drafts()
    try:
        for member in archive:
            if (found := STORED.fullmatch(member.name)) is None or not member.isfile():
                continue
            draft = drafts / "file"
            source = archive.extractfile(member)
            assert source, "a member that is a file has content"
            with draft.open("wb") as target:
                shutil.copyfileobj(source, target, 1 << 20)
            if digest_of(draft) != found[1]:
                raise BackupError(f"The backup is damaged: its file {found[1]} holds other bytes.")
            store().move_in(draft, found[1])
    finally:
        shutil.rmtree(drafts, ignore_errors=True)


def _put_rows(archive: tarfile.TarFile, keys: list[tuple[str, str]], rows: dict[str, int]) -> None:
    members = {found[1]: member for member in archive if (found := TABLE.fullmatch(member.name))}
    if missing := set(rows) - set(members):
        raise BackupError(f"The backup is damaged: the table {min(missing)} is missing.")
    models = tables(make_anew(keys))
    with transaction.atomic():
        empty(models.values())
        for name, model in models.items():
            if member := members.get(name):
                count = read_rows(model, _lines(archive, member))
                if count != rows[name]:
                    raise BackupError(f"The backup is damaged: {name} has {count} of {rows[name]} rows.")
        connection.check_constraints()
        count_on(models.values())


def _lines(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[str]:
    file = archive.extractfile(member)
    for line in file or ():
        yield line.decode()


def _put_secrets(archive: tarfile.TarFile) -> None:
    for member in archive:
        folder, _, name = member.name.partition("/")
        if folder == "home" and name in SECRETS and (file := archive.extractfile(member)):
            config.keep_secret(name, file.read().decode())
