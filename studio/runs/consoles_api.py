"""Opening a console over HTTP; what is said in it goes over the socket."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema, Status

from studio.accounts.access import access_experiment
from studio.runs.consoles import open_console

router = Router(tags=["runs"])


class ConsoleOut(Schema):
    """`dialogue`: the name by which orders on the experiment's socket reach it."""

    dialogue: str


@router.post(
    "/experiments/{id}/nodes/{path:node}/console",
    response={201: ConsoleOut},
    summary="Open a prompt on a script's inputs",
)
def open_node_console(request: HttpRequest, id: str, node: str) -> Status[dict[str, str]]:
    """422 if the node is no Python script, or if something above it has not been computed yet. The console
    ends after 15 minutes without a word, or 5 without a browser."""
    experiment = access_experiment(request.user, id)
    return Status(201, {"dialogue": open_console(experiment, node, request.user.pk or 0)})
