"""The links of a report's text: which lead somewhere, and where to."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

SAFE = re.compile(r"(?:https?://[^/]|mailto:[^/])", re.IGNORECASE)
"""How an address that leads away begins. Any other would lead into this Studio, or do something."""
LONGEST = 2000


def settle_links(tokens: Sequence[Token]) -> None:
    """Gives each heading an `id`, and each link in its `meta` where it leads `to`: an address, or `#` and an
    id of this text. One that leads nowhere has an empty text there, and stands as words and address."""
    ids: dict[str, None] = {}
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            name = _id_of(tokens[at + 1])
            free = next(one for one in _numbered(name) if one not in ids)
            ids[free] = None
            token.attrSet("id", free)
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                child.meta["to"] = _target(str(child.attrs.get("href", "")), ids)


def _target(href: str, ids: Container[str]) -> str:
    if len(href) > LONGEST:
        return ""
    if href.startswith("#"):
        return href if href[1:] in ids else ""
    return href if SAFE.match(href) else ""


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def _id_of(heading: Token) -> str:
    """As GitHub calls it: `Sales by city` → `sales-by-city`."""
    text = "".join(
        str(child.meta["shown"]) if child.type == "value" else child.content
        for child in heading.children or ()
    )
    return "-".join(re.findall(r"\w+", text.lower())) or "part"
