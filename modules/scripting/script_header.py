"""The header of a script that names the packages it needs (PEP 723). Reads text; executes nothing."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

BLOCK = re.compile(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)[ \t]*$\n(?P<content>(^#(| .*)$\n)+)^# ///[ \t]*$")
DEPENDENCIES = re.compile(
    r"""(?m)^#[ \t]*dependencies[ \t]*=[ \t]*\[(?P<items>(?:"[^"\n]*"|'[^'\n]*'|[^\]"'])*)\]"""
)
OPENING = re.compile(r"(?m)^#[ \t]*///[ \t]*script\b.*$")


class WrongHeader(ValueError):
    """What is wrong with a header, in a sentence. `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Header:
    """`dependencies`: as the script writes them. `python`: which versions of Python it wants; empty is any.
    `line`: where it begins, from 1."""

    dependencies: tuple[str, ...]
    python: str
    line: int


def read_header(script: str) -> Header | None:
    """The header of a script; None if it has none. WrongHeader if it cannot be read.

    >>> read_header('# /// script\\n# dependencies = ["cowsay"]\\n# ///\\nimport cowsay\\n').dependencies
    ('cowsay',)
    """
    text = script.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if "///" not in text:
        return None
    found = [match for match in BLOCK.finditer(text) if match["type"] == "script"]
    if not found:
        if opening := OPENING.search(text):
            raise WrongHeader(
                "The header of the script is not closed: each of its lines begins with `# `, and the "
                "last one is `# ///`.",
                _line(text, opening.start()),
            )
        return None
    line = _line(text, found[0].start())
    if len(found) > 1:
        raise WrongHeader("The script has two headers; it may have one.", _line(text, found[1].start()))
    return _read(_toml(found[0]["content"], line), line)


def header_block(script: str) -> str:
    """The lines of a script's header that can be read and names packages; empty if there is none.

    >>> header_block('import a\\n# /// script\\n# dependencies = ["cowsay"]\\n# ///\\n').count("\\n")
    2
    """
    try:
        header = read_header(script)
    except WrongHeader:
        return ""
    if header is None or not header.dependencies:
        return ""
    return next(match[0] for match in BLOCK.finditer(script) if match["type"] == "script")


def with_dependency(script: str, package: str) -> str:
    """The script with a package more in its header; as it is, if it has no list of dependencies there.

    >>> print(with_dependency('# /// script\\n# dependencies = ["a"]\\n# ///\\n', "cowsay"), end="")
    # /// script
    # dependencies = ["a", "cowsay"]
    # ///
    """
    found = OPENING.search(script)
    head = found.end() if found else len(script)
    closed = re.compile(r"(?m)^#[ \t]*///[ \t]*\r?$").search(script, head)
    listed = DEPENDENCIES.search(script, head, closed.start() if closed else head)
    if not listed:
        return script
    before = script[: listed.end("items")].rstrip(" \t\r\n#")
    comma = "" if before.endswith(("[", ",")) else ", "
    return f'{before}{comma}"{package}"{script[len(before) :]}'


def _toml(content: str, line: int) -> dict[str, Any]:
    lines = (each[2:] if each.startswith("# ") else each[1:] for each in content.splitlines())
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        raise WrongHeader(
            f"The header of the script is no TOML: {error}.", line + (int(at[1]) if at else 0)
        ) from None


def _read(said: dict[str, Any], line: int) -> Header:
    dependencies = said.get("dependencies", [])
    if not isinstance(dependencies, list) or not all(isinstance(each, str) for each in dependencies):
        raise WrongHeader('`dependencies` in the header is a list of texts, like ["cowsay>=6"].', line)
    python = said.get("requires-python", "")
    try:
        SpecifierSet(python)
    except (InvalidSpecifier, TypeError, AttributeError):
        raise WrongHeader('`requires-python` in the header is a text like ">=3.11".', line) from None
    return Header(tuple(dependencies), python, line)


def fits_python(header: Header, version: str) -> bool:
    """Whether the header takes this Python."""
    return SpecifierSet(header.python).contains(version, prereleases=True)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
