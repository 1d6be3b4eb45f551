"""Dialogues: a browser talks with a child of the sandbox, a debugged node or a console, over its socket.

The browser's order goes over a list in Redis to the worker that holds the child; a response comes back to
the socket that asked, an event to all sockets that have attached. Nobody but the owner of a dialogue may
order, and nobody else is told. A dialogue that no browser watches for a while ends.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from studio.live.broadcast import send_in_order
from studio.live.dialogue_messages import Dialogue, DialogueEvent, Given, Happened, Order, Response, Said
from studio.redis_client import connection

PREFIX = "studio:dialogue:"
AWAY = 300
"""Seconds without a browser after which a dialogue ends."""
SILENT = 30
"""Seconds after which a dialogue is gone whose worker does not say that it is there."""
MOST_WAITING = 200
"""Orders that may wait for a worker; more are refused."""
MOST_CHARACTERS = 50_000
"""Of an order as JSON."""


def group_of_dialogue(id: str) -> str:
    return f"dialogue.{id}"


def open_dialogue(dialogue: Dialogue) -> None:
    """Somebody may order from now on; to be said again and again by the worker that holds it."""
    pipe = connection().pipeline()
    pipe.set(PREFIX + dialogue.id, dialogue.model_dump_json(), ex=SILENT)
    pipe.set(f"{PREFIX}{dialogue.id}:watched", "1", ex=AWAY, nx=True)
    pipe.execute()


def renew(dialogue: Dialogue) -> bool:
    """Says that the dialogue goes on. False if no browser has watched for too long."""
    pipe = connection().pipeline()
    pipe.set(PREFIX + dialogue.id, dialogue.model_dump_json(), ex=SILENT)
    pipe.exists(f"{PREFIX}{dialogue.id}:watched")
    return bool(pipe.execute()[1])


def close_dialogue(dialogue: Dialogue) -> None:
    connection().delete(*(f"{PREFIX}{dialogue.id}{part}" for part in ("", ":watched", ":orders")))


def find_dialogue(id: str, owner: int) -> Dialogue | None:
    """The dialogue of that name, if it is this person's."""
    said = connection().get(PREFIX + id)
    try:
        found = Dialogue.model_validate_json(said) if said else None
    except ValidationError:
        return None
    return found if found and found.owner == owner and found.id == id else None


def watch(id: str) -> None:
    """Says that a browser is there."""
    connection().set(f"{PREFIX}{id}:watched", "1", ex=AWAY)


def give(order: Order, socket: str) -> str:
    """Puts an order into the dialogue's list; why not, if it is refused."""
    text = Given(socket=socket, order=order).model_dump_json()
    if len(text) > MOST_CHARACTERS:
        return f"This order is too long: {len(text):,} characters, {MOST_CHARACTERS:,} are taken."
    key = f"{PREFIX}{order.dialogue}:orders"
    pipe = connection().pipeline()
    pipe.rpush(key, text)
    pipe.expire(key, SILENT)
    if int(pipe.execute()[0]) > MOST_WAITING:
        connection().rpop(key)
        return "Too many orders wait for the worker already."
    return ""


def take(dialogue: Dialogue, patience: float) -> Given | None:
    """The next order, if one comes within so many seconds. Others may write to Redis: what is no order is
    passed over."""
    found: Any = connection().blpop([f"{PREFIX}{dialogue.id}:orders"], timeout=patience)
    if found is None:
        return None
    try:
        return Given.model_validate_json(found[1])
    except ValidationError:
        return None


def read_said(data: bytes) -> Said | None:
    """What a child said; None if it is nothing that our own code says."""
    try:
        said = json.loads(data)
        model = Response if said.get("type") == "response" else Happened
        return model.model_validate(said)
    except (ValueError, AttributeError, RecursionError):
        return None


def tell_all(dialogue: Dialogue, message: Said) -> None:
    """To every socket that has attached, in the order in which it was told."""
    _tell(group_of_dialogue(dialogue.id), dialogue.id, message, to_group=True)


def tell_one(socket: str, id: str, message: Said) -> None:
    _tell(socket, id, message, to_group=False)


def _tell(name: str, id: str, message: Said, *, to_group: bool) -> None:
    event = DialogueEvent(dialogue=id, message=message).model_dump(mode="json")
    send_in_order(name, {"type": "events", "events": [event]}, to_group=to_group)
