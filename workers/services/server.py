"""One interpreter of a version, and the thread that takes calls for it: one after the other, straight from
Redis."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from typing import TYPE_CHECKING, Any

import redis

from studio.artifacts.store import store
from studio.redis_client import connection
from studio.services.call_wire import (
    REPLY_SECONDS,
    CallError,
    CallHead,
    Garbled,
    ReplyHead,
    call_key,
    calls_of,
    pack,
    unpack,
)
from studio.services.calls_under_way import LEFT_SECONDS
from workers.data.sandbox_input import ArtifactGone
from workers.sandbox.door import Call, Refusal
from workers.sandbox.link import TemplateError
from workers.sandbox.warm_child import WarmChild
from workers.services.version import Found, NoVersion
from workers.services.words import reply_to

if TYPE_CHECKING:
    from workers.services.group import Group

log = logging.getLogger(__name__)

SLICE = 1.0
PAUSE = 0.5
PAUSE_SECONDS = 0.1
"""Without a call, until a copy rehearses."""
TRIES = 3
SOON = 0.002
"""Seconds within which a call is there that came while the next copy was made."""
REST_SECONDS = 5.0
"""Without a call, until an interpreter rests."""
BROKEN_SECONDS = 5.0
"""How long calls are told that the version cannot be made ready, before that is tried again."""


class Server:
    """Takes calls of its group's version from when it is ready until it is stopped, or has had none for
    long."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.child: WarmChild | None = None
        self.call: str | None = None
        self.used = time.monotonic()
        self.leaving = self._may_try_again = self._rested = False
        self.thread = threading.Thread(target=self._live, name=f"service {group.version}", daemon=True)

    @property
    def busy(self) -> bool:
        return self.call is not None

    def leave(self) -> None:
        """Takes no more calls; the one that is under way ends first."""
        self.leaving = True

    def stop(self) -> None:
        """Ends at once; whoever waits for a call is told."""
        self.leaving = True
        if self.child is not None:
            self.child.stop()

    def _live(self) -> None:
        refusal = None
        try:
            refusal = self._serve_or_refuse()
            if refusal and not self.leaving and self.group.has_no_other(self):
                self._refuse(refusal)
        finally:
            self.group.left(self, again=refusal is None and not self.leaving)

    def _serve_or_refuse(self) -> Refusal | None:
        """Until it is over; or why the version cannot be served."""
        refusal: Refusal | None = Refusal(code="InternalError", message="Studio itself failed. See its log.")
        try:
            for _ in range(TRIES):
                refusal = self._serve()
                if refusal is None or not self._may_try_again:
                    return refusal
        except NoVersion as problem:
            refusal = Refusal(code="NotFound", message=str(problem))
        except ArtifactGone as gone:
            refusal = Refusal(code="InternalError", message=f"A value of the service is lost: {gone}.")
        except TemplateError as error:
            message = f"The sandbox could not be started: {error}. The command `doctor` says more."
            refusal = Refusal(code="InternalError", message=message)
        except Exception:
            log.exception("a server of version %s", self.group.version)
        return refusal

    def _serve(self) -> Refusal | None:
        """As `_serve_or_refuse`, once. What was killed on its way may be tried again; a script that failed
        fails again."""
        found = self.group.find()
        drafts = store().new_drafts()
        try:
            with self.group.sandbox.warm(found.job, drafts) as child:
                self.child = child
                if child.failed or child.over:
                    self._may_try_again = child.failed is None and child.reason is None and not self.leaving
                    return child.failed or _not_started(child)
                self.group.is_ready(self)
                self._answer_all(child, found)
                return None
        finally:
            self.child = None
            shutil.rmtree(drafts, ignore_errors=True)

    def _answer_all(self, child: WarmChild, found: Found) -> None:
        while not (self.leaving or child.over):
            taken = self._take(SLICE if child.rehearsed or self._rested else PAUSE_SECONDS)
            if taken is None:
                if child.ended_meanwhile() or self.group.is_enough(self):
                    return
                self._rehearse_or_rest(child)
                continue
            if child.ended_meanwhile():
                self._give_back(*taken)
                return
            self._rested = False
            self._answer(child, found, *taken)
            if not child.over and child.copies and not self.leaving:
                child.next()
            else:
                return

    def _rehearse_or_rest(self, child: WarmChild) -> None:
        """A rehearsal takes as much processor time as a call: where calls follow each other at once, it would
        only hold them up. One that is idle gives back the memory that it takes."""
        if time.monotonic() - self.used <= REST_SECONDS:
            child.rehearse()
        elif child.rehearsed:
            child.next(resting=True)
        self._rested = not child.rehearsed

    def _take(self, seconds: float = SLICE) -> tuple[CallHead, bytes] | None:
        """The next call; None where none comes within so long."""
        client = connection()
        version = self.group.version
        try:
            began = time.monotonic()
            named: Any = client.blpop([calls_of(version)], timeout=seconds)
            lay_there = time.monotonic() - began < SOON
            if named is None:
                return None
            id = named[1].decode("ascii", "replace")
            self.call = id
            pipe = client.pipeline(transaction=False)
            pipe.getdel(call_key(id))
            pipe.llen(calls_of(version))
            data, waiting = pipe.execute()
            head, body = unpack(CallHead, data) if data else (None, b"")
        except redis.RedisError:
            time.sleep(PAUSE)
            head, body, waiting, lay_there = None, b"", 0, False
        except Garbled as error:
            log.warning("%s", error)
            head, body, waiting, lay_there = None, b"", 0, False
        self.used = time.monotonic()
        if head is None or head.id != self.call:  # nobody waits for it any more
            self.call = None
            return None
        self.group.waiting(waiting, lay_there)
        return head, body

    def _give_back(self, head: CallHead, body: bytes) -> None:
        """The interpreter had ended before the call came: the next one takes it first."""
        pipe = connection().pipeline(transaction=False)
        pipe.set(call_key(head.id), pack(head, body), ex=int(head.seconds) + LEFT_SECONDS)
        pipe.lpush(calls_of(self.group.version), head.id)
        pipe.expire(calls_of(self.group.version), int(head.seconds) + LEFT_SECONDS)
        try:
            pipe.execute()
        except redis.RedisError as error:
            log.warning("call %s is lost: %s", head.id, error)
        finally:
            self.call = None

    def _answer(self, child: WarmChild, found: Found, head: CallHead, body: bytes) -> None:
        try:
            call = Call(form=head.form, query=head.query)
            answered = child.call(call, body, head.seconds, head.most)
            limits = found.job.limits
            reply = reply_to(head.id, answered, limits, head.seconds, child.reason)
            _send(head.reply, reply, answered.body)
        finally:
            self.call, self.used = None, time.monotonic()

    def _refuse(self, refusal: Refusal) -> None:
        """Tells calls for a while why the version cannot be served."""
        error = CallError.model_validate(refusal.model_dump())
        self.group.is_ready(self)
        end = time.monotonic() + BROKEN_SECONDS
        while time.monotonic() < end and not self.leaving:
            if (taken := self._take()) is not None:
                _send(taken[0].reply, ReplyHead(id=taken[0].id, error=error), b"")
                self.call = None


def _not_started(child: WarmChild) -> Refusal:
    why = child.refused or "its process ended, or took too long, while the scripts' top levels ran"
    if child.reason == "memory_bytes":
        return Refusal(
            code="MemoryQuotaViolation",
            message="The scripts' top levels used more memory than the service may.",
        )
    return Refusal(code="ModuleExecutionError", message=f"The service could not be made ready: {why}.")


def _send(reply: str, head: ReplyHead, body: bytes) -> None:
    """To whoever asked; if Redis is away, they are told by their own clock."""
    pipe = connection().pipeline(transaction=False)
    pipe.rpush(reply, pack(head, body))
    pipe.expire(reply, REPLY_SECONDS)
    try:
        pipe.execute()
    except redis.RedisError as error:
        log.warning("the answer of call %s is lost: %s", head.id, error)
