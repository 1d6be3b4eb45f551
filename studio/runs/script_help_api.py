"""Help with a node's script while it is written: what could stand at the cursor, docs, and a tidy form."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from studio.accounts.access import access_experiment
from studio.experiments.graph_warnings import TextEdit
from studio.runs import script_help
from studio.runs.script_packages import add_package

router = Router(tags=["experiments"])


class ScriptPlace(Schema):
    """A place in a script as it is being typed: `line` from 1, `column` from 0, in characters."""

    script: Annotated[str, Field(max_length=1_000_000)]
    line: Annotated[int, Field(ge=1, le=1_000_000)]
    column: Annotated[int, Field(ge=0, le=10_000_000)]


class CompletionItem(Schema):
    """`kind`: `column`, `table`, `keyword`, `function`, `method`, `class`, `module`, `variable` …"""

    label: str
    kind: str
    detail: str | None = None


class HelperState(Schema):
    """Who answered: a language server's name and version, and the seconds that it took. `gone`: it ended over
    this question or cannot be asked; the next question gets a new one. `busy`: it answers another one."""

    name: str = ""
    version: str = ""
    seconds: float | None = None
    gone: bool = False
    busy: bool = False


class Completions(Schema):
    items: list[CompletionItem]
    helper: HelperState | None = None


class ScriptSignature(Schema):
    """`active`: which of the parameters is being written."""

    label: str
    parameters: list[str]
    active: int | None = None


class ScriptDefinition(Schema):
    """`file`: in the script bundle; None in the script itself."""

    file: str | None
    line: int
    column: int


class ScriptDocs(Schema):
    docs: str | None = None
    signature: ScriptSignature | None = None
    definition: ScriptDefinition | None = None
    helper: HelperState | None = None


class NewName(ScriptPlace):
    name: Annotated[str, Field(max_length=200)]


class FileRenamedIn(Schema):
    """`text`: the file of the zip as it is to be."""

    name: str
    text: str


class Renamed(Schema):
    """`old`: the name as it was. `files`: those of the zip that have it too; `POST /datasets/{id}/files`
    keeps them as a new version."""

    old: str
    edits: list[TextEdit]
    files: list[FileRenamedIn]


class Tidy(Schema):
    script: Annotated[str, Field(max_length=1_000_000)]


class LineRewritten(Schema):
    """`line`: in the script as it was."""

    line: int
    before: str
    after: str


class LineLeft(Schema):
    """A line of the rewritten script that a person must look at."""

    line: int
    message: str


class CurrentScript(Schema):
    script: str
    changes: list[LineRewritten]
    left: list[LineLeft]


NODE = "/experiments/{id}/nodes/{path:node}"


@router.post(
    f"{NODE}/complete", response=Completions, exclude_none=True, summary="What could stand at the cursor"
)
def complete_script(request: HttpRequest, id: str, node: str, payload: ScriptPlace) -> dict[str, Any]:
    """Columns of the connected tables, names, attributes, keywords. The script is parsed, never executed."""
    asked = script_help.Asked(access_experiment(request.user, id), node)
    return asked.complete(payload.script, payload.line, payload.column)


@router.post(f"{NODE}/docs", response=ScriptDocs, summary="Docs and signature of what stands at the cursor")
def script_docs(
    request: HttpRequest,
    id: str,
    node: str,
    payload: ScriptPlace,
    what: Literal["docs", "definition"] = "docs",
) -> dict[str, Any]:
    """`what`: `definition` tells where it is defined, in the script or in its bundle."""
    asked = script_help.Asked(access_experiment(request.user, id), node)
    return asked.docs(what, payload.script, payload.line, payload.column)


@router.post(f"{NODE}/rename", response=Renamed, summary="Rename the name at the cursor")
def rename_in_script(request: HttpRequest, id: str, node: str, payload: NewName) -> dict[str, Any]:
    """The edits that rename a name of the script's own wherever it is used; 422 with the reason for other
    names. Nothing is saved."""
    asked = script_help.Asked(access_experiment(request.user, id), node)
    return asked.rename(payload.script, payload.line, payload.column, payload.name)


@router.post(f"{NODE}/tidy", response=Tidy, summary="The script, formatted")
def tidy_script(request: HttpRequest, id: str, node: str, payload: Tidy) -> dict[str, Any]:
    """422 with the place where it cannot be parsed. R has no formatter here, so that its script stays."""
    return {"script": script_help.Asked(access_experiment(request.user, id), node).tidy(payload.script)}


@router.post(f"{NODE}/current", response=CurrentScript, summary="The script for libraries of today")
def current_script(request: HttpRequest, id: str, node: str, payload: Tidy) -> dict[str, Any]:
    """Python 2 and names that are gone, rewritten; nothing is saved. `left`: what a person must look at."""
    return script_help.Asked(access_experiment(request.user, id), node).current(payload.script)


class MissingPackage(Schema):
    """`package`: as the index calls it."""

    package: Annotated[str, Field(max_length=200, pattern=r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$")]


class PackageAdded(Schema):
    """The environment that has the package, or is being built with it, and the params that the node must be
    given for it. `before`: the requirements of an environment that was extended."""

    id: str
    name: str
    params: dict[str, str]
    before: list[str] | None


@router.post(f"{NODE}/packages", response=PackageAdded, summary="Add a package that its script is missing")
def add_script_package(request: HttpRequest, id: str, node: str, payload: MissingPackage) -> dict[str, Any]:
    """Extends the environment that the node names, or the header of its script, or makes an environment with
    this package. A worker builds it; the experiment is not changed."""
    added = add_package(access_experiment(request.user, id), node, payload.package)
    environment = added.environment
    return {"id": environment.id, "name": environment.name, "params": added.params, "before": added.before}


@router.post("/script-helper/restart", response={204: None}, summary="Start the helper for scripts anew")
def restart_script_helper(request: HttpRequest) -> tuple[int, None]:
    script_help.restart()
    return 204, None
