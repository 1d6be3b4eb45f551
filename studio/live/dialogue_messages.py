"""What is said in a dialogue: orders of a browser, responses and events of a child. Pure."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["debugger", "console"]
Command = Literal[
    "attach", "setBreakpoints", "continue", "next", "stepIn", "stepOut", "runTo", "pause", "interrupt",
    "disconnect", "scopes", "variables", "table", "evaluate", "execute", "complete", "rewind", "close",
]  # fmt: skip


class Dialogue(BaseModel):
    """What is known of a dialogue, beside what is said in it."""

    id: str
    kind: Kind
    owner: int
    experiment: str
    node: str


class Order(BaseModel):
    """What a browser wants; `seq` is the browser's own number."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["order"] = "order"
    dialogue: str = Field(max_length=300)
    seq: int = Field(ge=0, lt=1 << 53)
    command: Command
    arguments: dict[str, Any] = {}


class Given(BaseModel):
    """An order on its way to a worker. `socket`: the name of the channel that hears the response."""

    socket: str
    order: Order


class Response(BaseModel):
    """What came of an order."""

    type: Literal["response"] = "response"
    request_seq: int
    command: str = Field(max_length=40)
    success: bool
    message: str = Field("", max_length=4_000)
    body: dict[str, Any] = {}


class Happened(BaseModel):
    """Something that nobody asked for: it was stopped, it goes on, it printed, it has ended."""

    type: Literal["event"] = "event"
    event: Literal["initialized", "stopped", "continued", "breakpoint", "output", "terminated"]
    body: dict[str, Any] = {}


Said = Response | Happened


class DialogueEvent(BaseModel):
    """A response or an event, as sockets tell it."""

    type: Literal["dialogue"] = "dialogue"
    dialogue: str
    message: Response | Happened = Field(discriminator="type")
