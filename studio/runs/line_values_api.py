"""What each line of a script made, over HTTP."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from modules.scripting.line_values import LineValue
from studio.accounts.access import access_node_run
from studio.runs.line_values import lines_of

router = Router(tags=["runs"])


class LinesOut(Schema):
    """In the order of the lines; empty if the run does not `watch`, or the node has no Python script."""

    lines: list[LineValue]


@router.get(
    "/runs/{id}/nodes/{path:node}/lines",
    response=LinesOut,
    summary="What each line of a node's script made",
)
def get_lines(request: HttpRequest, id: str, node: str) -> dict[str, Any]:
    """Shapes, changes, counts, times, and the first rows of each frame, up to the line that failed."""
    return {"lines": lines_of(access_node_run(request.user, id, node))}
