"""Requirements as people write them: checked, and told apart. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from blake3 import blake3
from packaging.requirements import InvalidRequirement, Requirement

MOST = 200
LONGEST = 500


class WrongRequirement(ValueError):
    """What is wrong with a requirement, in a sentence. `place`: which one, from 0."""

    def __init__(self, message: str, place: int = 0) -> None:
        super().__init__(message)
        self.place = place


def read_requirements(given: str | Iterable[str]) -> list[str]:
    """The requirements in a list, or in the text of a requirements.txt: comments and empty lines are left
    out. Raises WrongRequirement for what is none, or leads past the package index.

    >>> read_requirements("# mine\\nCowsay >= 6  # says it\\n\\n")
    ['Cowsay >= 6']
    """
    lines = given.splitlines() if isinstance(given, str) else list(given)
    found = []
    for place, line in enumerate(lines):
        text = re.sub(r"(^|\s)#.*$", "", line).strip()
        if text:
            _check(text, place)
            found.append(text)
    if len(found) > MOST:
        raise WrongRequirement(f"There are {len(found)} requirements; at most {MOST} are taken.", MOST)
    return found


def _check(text: str, place: int) -> None:
    if len(text) > LONGEST:
        raise WrongRequirement(
            f"A requirement has {len(text)} characters; at most {LONGEST} are taken.", place
        )
    if text.startswith("-"):
        message = (
            f"{text!r} is an option of pip. Name packages only; where they come from is the administrator's."
        )
        raise WrongRequirement(message, place)
    try:
        read = Requirement(text)
    except InvalidRequirement as error:
        why = str(error).partition("\n")[0]
        raise WrongRequirement(
            f"{text!r} is no requirement: {why}. Write it like `cowsay`, `cowsay>=6` or `cowsay==6.1`.", place
        ) from None
    if read.url:
        message = f"{text!r} names an address; packages come from the index only. Write `{read.name}`."
        raise WrongRequirement(message, place)


def has_package(requirements: Iterable[str], name: str) -> bool:
    """Whether one of the requirements asks for this package, in whatever version.

    >>> has_package(["Cow_Say[loud]>=6"], "cow-say")
    True
    """
    wanted = _plain_name(name)
    return any(_plain_name(Requirement(text).name) == wanted for text in requirements)


def _plain_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def wish_of(requirements: Iterable[str]) -> str:
    """Returns one text for all lists that ask for the same packages.

    >>> wish_of(["Cow_say>=6", "b"]) == wish_of(["b", "cow-say >= 6"])
    True
    """
    lines = sorted({normal_form(text) for text in requirements})
    return blake3("\n".join(lines).encode()).hexdigest()[:32]


def normal_form(text: str) -> str:
    """
    >>> normal_form("Cow_Say[b,a] <7,>= 6")
    'cow-say[a,b]<7,>=6'
    """
    read = Requirement(text)
    name = _plain_name(read.name)
    extras = f"[{','.join(sorted(read.extras))}]" if read.extras else ""
    versions = ",".join(sorted(map(str, read.specifier)))
    return f"{name}{extras}{versions}" + (f"; {read.marker}" if read.marker else "")
