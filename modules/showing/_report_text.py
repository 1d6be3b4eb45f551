"""The Markdown of a report, read by markdown-it with HTML turned off; `{{…}}` are places for values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from modules.sdk.errors import ModuleError
from modules.sdk.values import Value
from modules.showing._report_links import settle_links
from modules.showing._report_values import Shown, shown

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LONGEST = 1_000_000
"""Characters of a report's text."""


def read(text: str, ports: Mapping[str, Value | None]) -> list[Token]:
    """The tokens of the text, with its links settled. Those of type `value` are places for values, which
    `token.meta["shown"]` has; on a line of their own they stand between blocks. ModuleError names the line of
    one that cannot be shown."""
    if len(text) > LONGEST:
        raise ModuleError(f"The text has more than {LONGEST:,} characters.", param="text")
    made: list[Token] = []
    for token in _parser().parse(text):
        if token.type == "paragraph_close" and made[-1].type == "value":
            continue
        line = token.map[0] + 1 if token.map else None
        for child in token.children or ():
            if child.type == "value":
                child.meta["shown"] = _shown(child.content, ports, line)
        alone = _alone(token) if made and made[-1].type == "paragraph_open" else None
        if alone is not None:
            made[-1] = alone
        else:
            _refuse_blocks(token, line)
            made.append(token)
    settle_links(made)
    return made


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.inline.ruler.before("escape", "value", _value)
    return parser


def _value(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    end = state.src.find("}}", state.pos + 2)
    if end < 0:
        return False
    if not silent:
        token = state.push("value", "", 0)
        token.content = state.src[state.pos + 2 : end].strip()
    state.pos = end + 2
    return True


def _shown(wish: str, ports: Mapping[str, Value | None], line: int | None) -> Shown:
    try:
        return shown(wish, ports)
    except ModuleError as error:
        where = f"Line {line}: " if line else ""
        raise ModuleError(f"{where}{error.message}", param="text", line=line) from None


def _alone(token: Token) -> Token | None:
    """The value that is all of a line, if it is a table or pictures."""
    children = token.children or []
    if len(children) == 1 and children[0].type == "value" and not isinstance(children[0].meta["shown"], str):
        return children[0]
    return None


def _refuse_blocks(token: Token, line: int | None) -> None:
    for child in token.children or ():
        if child.type == "value" and not isinstance(child.meta["shown"], str):
            raise ModuleError(
                f"Line {line}: {{{{{child.content}}}}} is not a number. Put it on a line of its own, with "
                "an empty line before and after it.",
                param="text",
                line=line,
            )
