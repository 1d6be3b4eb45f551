"""The separator of delimited text, found by what cuts its lines alike."""

from __future__ import annotations

import csv
import re
from itertools import dropwhile, islice

from modules.files.kinds import is_spaced
from modules.files.records import EARLY
from modules.files.text_source import Text

SNIFFED = 50
COMMON = (",", ";", "\t", "|")
SAID = re.compile(r'sep=([^"\r\n])[\r\n]+', re.I)
RARE = ("^", "~", ":", "\x1f", "\x01")


def sniff(text: Text) -> str:
    """The separator that cuts the first lines into the same number of fields, several of them.

    A rare one is only taken where no common one cuts at all, and it cuts every line alike.
    """
    with text.reader() as stream:
        head = list(islice(stream, SNIFFED))
    best, score = ",", (0.0, 1)
    for delimiter in COMMON:
        mine = _score(head, delimiter)
        if mine[1] < 2:
            continue
        if mine[0] > score[0] or (mine[0] == score[0] and mine[1] > score[1] and best != ","):
            best, score = delimiter, mine
    if score[1] < 2 and (below := [one for one in COMMON if _cuts_below_a_title(head, one)]):
        return below[0]  # the first line will not fit, and is told
    if score[1] < 2 and is_spaced(head):
        return " "
    if score[1] < 2 and len(head) > 1:
        return next((rare for rare in RARE if _score(head, rare)[0] == 1 and _score(head, rare)[1] > 1), best)
    return best


def _cuts_below_a_title(head: list[str], delimiter: str) -> bool:
    """Whether all lines below some first ones, two at least, have the same number of fields."""
    widths = [len(fields) for fields in csv.reader(head, delimiter=delimiter) if fields]
    below = list(dropwhile(lambda width: width == 1, widths))
    return len(below) > 1 and len(widths) - len(below) < EARLY and len(set(below)) == 1


def said_separator(text: Text) -> str | None:
    """What the first line says where it is `sep=;`, as Excel writes it and takes it."""
    with text.reader() as stream:
        found = SAID.fullmatch(stream.readline())
    return found[1] if found else None


def _score(head: list[str], delimiter: str) -> tuple[float, int]:
    """The share of lines that have as many fields as the first one, and how many that has."""
    widths = [len(fields) for fields in csv.reader(head, delimiter=delimiter) if fields]
    if not widths:
        return 0.0, 0
    return sum(width == widths[0] for width in widths) / len(widths), widths[0]
