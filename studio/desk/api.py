"""Export and import of experiments as scripts and notebooks, over HTTP."""

from __future__ import annotations

import importlib.util
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import File, Router, Schema, Status, UploadedFile

from studio.accounts.access import access_experiment
from studio.accounts.auth import user_of
from studio.artifacts.files import send_parts
from studio.datasets.lookup import find_dataset
from studio.desk.package import Form, files_of, make_package, zip_parts
from studio.errors import TooLarge
from studio.experiments.actions import create_experiment
from studio.experiments.desk.any_file import read_any
from studio.experiments.desk.reader import Found
from studio.text import file_name

router = Router(tags=["experiments"])

MOST_BYTES = 32 << 20
"""Of a script or a notebook, whose pictures count."""


class NotTaken(Schema):
    """What could not be taken over: a node's id, or the title of a cell, and why."""

    node: str
    message: str


class MissingDataset(Schema):
    """The script reads this file; there is no dataset of that name yet. `type`: as what to upload it."""

    dataset: str
    path: str
    type: str = ""


class Imported(Schema):
    id: str
    name: str
    nodes: int
    left_out: list[NotTaken]
    missing: list[MissingDataset]


@router.get("/experiments/{id}/export", summary="The experiment as a script or a notebook")
def export_experiment(
    request: HttpRequest, id: str, form: Form = "py", with_datasets: bool = False
) -> HttpResponseBase:
    """It runs with plain Python and gives the same tables. `with_datasets`: a zip with its datasets and the
    package studio-modules, which it calls; otherwise the file alone."""
    package = make_package(access_experiment(request.user, id), form)
    if with_datasets:
        parts = zip_parts(package, files_of(package))
        return send_parts(parts, "application/zip", f"{package.name.rpartition('.')[0]}.zip", kept=False)
    kind = "text/x-python" if form == "py" else "application/x-ipynb+json"
    answer = HttpResponse(package.script, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(package.name)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@router.post(
    "/experiments/import",
    response={201: Imported},
    summary="Make one of a script, a notebook or a graph of classic",
)
def import_experiment(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """A script that Studio wrote comes back node for node; other code is cut into nodes by what each cell
    defines and uses. It is parsed, never executed. `left_out` says what could not be cut or taken over."""
    user = user_of(request)
    found = read_any(file.name or "script.py", text_of(file))
    made = create_experiment(user, found.document)
    return Status(
        201,
        {
            "id": made.pk,
            "name": made.name,
            "nodes": made.node_count,
            **rest_of(found, user.pk),
        },
    )


def rest_of(found: Found, owner_id: int) -> dict[str, Any]:
    """What of a file could not be taken over, and which of its datasets are not here."""
    missing = [name for name in found.files if find_dataset(owner_id, name) is None]
    return {
        "left_out": [{"node": node, "message": why} for node, why in found.left_out],
        "missing": [
            {"dataset": name, "path": found.files[name], "type": found.types.get(name, "")}
            for name in missing
        ],
    }


def text_of(file: UploadedFile) -> str:
    """The text, in the encoding that a script says it has; else as UTF-8, then as Latin-1. TooLarge if it has
    more bytes than are read."""
    if (file.size or 0) > MOST_BYTES:
        raise TooLarge(f"{file.name} has {file.size:,} bytes; at most {MOST_BYTES:,} are read.")
    content = file.read()
    try:
        return importlib.util.decode_source(content)
    except (SyntaxError, UnicodeDecodeError, LookupError):
        return content.decode("latin-1")
