"""Agents over HTTP: their door, their keys, what they did, and the edits that they propose."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import File, Router, Schema, Status, UploadedFile
from ninja.security import HttpBearer
from pydantic import Field

from studio.accounts.access import access_experiment
from studio.accounts.auth import user_of
from studio.accounts.guesses import caller_of, guesses
from studio.accounts.owner import user_of_token
from studio.agents import keys, proposals
from studio.agents.models import AgentCall, AgentKey, Proposal
from studio.agents.protocol import answer_text
from studio.desk.api import MissingDataset, NotTaken, rest_of, text_of
from studio.errors import Forbidden
from studio.experiments.api import FileAsItIs
from studio.experiments.desk.any_file import read_exported
from studio.experiments.desk.bringing import bring_back
from studio.http.paging import Limit, Offset, Page, page_of
from studio.times import iso

router = Router(tags=["agents"])


class AgentDoor(HttpBearer):
    """An agent's key, or the owner's own token, with which no values are sent. No session: no page of
    another site can speak here."""

    def authenticate(self, request: HttpRequest, token: str) -> keys.Caller | None:
        if not token.startswith(keys.PREFIX):
            user = user_of_token(request, token)
            return keys.Caller(user, "the owner's token", values=False) if user else None
        found = keys.caller_with(token)
        forwarded = request.headers.get("X-Forwarded-For", "")
        guesses.judge(caller_of(request.META.get("REMOTE_ADDR", ""), forwarded), right=found is not None)
        return found


class NewAgentKey(Schema):
    """`values`: agents with this key are sent what stands in columns too."""

    name: Annotated[str, Field(max_length=100)] = ""
    values: bool = False


class AgentKeyOut(Schema):
    id: str
    name: str
    values: bool
    created: str
    last_used: str | None


class AgentKeyMade(AgentKeyOut):
    """`key` is shown this once. `url`: where an agent speaks the Model Context Protocol."""

    key: str
    url: str


class AgentCallOut(Schema):
    """One call of a tool. `refused`: why it failed."""

    agent: str
    tool: str
    about: str
    refused: str
    created: str


class ProposalOut(Schema):
    """An edit that waits for a person: `base`: the file that it was made from; `document`: as it would be."""

    id: str
    title: str
    agent: str
    state: str
    created: str
    base: FileAsItIs
    document: FileAsItIs


class Proposals(Schema):
    items: list[ProposalOut]


class BroughtBack(Schema):
    """`proposal`: the id of what waits now. The rest is as for an import."""

    proposal: str | None
    left_out: list[NotTaken]
    missing: list[MissingDataset]


class Decision(Schema):
    accepted: bool


@router.post("/mcp", auth=AgentDoor(), summary="The Model Context Protocol, over streamable HTTP")
def speak(request: HttpRequest) -> HttpResponse:
    """One message of JSON-RPC in, its answer out; 202 for a notification. There are no streams and no
    sessions. Each call has the rights of who gave the key."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.get_host():
        raise Forbidden("This door is for agents, not for pages of other sites.")
    caller: keys.Caller = request.auth  # type: ignore[attr-defined]
    said = answer_text(caller, request.body)
    return HttpResponse(status=202) if said is None else JsonResponse(said)


@router.get("/agent-keys", response=Page[AgentKeyOut], summary="The keys that agents have from you")
def list_keys(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    mine = keys.keys_of(user_of(request))
    return page_of(mine, limit, offset, lambda found: [_key(each) for each in found])


@router.post("/agent-keys", response={201: AgentKeyMade}, summary="Let an agent in")
def add_key(request: HttpRequest, payload: NewAgentKey) -> Status[dict[str, Any]]:
    """The agent may look, try, run and propose what you may; it changes no experiment that is there."""
    key, made = keys.make_key(user_of(request), payload.name, payload.values)
    return Status(201, {**_key(made), "key": key, "url": request.build_absolute_uri("/api/v1/mcp")})


@router.delete("/agent-keys/{id}", response={204: None}, summary="Take a key back")
def delete_key(request: HttpRequest, id: str) -> Status[None]:
    keys.take_back(user_of(request), id)
    return Status(204, None)


@router.get("/agent-calls", response=Page[AgentCallOut], summary="What agents did with your keys")
def list_calls(request: HttpRequest, limit: Limit = 100, offset: Offset = 0) -> dict[str, Any]:
    """The newest first."""
    mine = keys.calls_of(user_of(request))
    return page_of(mine, limit, offset, lambda calls: [_call(each) for each in calls])


@router.get("/experiments/{id}/proposals", response=Proposals, summary="Edits that agents propose")
def list_proposals(request: HttpRequest, id: str) -> dict[str, Any]:
    """Those that wait, the oldest first."""
    experiment = access_experiment(request.user, id)
    waiting = experiment.proposals.filter(state=Proposal.State.OPEN).order_by("created", "id")
    return {"items": [proposals.as_json(each) | {"created": iso(each.created)} for each in waiting]}


@router.post(
    "/experiments/{id}/proposals",
    response={201: BroughtBack},
    summary="Bring back a script that was exported from it",
)
def bring_back_script(request: HttpRequest, id: str, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """What was edited in the script, or in the notebook, waits as a proposal; nodes that were not
    touched there stay as they are by now. It is parsed, never executed. `proposal` is null if nothing would
    change."""
    experiment = access_experiment(request.user, id)
    name = PurePath(file.name or "script.py").name
    found = read_exported(name, text_of(file))
    document = bring_back(experiment.document, found)
    made = proposals.propose_document(
        experiment, user_of(request).get_username(), f"Bring back {name}", document
    )
    return Status(201, {"proposal": made.pk if made else None, **rest_of(found, experiment.owner_id)})


@router.post("/experiments/{id}/proposals/{proposal}", response={204: None}, summary="Accept or discard one")
def decide_proposal(request: HttpRequest, id: str, proposal: str, payload: Decision) -> Status[None]:
    """Writes down what was decided. Whoever accepts it saves the experiment first, as the canvas does."""
    proposals.decide(access_experiment(request.user, id), proposal, payload.accepted)
    return Status(204, None)


def _key(key: AgentKey) -> dict[str, Any]:
    return {
        "id": key.pk,
        "name": key.name,
        "values": key.values,
        "created": iso(key.created),
        "last_used": iso(key.last_used),
    }


def _call(call: AgentCall) -> dict[str, Any]:
    return {
        "agent": call.agent,
        "tool": call.tool,
        "about": call.about,
        "refused": call.refused,
        "created": iso(call.created),
    }
