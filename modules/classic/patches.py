"""Names that are put into other libraries for a while, and taken out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_ABSENT = object()


class Patches:
    """What has been put in, and what stood there before."""

    def __init__(self) -> None:
        self._undo: list[tuple[Any, str, Any]] = []
        self._after: list[Callable[[], object]] = []

    def put(self, owner: Any, name: str, value: Any) -> None:
        """Sets an attribute of a class or of a module."""
        self._undo.append((owner, name, vars(owner).get(name, _ABSENT)))
        setattr(owner, name, value)

    def put_all(self, owner: Any, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            self.put(owner, name, value)

    def wrap(self, owner: Any, name: str, around: Callable[[Any], Any]) -> None:
        """Puts `around(what stands there)` in the place of what stands there; nothing if nothing does."""
        there = getattr(owner, name, None)
        if there is not None:
            self.put(owner, name, around(there))

    def afterwards(self, call: Callable[[], object]) -> None:
        """To be called when everything is undone."""
        self._after.append(call)

    def undo(self) -> None:
        for owner, name, before in reversed(self._undo):
            if before is _ABSENT:
                delattr(owner, name)
            else:
                setattr(owner, name, before)
        for call in reversed(self._after):
            call()
        self._undo.clear()
        self._after.clear()
