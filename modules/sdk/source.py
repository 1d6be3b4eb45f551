"""Python source as people paste it, made ready for the compiler; and where a script went wrong."""

from __future__ import annotations

import ast
import linecache
import re
import traceback
from collections.abc import Callable
from types import CodeType, TracebackType
from typing import Any

SCRIPT = "script.py"
compile_debugged: Callable[[str, dict[str, Any]], CodeType | None] | None = None
"""Set while a script is debugged: compiles it so that it can be continued with other code."""

_WIDE = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SPACES = str.maketrans({**dict.fromkeys(_WIDE, " "), **dict.fromkeys("\u200b\u2060\ufeff", None)})
_LITERAL = re.compile(
    r"""(\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''"""
    r"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\#[^\n]*)""",
    re.DOTALL,
)


def clean(text: str) -> str:
    r"""The source with Unix line ends, no byte order mark, and plain spaces where odd ones stood.

    What stands in strings and comments stays as it is.

    >>> clean("\ufeffdef f():\r\n\u00a0\u00a0return '\u00a0'")
    "def f():\n  return '\xa0'\n"
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    text = _outside_literals(text, lambda code: code.translate(_SPACES))
    return text if text.endswith("\n") else text + "\n"


def compile_script(text: str) -> CodeType:
    """Compiles a pasted script under the name script.py; SyntaxError says which line is wrong.

    Where tabs and spaces are mixed so that Python 3 refuses them, a tab counts 8 columns as it did
    in Python 2, else 4. Nothing is executed.
    """
    compiled: CodeType = _read(text, 0)
    return compiled


def parse_script(text: str) -> ast.Module:
    """The same script as a tree; SyntaxError as `compile_script`."""
    tree: ast.Module = _read(text, ast.PyCF_ONLY_AST)
    return tree


def _read(text: str, flags: int) -> Any:
    source = clean(text)
    try:
        return compile(source, SCRIPT, "exec", flags, dont_inherit=True)
    except TabError as refused:
        for width in (8, 4):
            try:
                return compile(_expand_tabs(source, width), SCRIPT, "exec", flags, dont_inherit=True)
            except SyntaxError:
                continue
        raise refused from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error) or "too deeply nested", (SCRIPT, 1, 1, None)) from None


def show_lines_of(text: str) -> None:
    """Lets tracebacks, warnings and `inspect` quote the script's own lines."""
    source = clean(text)
    linecache.cache[SCRIPT] = (len(source), None, source.splitlines(keepends=True), SCRIPT)


def syntax_problem(text: str) -> tuple[str, int | None, int | None] | None:
    """What is wrong with a script's syntax, on which line (from 1) and at which column (from 0); None where
    it can be compiled.

    >>> syntax_problem("def f(:\\n  pass")
    ('invalid syntax', 1, 6)
    """
    try:
        compile_script(text)
    except SyntaxError as error:
        return plain_syntax(error.msg), error.lineno, max(0, error.offset - 1) if error.offset else None
    return None


def plain_syntax(said: str) -> str:
    """What Python says of a syntax error, without the line, which is told beside it.

    >>> plain_syntax("unterminated string literal (detected at line 3)")
    'unterminated string literal'
    """
    return re.sub(r" \(detected at line \d+\)", "", said).removesuffix(".")


def script_line(error: BaseException, script: str = SCRIPT) -> int | None:
    """The script's own line at which an exception passed last, or that of its syntax error."""
    if isinstance(error, SyntaxError) and error.filename == script:
        return error.lineno
    lines = [
        line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == script
    ]
    return lines[-1] if lines else None


def script_traceback(error: BaseException, script: str = SCRIPT) -> str:
    """The traceback as text, from the script's first frame on; causes and contexts likewise."""
    links: BaseException | None = error
    seen: set[int] = set()
    while links is not None and id(links) not in seen:
        seen.add(id(links))
        links.__traceback__ = _from_script(links.__traceback__, script)
        links = links.__cause__ or links.__context__
    return "".join(traceback.format_exception(error))


def _from_script(trace: TracebackType | None, script: str) -> TracebackType | None:
    first = trace
    while first is not None and first.tb_frame.f_code.co_filename != script:
        first = first.tb_next
    return first or trace  # a cause may lie wholly in a library


def _outside_literals(text: str, change: Callable[[str], str]) -> str:
    parts = _LITERAL.split(text)
    parts[::2] = [change(part) for part in parts[::2]]
    return "".join(parts)


def _expand_tabs(text: str, width: int) -> str:
    return _outside_literals(
        text, lambda code: re.sub(r"(?m)^[ \t]+", lambda found: found[0].expandtabs(width), code)
    )
