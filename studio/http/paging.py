"""Lists: `?limit=&offset=` → `{"items": […], "total": N}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Query, Schema

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=0, le=1000, description="At most so many")]
Offset = Annotated[int, Query(ge=0, description="Leave out the first so many")]


class Page(Schema, Generic[Item]):
    items: list[Item]
    total: int


def page_of(
    rows: QuerySet[Any],
    limit: int,
    offset: int,
    items: Callable[[list[Any]], list[Any]],
    total: int | None = None,
) -> dict[str, Any]:
    """A page of a query, and how much there is in all (`total`, if known). `items` makes all rows of the
    page at once, with a number of queries that does not grow with them."""
    total = rows.count() if total is None else total
    # No database counts as far as a number in an address can.
    keys = list(rows.values_list("pk", flat=True)[offset : offset + limit]) if offset < total else []
    found = _by_key(rows).in_bulk(keys) if keys else {}
    page = [found[key] for key in keys if key in found]
    return {"items": items(page) if page else [], "total": total}


def _by_key(rows: QuerySet[Any]) -> QuerySet[Any]:
    """All rows of the table, read as those of the query are. A page is read from it by its keys: the pages
    before it, and a search, look at an index; and the query's conditions lead to no other."""
    every = rows.model._default_manager.all()
    every.query.deferred_loading = rows.query.deferred_loading
    every.query.select_related = rows.query.select_related
    return every
