"""Errors a module may raise.

Exception
 └─ ModuleError          "cannot do that, because …": shown to the user as it is
     └─ FileError        a file could not be read; knows the line and the column
"""

from __future__ import annotations


class ModuleError(Exception):
    """A sentence for the user: what cannot be done, where, and what to do about it."""

    def __init__(self, message: str, *, param: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.param = param
        self.line = line


class FileError(ModuleError):
    """A file could not be read. `line` and `column` count from 1, where they are known."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message, line=line)
        self.column = column
