"""A worker's end of a dialogue: what a child may say, and how much of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from modules.messages import send, send_json
from studio.live import dialogues
from studio.live.dialogue_messages import Dialogue, Happened, Said
from workers.dialogues.allowance import Allowance
from workers.dialogues.bridge import BURST, MOST, RATE, Bridge

DIALOGUE = Dialogue(id="d1", kind="debugger", owner=7, experiment="e1", node="s")


class Told:
    """What goes to browsers, instead of sockets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[Said] = []
        self.ended = threading.Event()
        monkeypatch.setattr(dialogues, "tell_all", self._all)
        monkeypatch.setattr(dialogues, "tell_one", lambda socket, id, message: self.said.append(message))

    def _all(self, dialogue: Dialogue, message: Said) -> None:
        self.said.append(message)
        if isinstance(message, Happened) and message.event == "terminated":
            self.ended.set()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    return Told(monkeypatch)


@pytest.fixture
def bridge(monkeypatch: pytest.MonkeyPatch, told: Told) -> Iterator[Bridge]:
    """Nobody orders anything."""
    monkeypatch.setattr(dialogues, "open_dialogue", lambda dialogue: None)
    monkeypatch.setattr(dialogues, "close_dialogue", lambda dialogue: None)
    idle = threading.Event()
    monkeypatch.setattr(dialogues, "take", lambda dialogue, patience: idle.wait(patience) and None)
    made = Bridge(DIALOGUE, lambda: None)
    made.start()
    yield made
    idle.set()
    made.close()


def test_a_flood_of_messages_is_slowed_down() -> None:
    now, waited = 0.0, []
    allowance = Allowance(BURST, RATE, now)
    for _ in range(BURST + 1000):
        waited.append(allowance.wait(now))
        now += waited[-1]
    assert not any(waited[:BURST])
    assert sum(waited) == pytest.approx(1000 / RATE)


def test_what_is_forged_is_dropped_and_what_is_known_is_passed_on(bridge: Bridge, told: Told) -> None:
    for forged in (b"{}", b"[1]", b"\xff", b"[" * 100_000, b'{"type": "event", "event": "run"}'):
        send(bridge.theirs, forged)
    send_json(bridge.theirs, {"type": "response", "request_seq": 1, "command": "x", "success": True})
    send_json(bridge.theirs, {"type": "event", "event": "terminated"})
    assert told.ended.wait(10)
    assert [one.type for one in told.said] == ["event"], "nobody asked for that response"


def test_a_message_that_is_too_long_is_the_last_one(bridge: Bridge, told: Told) -> None:
    bridge.theirs.settimeout(10)
    bridge.theirs.sendall((MOST + 1).to_bytes(8, "big"))
    assert bridge.theirs.recv(1) == b"", "the child sees the end of its channel"
    with pytest.raises(BrokenPipeError):
        bridge.theirs.sendall(b"more")
    assert told.said == []
