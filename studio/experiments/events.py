"""What the socket says of the document itself. Pure."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

RunState = Literal["queued", "running", "finished", "failed", "cancelled", "skipped"]


class ExperimentEvent(BaseModel):
    """Somebody saved, renamed or deleted (`revision` 0) the experiment; `client` is the tab that did."""

    type: Literal["experiment"] = "experiment"
    id: str
    revision: int
    client: str = ""


class ProposalEvent(BaseModel):
    """An agent proposed an edit of the experiment, or somebody decided about one."""

    type: Literal["proposal"] = "proposal"
    id: str
    proposal: str
    state: str


class TabOut(BaseModel):
    """A browser tab that has the experiment open; `client` is what its saves carry."""

    client: str
    name: str


class PresenceEvent(BaseModel):
    """Who has the experiment open now, the reader included: told whenever somebody comes or goes."""

    type: Literal["presence"] = "presence"
    id: str
    here: list[TabOut]
