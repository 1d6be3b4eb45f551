"""People, places and organizations in English text, found by rules: what a name looks like, what stands
around it, and the places that the time zone database names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from modules.text_analytics._name_words import (
    BEFORE_PLACE,
    COMPANY,
    FIRST_NAMES,
    KNOWN,
    NO_NAME,
    REGIONS,
    SPEAKS,
    SPOT,
    TITLES,
)

PERSON, PLACE, ORGANIZATION = "PER", "LOC", "ORG"

CAPITAL = "[A-ZÀ-ÖØ-ÞŁŚŠŽČĆŃŐŰİĞŞĀĒĪŌŪ]"
NAME = rf"(?:{CAPITAL}[\w'’]*(?:-\w+)*|{CAPITAL}\.)"
LINK = r"(?:of|the|de|la|le|van|von|der|den|du|di|da|bin|al|and|&)"
RUN = re.compile(rf"{NAME}(?:\s+(?:{LINK}\s+){{0,2}}{NAME}){{0,7}}")
PARTED = re.compile(r"\s(?:of|and)\s")


class Entity(NamedTuple):
    """`offset`: of its first character in the text, from 0."""

    mention: str
    offset: int
    kind: str


def entities(text: str) -> Iterator[Entity]:
    """The names in a text, in their order.

    >>> [(found.mention, found.kind) for found in entities("Mr. Fox of Acme Corp. went to Berlin.")]
    [('Fox', 'PER'), ('Acme Corp', 'ORG'), ('Berlin', 'LOC')]
    """
    for run in RUN.finditer(text):
        yield from _of_run(text, run.start(), run[0])


def _of_run(text: str, start: int, run: str) -> Iterator[Entity]:
    """The entities in a run of capitalized words: the whole, or its halves around `of` or `and`."""
    run = run.rstrip(" .'’")
    if run.startswith("The ") and run not in places():
        start, run = start + 4, run[4:]
    kind = _kind(text, start, run)
    if kind is None and (link := re.search(rf"\s+(?:{LINK}\s+)+", run)):
        yield from _of_run(text, start, run[: link.start()])
        yield from _of_run(text, start + link.end(), run[link.end() :])
        return
    words = run.split()
    if kind is None and len(words) > 1 and words[0].lower() in NO_NAME:
        behind = len(run) - len(run.split(maxsplit=1)[1])
        yield from _of_run(text, start + behind, run[behind:])
        return
    if kind == PERSON and words[0].rstrip(".").lower() in TITLES:
        behind = len(run) - len(run.split(maxsplit=1)[1]) if len(words) > 1 else 0
        start, run = start + behind, run[behind:]
    if kind is not None and run:
        yield Entity(run, start, kind)


def _kind(text: str, start: int, run: str) -> str | None:
    words = [word.strip(".,'’").lower() for word in run.split()]
    before = re.findall(r"[\w.]+", _near(text, start))
    last = (
        before[-1].rstrip(".").lower() if before and _near(text, start).rstrip()[-1:] not in ",;:!?" else ""
    )
    after = re.match(r"\s*,?\s*(\w+)", text[start + len(run) : start + len(run) + 40])
    says = after is not None and after[1].lower() in SPEAKS
    if run in places():
        return PERSON if says and words[0] in FIRST_NAMES and len(words) > 1 else PLACE
    if words[0] in COMPANY and len(words) > 2 and "of" in words:
        return ORGANIZATION
    if words[-1] in COMPANY and len(words) > 1 and not PARTED.search(run):
        return ORGANIZATION
    if (len(words) == 1 and words[0] in KNOWN) or (len(run) > 2 and run.isupper() and run.isalpha()):
        return ORGANIZATION
    if (words[-1] in SPOT and len(words) > 1) or (words[0] in ("lake", "mount", "cape") and len(words) > 1):
        return PLACE
    if re.search(rf"\s(?:{LINK})\s", run) and not {
        "de",
        "la",
        "van",
        "von",
        "der",
        "bin",
        "al",
        "di",
        "da",
    } & set(words):
        return None
    if (
        (words[0] in TITLES and len(words) > 1)
        or last in TITLES
        or (words[0] in FIRST_NAMES and len(words) < 5)
    ):
        return PERSON
    if words[0] in NO_NAME or len(words) > 4:
        return None
    if says and len(words) < 4:
        return PERSON
    if last in BEFORE_PLACE:
        return PLACE
    return PERSON if 2 <= len(words) <= 3 else None


def _near(text: str, start: int) -> str:
    """What stands right before a place in a text."""
    return text[max(0, start - 40) : start]


@cache
def places() -> frozenset[str]:
    """Countries, their capitals and other large cities: the names of the time zone database, and some "
    "more."""
    found = set(REGIONS)
    table = resources.files("tzdata").joinpath("zoneinfo")
    for line in table.joinpath("iso3166.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name = line.partition("\t")[2]
            found |= {name, re.sub(r"\s*\(.*\)", "", name)}
    for line in table.joinpath("zone1970.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            found.add(line.split("\t")[2].rpartition("/")[2].replace("_", " "))
    return frozenset(found)
