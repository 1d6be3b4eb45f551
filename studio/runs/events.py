"""What the socket of an experiment says: a closed union. Pure.

A node message carries the node's whole entry, the same as in `GET /runs/{id}`; `seq` counts up by
one with every run and node message of a run, so that a client sees a gap and reads the run anew.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from modules.scripting.error_frames import ErrorFrame
from modules.sdk.declare import PortType
from modules.wire_types import AnyOutlineMembers
from studio.datasets.events import DatasetEvent
from studio.experiments.events import ExperimentEvent, PresenceEvent, ProposalEvent, RunState
from studio.live.dialogue_messages import DialogueEvent

Stream = Literal["stdout", "stderr"]
RunPurpose = Literal["experiment", "service job", "headless", "training"]


class Told(BaseModel):
    """What is told whole: members with nothing in them too, as the API's document says then."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class FailureOut(Told):
    """Why a node failed. `line` is the script's own line, counted from 1. `frames`: the calls of the script
    that led there, with the values of their variables (at most 64 KB)."""

    type: str
    message: str
    line: int | None = None
    column: int | None = None
    param: str | None = None
    frames: list[ErrorFrame] = []


class OutputOut(AnyOutlineMembers, Told):
    """What lies on a port: the artifact, its type, and its size (`columns` and `pictures` are counts).
    `dropped`: only that is known any more."""

    artifact: str
    type: PortType
    bytes: int | None = None
    dropped: bool | None = None


class TakenDataset(BaseModel):
    """The dataset that a node passed on, by the name it had then."""

    name: str
    version: int


class NodeEntry(Told):
    """A node run, as it stands.

    `reason` says why it ran or did not, `because` is the node in which the change lies that made it run
    again. `saved`: seconds that the cache saved. `timings`: seconds in `queued` (from the moment it might
    have started), `forking`, `reading`, `running`, `writing`, `checking`, `hashing`, `keeping`,
    `committing`; `total` is all but `queued` and `committing`. `peak_bytes`: the most memory its
    child held (pages of its mapped inputs included), beyond what it shares with all children.
    `progress`, from 0 to 1, is what its script says while it runs. `paused`: since when its debugger holds
    it; `dialogue`: where a node that runs in the debugger is talked with. `dataset`: what a node that
    stands for one took.
    """

    state: RunState
    cached: bool = False
    reason: str = ""
    because: str | None = None
    saved: float = 0
    peak_bytes: int | None = None
    progress: float | None = None
    paused: str | None = None
    dialogue: str | None = None
    started: str | None = None
    finished: str | None = None
    error: FailureOut | None = None
    outputs: dict[str, OutputOut] = {}
    timings: dict[str, float] = {}
    dataset: TakenDataset | None = None


class RunHead(Told):
    """A run without its graph and nodes. `counts` says how many nodes are in each state, `cached` how many
    results came from the cache, `saved` how many seconds that saved. With a `name` it was kept as a
    version. A run that is no experiment's has a `title` instead, and the number 0."""

    id: str
    purpose: RunPurpose = "experiment"
    experiment: str | None
    title: str = ""
    number: int
    name: str = ""
    state: RunState
    created: str
    started: str | None = None
    finished: str | None = None
    until: list[str] | None = None
    force: bool = False
    seq: int = 0
    counts: dict[RunState, int] = {}
    cached: int = 0
    saved: float = 0


class RunEvent(BaseModel):
    type: Literal["run"] = "run"
    run: RunHead


class NodeEvent(NodeEntry):
    type: Literal["node"] = "node"
    run: str
    node: str
    seq: int


class LogEvent(Told):
    """`seq` counts the chunks of this node's log; `skipped` bytes right before this one are left out."""

    type: Literal["log"] = "log"
    run: str
    node: str
    seq: int
    stream: Stream
    text: str
    skipped: int = 0


Event = Annotated[
    RunEvent
    | NodeEvent
    | LogEvent
    | ExperimentEvent
    | ProposalEvent
    | PresenceEvent
    | DatasetEvent
    | DialogueEvent,
    Field(discriminator="type"),
]


def apply(snapshot: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    """The snapshot of a run (`GET /runs/{id}`) after an event of that run. The browser does the same."""
    match event["type"]:
        case "run" if event["run"]["seq"] > snapshot["seq"]:
            return {**snapshot, **event["run"]}
        case "node" if event["seq"] > snapshot["seq"]:
            entry = {key: event[key] for key in NodeEntry.model_fields}
            return {**snapshot, "seq": event["seq"], "nodes": {**snapshot["nodes"], event["node"]: entry}}
    return snapshot
