"""The channels of a job: each a stream of messages over a descriptor of its own, between worker and child.

Every child has its log (two pipes), its progress (a page of memory) and its status. What a job has beyond
these it names: the descriptors come after the usual ones, in the order in which the job's letter names them.
A message is its length and JSON (`modules.messages`). What a child says is trusted no more than what others
leave in a file.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

Channel = Literal["questions", "copies", "console", "debugger"]
"""questions: a question and its answer, one after the other (`workers.sandbox.questions`).
copies: asks a service's interpreter for the copy of a call (`workers.sandbox.copies`).
console, debugger: requests one way, responses and events the other way (`modules.debugging.protocol`)."""

Channels = Mapping[Channel, socket.socket]
NONE: Channels = MappingProxyType({})


def descriptors(channels: Channels) -> tuple[list[Channel], list[int]]:
    """The names for a job's letter, and the descriptors in the same order."""
    return list(channels), [channel.fileno() for channel in channels.values()]


def open_channels(names: Sequence[Channel], fds: Sequence[int]) -> Channels:
    """In the child: the channels that its letter names."""
    return {name: socket.socket(fileno=fd) for name, fd in zip(names, fds, strict=True)}
