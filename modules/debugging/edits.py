"""Continuing a script with other code than it was started with."""

from __future__ import annotations

import ast
import itertools
import sys
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from types import CodeType, FrameType
from typing import Any

from modules.debugging.passing import PASSING
from modules.debugging.protocol import Refused
from modules.debugging.resumable import (
    AGAIN,
    OUTER,
    TRAMPOLINE,
    Place,
    Unreachable,
    continued,
    definitions,
    resumable,
)
from modules.sdk.source import SCRIPT, parse_script, show_lines_of


class Kept:
    """A manager of a `with` block, and what entering it gave."""

    def __init__(self, manager: Any) -> None:
        self._enter, self._exit = type(manager).__enter__, type(manager).__exit__
        self._manager = manager
        self.value: Any = None

    def __enter__(self) -> Any:
        self.value = self._enter(self._manager)
        return self.value

    def __exit__(self, *error: Any) -> Any:
        return self._exit(self._manager, *error)


class Entered:
    """The same, entered already."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def __enter__(self) -> Any:
        return self._kept.value

    def __exit__(self, *error: Any) -> Any:
        return self._kept.__exit__(*error)


class Again:
    """What a debugged script has under the name AGAIN."""

    never = False
    error: BaseException | None = None

    def __init__(self) -> None:
        self.plan: Callable[[], Any] | None = None

    def go_on(self) -> Any:
        plan, self.plan = self.plan, None
        assert plan is not None
        return plan()

    def iterate(self, values: Any) -> Iterator[Any]:
        return iter(values)

    def enter(self, manager: Any) -> Any:
        can = hasattr(type(manager), "__enter__") and hasattr(type(manager), "__exit__")
        return Kept(manager) if can else manager  # Python says what is wrong with it

    def entered(self, kept: Kept) -> Entered:
        return Entered(kept)

    def resumed(self, values: Iterator[Any]) -> Iterator[Any]:
        """One round for the item that is under way, then the rest."""
        return itertools.chain((None,), values)

    def __reduce__(self) -> tuple[Any, ...]:
        return Again, ()


class Edits:
    """The texts of one script, as it was edited while it ran."""

    def __init__(self) -> None:
        self.again = Again()
        self._texts: dict[CodeType, str] = {}

    def compile(self, text: str, names: dict[str, Any]) -> CodeType | None:
        """The script, so that it can be continued; None if that cannot be."""
        try:
            code = self._compiled(resumable(parse_script(text)), text)
        except (SyntaxError, ValueError, RecursionError):
            return None
        names[AGAIN] = self.again
        return code

    def text_of(self, code: CodeType) -> str | None:
        return self._texts.get(code)

    def find(self, code: CodeType, line: int, text: str) -> Place:
        """Where in the new text the statement is that stood on that line. Refused says why there is none."""
        old_text = self._texts.get(code)
        if old_text is None:
            raise Refused(
                "Only functions of the script itself go on with other code; those of the zip, and scripts "
                "for Python 2, go on as they are."
            )
        try:
            tree = parse_script(text)
        except SyntaxError as error:
            raise Refused(f"SyntaxError: {error.msg} (line {error.lineno})") from None
        new_line = moved(line, old_text, text)
        try:
            old, new = Place(parse_script(old_text), line), Place(tree, new_line)
        except Unreachable as why:
            raise Refused(str(why)) from None
        if old.name != new.name:
            raise Refused(f"Line {new_line} is in {new.name} now; the statement was in {old.name}.")
        if old.kept != new.kept:
            raise Refused("The statement is in other loops or `with` blocks than before. Go back further up.")
        if "." in new.name and _has_private_names(new.scope):
            raise Refused("A method with names that begin with __ cannot be continued with other code.")
        try:
            continued(Place(parse_script(text), new_line), [], [])
        except Unreachable as why:
            raise Refused(str(why)) from None
        return new

    def apply(self, frame: FrameType, line: int, text: str) -> None:
        """The frame, which is traced and about to run that line, goes on with the new text."""
        code = frame.f_code
        place = self.find(code, line, text)
        old = parse_script(self._texts[code])
        given = {
            name: value
            for name, value in frame.f_locals.items()
            if name not in code.co_freevars and name.isidentifier() and name != PASSING
        }
        closed = {name: frame.f_locals[name] for name in code.co_freevars if name in frame.f_locals}
        changed = ast.Module(definitions(parse_script(text), old), [])
        is_module = isinstance(place.scope, ast.Module)
        try:
            rest = self._compiled(continued(place, list(given), list(closed)), text)
            defined = self._compiled(resumable(changed), text)
        except (Unreachable, SyntaxError, ValueError) as error:
            raise Refused(f"This cannot be continued: {error}") from None
        names = frame.f_globals

        def go_on() -> Any:
            _run(defined, names, names)
            if is_module:
                return _run(rest, names, names)
            made: dict[str, Any] = {}
            _run(rest, names, made)
            function = made[OUTER](**closed)
            function.__code__ = self._renamed(function.__code__, code.co_qualname, text)
            return function(**given)

        show_lines_of(text)
        self.again.plan, self.again.error = go_on, sys.exc_info()[1]
        # A tracer may say where a frame goes on; typeshed has it as read only.
        frame.f_lineno = TRAMPOLINE + 1  # type: ignore[misc]

    def _compiled(self, tree: ast.Module, text: str) -> CodeType:
        code: CodeType = compile(tree, SCRIPT, "exec", dont_inherit=True)
        self._note(code, text)
        return code

    def _note(self, code: CodeType, text: str) -> None:
        self._texts[code] = text
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                self._note(constant, text)

    def _renamed(self, code: CodeType, name: str, text: str) -> CodeType:
        made = code.replace(co_qualname=name)
        self._note(made, text)
        return made


def _run(code: CodeType, names: dict[str, Any], made: dict[str, Any]) -> None:
    exec(code, names, made)  # noqa: S102  the script's own


def _has_private_names(scope: ast.AST) -> bool:
    found = (
        getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "arg", None) or ""
        for node in ast.walk(scope)
    )
    return any(name.startswith("__") and not name.endswith("__") for name in found if isinstance(name, str))


def moved(line: int, old: str, new: str) -> int:
    """Where a line of the old text is in the new one; of a line that is gone, what stands there instead.

    >>> moved(3, "a\\nb\\nc\\n", "a\\nnew\\nb\\nC\\n")
    4
    """
    before, after = old.splitlines(), new.splitlines()
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if i1 <= line - 1 < i2:
            into = line - 1 - i1
            return j1 + 1 + (into if tag == "equal" else min(into, max(j2 - j1 - 1, 0)))
    return max(1, len(after))
