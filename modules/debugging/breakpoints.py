"""Where a script is to stop, and whether it can: a line without code stands for the next one with code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from modules.debugging import shown
from modules.sdk.source import SCRIPT, compile_script

BUNDLE = "Script Bundle"
MOST = 500
CONDITION_SECONDS = 2.0


@dataclass
class Breakpoint:
    """`wanted`: the line that was asked for; `line`: the one on which it stops. `why`: why it cannot."""

    file: str
    wanted: int
    condition: str = ""
    line: int = 0
    verified: bool = False
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "wanted": self.wanted,
            "line": self.line,
            "verified": self.verified,
            "message": self.why,
        }


class Breakpoints:
    """`folder`: the working folder, with the unpacked bundle. `text`: the script."""

    def __init__(self, folder: Path, text: str) -> None:
        self._folder, self._text = folder, text
        self._lines: dict[str, list[int]] = {}
        self.all: list[Breakpoint] = []
        self._at: dict[str, dict[int, Breakpoint]] = {}

    def set(self, wanted: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Replaces all of them; says of each whether the script can stop there."""
        self.all = [
            Breakpoint(str(one["file"]), int(one["line"]), str(one.get("condition") or ""))
            for _, one in zip(range(MOST), wanted, strict=False)
        ]
        self._look()
        return [one.as_json() for one in self.all]

    def wanted(self) -> list[dict[str, Any]]:
        """All, as `set` takes them."""
        return [{"file": one.file, "line": one.wanted, "condition": one.condition} for one in self.all]

    def loaded(self, file: str) -> list[dict[str, Any]]:
        """Those in a file that has just been loaded, looked at once more."""
        self._lines.pop(file, None)
        if not (mine := [one for one in self.all if one.file == file]):
            return []
        self._look()
        return [one.as_json() for one in mine]

    def replace_text(self, text: str) -> None:
        """The script has another text from now on."""
        self._text = text
        self._lines.pop(SCRIPT, None)
        self._look()

    def at(self, file: str, line: int) -> Breakpoint | None:
        here = self._at.get(file)
        return here.get(line) if here else None

    def in_file(self, file: str) -> bool:
        return file in self._at

    def next_line(self, file: str, line: int) -> int | None:
        """The first line from there on that has code."""
        return next((one for one in self._lines_of(file) if one >= line), None)

    def _look(self) -> None:
        self._at = {}
        for one in self.all:
            one.verified, one.line, one.why = False, one.wanted, ""
            try:
                found = self.next_line(one.file, one.wanted)
            except FileNotFoundError:
                name = one.file.removeprefix(f"{BUNDLE}/")
                one.why = f"The bundle has no file {name!r}, or it is not unpacked yet."
                continue
            except (SyntaxError, ValueError, OSError):
                one.why = "This file cannot be read as Python."
                continue
            if found is None:
                one.why = "No code follows in this file."
            elif problem := _problem(one.condition):
                one.why = problem
            else:
                one.verified, one.line = True, found
                self._at.setdefault(one.file, {})[found] = one

    def _lines_of(self, file: str) -> list[int]:
        if file not in self._lines:
            if file == SCRIPT:
                code = compile_script(self._text)
            else:
                place = (self._folder / file).resolve()
                if not place.is_relative_to(self._folder.resolve() / BUNDLE):
                    raise FileNotFoundError(file)
                code = compile(place.read_bytes(), file, "exec", dont_inherit=True)
            self._lines[file] = sorted(set(_lines(code)))
        return self._lines[file]


def holds(one: Breakpoint, frame: FrameType) -> bool | str:
    """Whether the condition is met, or why that cannot be told."""
    if not one.condition:
        return True
    try:
        with shown.within(CONDITION_SECONDS):
            return bool(eval(one.condition, frame.f_globals, frame.f_locals))  # noqa: S307  its author's
    except BaseException as error:
        return shown.clean(f"The condition failed: {type(error).__name__}: {error}")


def _problem(condition: str) -> str:
    if not condition:
        return ""
    try:
        compile(condition, "condition", "eval", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return f"The condition is no expression of Python: {getattr(error, 'msg', error)}."
    return ""


def _lines(code: CodeType) -> Iterator[int]:
    """The lines on which something is executed; a function's first line is that of its `def`."""
    is_function = code.co_name != "<module>"
    for _, _, line in code.co_lines():
        if line and not (is_function and line == code.co_firstlineno):
            yield line
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _lines(constant)


def namer(folder: Path) -> Callable[[str], str | None]:
    """Tells what a file of the user's is called, by the name in its code; None of all other files."""
    bundle = str(folder / BUNDLE) + "/"

    def name(path: str) -> str | None:
        if path == SCRIPT:
            return SCRIPT
        return f"{BUNDLE}/{path.removeprefix(bundle)}" if path.startswith(bundle) else None

    return name
