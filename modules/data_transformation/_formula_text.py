"""The text of a formula as a tree: `if([Unit price] > 10, round(price * 1.19, 2), 0)`.

Columns stand in square brackets, or bare where the name is one word; texts in quotes. A formula is parsed
into this tree and nothing else: no Python ever sees it."""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from modules.sdk.errors import ModuleError

TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<text>\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*')"
    r"|\[(?P<column>(?:[^\]]|\]\])*)\]"
    r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<sign><=|>=|<>|!=|==|[-+*/%^&=<>(),]))"
)
MOST_LETTERS, DEEPEST = 10_000, 100
WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "missing": None}
SAME = {"==": "=", "<>": "!="}
BINDING = {"or": 1, "and": 2, "=": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "&": 5, "+": 6, "-": 6,
           "*": 7, "/": 7, "%": 7, "^": 9}  # fmt: skip
NOT, MINUS = 3, 8


class Part(NamedTuple):
    """A part of a formula. `what` is its value, its name or its sign; `at` where it begins, from 1."""

    kind: Literal["value", "column", "call"]
    what: Any
    at: int
    parts: tuple[Part, ...] = ()


class Token(NamedTuple):
    kind: str
    text: str
    at: int


def wrong(message: str, at: int) -> ModuleError:
    """A fault of a formula, with its place."""
    return ModuleError(f"At character {at}: {message}", param="formula")


def parse(formula: str) -> Part:
    """The tree of a formula; ModuleError says at which character it cannot be read.

    >>> parse("-a + 2").what, [part.what for part in parse("-a + 2").parts]
    ('+', ['negative', 2])
    """
    if len(formula) > MOST_LETTERS:
        raise wrong(f"a formula has at most {MOST_LETTERS:,} characters.", MOST_LETTERS)
    reader = _Reader(_tokens(formula), len(formula) + 1)
    tree = reader.expression(0, 0)
    if reader.next:
        raise wrong(f"{reader.next.text!r} is not expected here; an operator such as + is.", reader.next.at)
    return tree


def _tokens(formula: str) -> list[Token]:
    tokens, at = [], 0
    while formula[at:].strip():
        found = TOKEN.match(formula, at)
        if not found:
            start = at + len(formula[at:]) - len(formula[at:].lstrip())
            unclosed = {
                "'": "a text that has no end",
                '"': "a text that has no end",
                "[": "a column without ]",
            }
            said = unclosed.get(formula[start], f"{formula[start]!r} is no part of a formula")
            raise wrong(f"{said}.", start + 1)
        kind = str(found.lastgroup)
        start = found.start(kind) - (kind == "column")
        tokens.append(Token(kind, found[kind], start + 1))
        at = found.end()
    return tokens


class _Reader:
    """Reads tokens by the binding of their operators."""

    def __init__(self, tokens: list[Token], end: int) -> None:
        self._tokens, self._place, self._end = tokens, 0, end

    @property
    def next(self) -> Token | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def expression(self, binding: int, depth: int) -> Part:
        if depth > DEEPEST:
            raise wrong("the formula is nested too deeply.", self.next.at if self.next else self._end)
        left = self._first(depth)
        while (token := self.next) and token.kind in ("sign", "word"):
            sign = SAME.get(token.text, token.text.lower())
            if (bound := BINDING.get(sign, 0)) <= binding:
                break
            self._place += 1
            # 2^3^2 is 2^(3^2); all others are read from the left
            right = self.expression(bound - 1 if sign == "^" else bound, depth + 1)
            left = Part("call", sign, token.at, (left, right))
        return left

    def _first(self, depth: int) -> Part:
        token = self.next
        if token is None:
            raise wrong("the formula ends where a value is expected.", self._end)
        self._place += 1
        if token.kind == "number":
            whole = token.text.isdigit()
            return Part("value", int(token.text) if whole else float(token.text), token.at)
        if token.kind == "text":
            quote = token.text[0]
            return Part("value", token.text[1:-1].replace(quote * 2, quote), token.at)
        if token.kind == "column":
            return Part("column", token.text.replace("]]", "]"), token.at)
        if token.text == "-":
            return Part("call", "negative", token.at, (self.expression(MINUS, depth + 1),))
        if token.text == "(":
            inner = self.expression(0, depth + 1)
            self._take(")")
            return inner
        if token.kind == "word":
            return self._word(token, depth)
        raise wrong(f"{token.text!r} is not expected here; a value is.", token.at)

    def _word(self, token: Token, depth: int) -> Part:
        lower = token.text.lower()
        if self.next and self.next.text == "(" and self.next.kind == "sign" and lower != "not":
            self._place += 1
            return Part("call", lower, token.at, self._arguments(depth))
        if lower == "not":
            return Part("call", "not", token.at, (self.expression(NOT, depth + 1),))
        if lower in WORDS:
            return Part("value", WORDS[lower], token.at)
        return Part("column", token.text, token.at)

    def _arguments(self, depth: int) -> tuple[Part, ...]:
        if self.next and self.next.text == ")":
            self._place += 1
            return ()
        parts = [self.expression(0, depth + 1)]
        while self.next and self.next.text == ",":
            self._place += 1
            parts.append(self.expression(0, depth + 1))
        self._take(")")
        return tuple(parts)

    def _take(self, sign: str) -> None:
        token = self.next
        if token is None or token.text != sign:
            raise wrong(f"{sign!r} is missing.", token.at if token else self._end)
        self._place += 1
