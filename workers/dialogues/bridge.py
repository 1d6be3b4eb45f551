"""Between a browser and a child: orders from Redis to the child's channel, what it says back to the sockets.

The child may be a script's by now: what it says is bounded, typed, slowed down if it floods, and goes to the
owner's own browser as data."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress

import redis

from modules.messages import receive, send_json
from studio.live import dialogues
from studio.live.dialogue_messages import Dialogue, Given, Happened, Response
from workers.dialogues.allowance import Allowance

log = logging.getLogger(__name__)

MOST = 1 << 20
"""Bytes of one message of a child."""
RENEW = 5.0
BURST, RATE = 400, 100.0
"""Messages that a child may say at once, and a second."""
MOST_UNANSWERED = 1000


class Bridge:
    """`on_event` hears each event of the child. `end` is called if no browser has watched for long.
    `on_order` is asked before each order; a sentence refuses it."""

    def __init__(
        self,
        dialogue: Dialogue,
        end: Callable[[], None],
        on_event: Callable[[Happened], None] = lambda _: None,
        on_order: Callable[[], str] = lambda: "",
    ) -> None:
        self.dialogue = dialogue
        self._end, self._on_event, self._on_order = end, on_event, on_order
        self._ours, self.theirs = socket.socketpair()
        self._closed = threading.Event()
        self._asked: OrderedDict[int, tuple[str, int]] = OrderedDict()
        self._asking = threading.Lock()
        self._number = 0

    def start(self) -> None:
        """From now on somebody may order."""
        with suppress(redis.RedisError):
            dialogues.open_dialogue(self.dialogue)
        for work, name in ((self._take_orders, "orders"), (self._hear_child, "dialogue")):
            threading.Thread(target=work, name=name, daemon=True).start()

    def close(self, why: str = "") -> None:
        """The child has ended: whoever still waits for a response is told. `why`: a sentence, if it did not
        end by itself."""
        if self._closed.is_set():
            return
        self._closed.set()
        for one in (self._ours, self.theirs):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        with self._asking:
            asked, self._asked = list(self._asked.values()), OrderedDict()
        for name, seq in asked:
            self._refuse(name, seq, "It has ended.")
        with suppress(redis.RedisError):
            dialogues.close_dialogue(self.dialogue)
        dialogues.tell_all(self.dialogue, Happened(event="terminated", body={"gone": True, "why": why}))

    def _take_orders(self) -> None:
        due, heard = time.monotonic() + RENEW, time.monotonic()
        while not self._closed.is_set():
            try:
                if time.monotonic() >= due:
                    due = time.monotonic() + RENEW
                    if not dialogues.renew(self.dialogue):
                        log.info("dialogue %s ends: no browser watches", self.dialogue.id)
                        self._end()
                        return
                given = dialogues.take(self.dialogue, 1.0)
                heard = time.monotonic()
                if given is not None:
                    self._pass_on(given)
            except redis.RedisError as error:
                if time.monotonic() - heard > dialogues.AWAY:
                    self._end()
                    return
                log.warning("a dialogue waits for Redis: %s", error)
                self._closed.wait(1.0)

    def _pass_on(self, given: Given) -> None:
        with self._asking:
            if len(self._asked) >= MOST_UNANSWERED:
                self._asked.popitem(last=False)
            self._number += 1
            number = self._number
            self._asked[number] = given.socket, given.order.seq
        order = given.order
        if problem := self._on_order():
            with self._asking:
                self._asked.pop(number, None)
            self._refuse(given.socket, order.seq, problem)
            return
        try:
            send_json(self._ours, {"seq": number, "command": order.command, "arguments": order.arguments})
        except OSError:
            with self._asking:
                self._asked.pop(number, None)
            self._refuse(given.socket, order.seq, "It has ended.")

    def _hear_child(self) -> None:
        allowance = Allowance(BURST, RATE, time.monotonic())
        while not self._closed.is_set():
            data = None
            with suppress(OSError):
                data = receive(self._ours, MOST)
            if data is None:
                self._part()
                return
            self._closed.wait(allowance.wait(time.monotonic()))
            said = dialogues.read_said(data)
            if isinstance(said, Response):
                self._respond(said)
            elif said is not None:
                self._on_event(said)
                dialogues.tell_all(self.dialogue, said)

    def _part(self) -> None:
        """The child has closed its end, or has said what is no message: nothing goes to and fro any more. One
        that lives sees the end of its channel, and goes on without anybody."""
        with suppress(OSError):
            self._ours.shutdown(socket.SHUT_RDWR)

    def _respond(self, said: Response) -> None:
        """To the socket that asked; what nobody asked for is dropped."""
        with self._asking:
            asked = self._asked.pop(said.request_seq, None)
        if asked:
            name, seq = asked
            dialogues.tell_one(name, self.dialogue.id, said.model_copy(update={"request_seq": seq}))

    def _refuse(self, name: str, seq: int, why: str) -> None:
        said = Response(request_seq=seq, command="", success=False, message=why)
        dialogues.tell_one(name, self.dialogue.id, said)
