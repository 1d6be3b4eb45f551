"""Where a thing lies that a person keeps, and its tags. A folder is a path such as `Sales/2024`; it is there
as long as something lies in it (`docs/decisions`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Concat, Left, StrIndex, Substr
from ninja import Schema

from studio.errors import Invalid
from studio.shelved import LONGEST_FOLDER
from studio.text import without_nul

LONGEST_TAG, MOST_TAGS = 50, 30
MOST_WORDS = 30
"""Words of a search: the time to write its query grows with their square."""


class Shelve(Schema):
    """Things by their ids: to a folder (empty: to none), and tags to add and to take away."""

    ids: list[str]
    folder: str | None = None
    add_tags: list[str] = []
    remove_tags: list[str] = []


class MoveFolder(Schema):
    """A folder with all below it, to another path. Where that is there already, the two become one."""

    folder: str
    to: str


class Changed(Schema):
    changed: int


class Counted(Schema):
    name: str
    items: int


class Shelves(Schema):
    """Every folder with what lies right in it, and every tag."""

    folders: list[Counted]
    tags: list[Counted]


def checked_folder(text: str) -> str:
    """The path with each name trimmed.

    >>> checked_folder(" Sales / 2024/ ")
    'Sales/2024'
    """
    path = "/".join(part for part in (_tidied(part) for part in text.split("/")) if part)
    if len(path) > LONGEST_FOLDER:
        raise _invalid(
            "folder", f"A folder's path has at most {LONGEST_FOLDER} characters; this has {len(path)}."
        )
    return path


def checked_tags(texts: Iterable[str]) -> list[str]:
    """Each once, in their order.

    >>> checked_tags([" a  b", "c", "a b", ""])
    ['a b', 'c']
    """
    tags = list(dict.fromkeys(tag for tag in (_tidied(text) for text in texts) if tag))
    for tag in tags:
        if len(tag) > LONGEST_TAG:
            raise _invalid(
                "tags", f"A tag has at most {LONGEST_TAG} characters; {tag[:20]!r}… has {len(tag)}."
            )
    return tags


def _tidied(text: str) -> str:
    return " ".join(str(without_nul(text)).split())


def tag_lines(tags: Iterable[str]) -> str:
    r"""
    >>> tag_lines(["a", "b"]), tag_lines([])
    ('\na\nb\n', '')
    """
    lines = "\n".join(tags)
    return f"\n{lines}\n" if lines else ""


def found(
    rows: QuerySet[Any],
    *,
    search: str = "",
    folder: str | None = None,
    below: bool = False,
    tag: str | None = None,
) -> QuerySet[Any]:
    """Those that have every word of `search` in their name, folder or tags, lie in `folder` (empty: in none)
    or, with `below`, in one under it, and have the tag."""
    words = search.split()
    if len(words) > MOST_WORDS:
        raise _invalid("search", f"A search has at most {MOST_WORDS} words; this has {len(words)}.")
    for word in words:
        rows = rows.filter(Q(name__icontains=word) | Q(folder__icontains=word) | Q(tag_lines__icontains=word))
    if folder is not None:
        path = checked_folder(folder)
        if not below:
            rows = rows.filter(folder=path)
        elif path:
            rows = _inside(rows, path, Q(folder=path))
    if tag is not None:
        # SQLite's LIKE takes small and capital letters for one.
        line = Value(tag_lines(checked_tags([tag])))
        rows = rows.alias(tag_at=StrIndex("tag_lines", line)).filter(tag_at__gt=0)
    return rows


def _inside(rows: QuerySet[Any], path: str, more: Q | None = None) -> QuerySet[Any]:
    """Those in folders under a path. SQLite's LIKE would take `sales` for `Sales`."""
    under = Q(head=f"{path}/")
    return rows.alias(head=Left("folder", len(path) + 1)).filter(under | more if more else under)


def shelve(rows: QuerySet[Any], wish: Shelve) -> int:
    """Moves and tags them; when they were last changed stays."""
    changes: dict[str, Any] = {} if wish.folder is None else {"folder": checked_folder(wish.folder)}
    add, remove = checked_tags(wish.add_tags), set(checked_tags(wish.remove_tags))
    with transaction.atomic():
        changed = 0
        for row in rows.select_for_update():
            tags = list(dict.fromkeys([tag for tag in row.tags if tag not in remove] + add))
            if len(tags) > MOST_TAGS:
                raise _invalid(
                    "add_tags", f"{row.name!r} would have {len(tags)} tags; at most {MOST_TAGS} fit."
                )
            changed += rows.model.objects.filter(pk=row.pk).update(tag_lines=tag_lines(tags), **changes)
    return changed


def move_folder(rows: QuerySet[Any], wish: MoveFolder) -> int:
    """Moves a folder with all below it to `to`. Raises Invalid if `to` is inside it."""
    folder, to = checked_folder(wish.folder), checked_folder(wish.to)
    if not folder:
        raise _invalid("folder", "Say which folder is meant.")
    if f"{to}/".startswith(f"{folder}/") and to != folder:
        raise _invalid("to", f"{folder!r} cannot be moved into itself.")
    longest = max(
        (len(path) for path in found(rows, folder=folder, below=True).values_list("folder", flat=True)),
        default=0,
    )
    if longest - len(folder) + len(to) > LONGEST_FOLDER:
        raise _invalid("to", f"A folder below would have a path of more than {LONGEST_FOLDER} characters.")
    with transaction.atomic():
        right_in = rows.filter(folder=folder).update(folder=to)
        rest: Any = Substr("folder", len(folder) + (1 if to else 2))
        return right_in + _inside(rows, folder).update(folder=Concat(Value(to), rest) if to else rest)


def shelves(rows: QuerySet[Any]) -> dict[str, Any]:
    """Each folder that something lies in, or below, and each tag; how much has it."""
    folders: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    rows = rows.order_by()
    for folder, items in rows.exclude(folder="").values_list("folder").annotate(items=Count("*")):
        parts = folder.split("/")
        for end in range(1, len(parts)):
            folders["/".join(parts[:end])] += 0
        folders[folder] += items
    for lines, items in rows.exclude(tag_lines="").values_list("tag_lines").annotate(items=Count("*")):
        tags.update(dict.fromkeys(lines.split("\n")[1:-1], items))
    return {"folders": _listed(folders), "tags": _listed(tags)}


def _listed(counts: Counter[str]) -> list[dict[str, Any]]:
    return [{"name": name, "items": counts[name]} for name in sorted(counts)]


def _invalid(field: str, message: str) -> Invalid:
    return Invalid(message, [{"loc": [field], "code": "bad-value", "message": message}])
