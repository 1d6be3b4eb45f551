"""Which modules people of this server wire to which. A count tells nothing else: neither who nor where."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from modules.registry import catalog
from studio.experiments.models import ModulePair

MOST = 50
"""Pairs that one save counts: who pastes a thousand nodes has not chosen each wire."""

Pair = tuple[str, str]


def note_pairs(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Counts the pairs of modules at wires that are new in a document, each pair once, after the commit: no
    save waits for another one's count, and none fails with it."""
    if found := new_pairs(before, after, catalog().keys()):
        transaction.on_commit(lambda: _count(found), robust=True)


def new_pairs(before: Mapping[str, Any], after: Mapping[str, Any], known: Collection[str]) -> list[Pair]:
    """Pairs of `known` modules (own ones are their owner's) at the wires that only `after` has, in order.

    >>> nodes = [{"id": "a", "module": "sort"}, {"id": "b", "module": "plot"}]
    >>> new_pairs({}, {"nodes": nodes, "wires": [{"from": "a.x", "to": "b.y"}]}, {"sort", "plot"})
    [('sort', 'plot')]
    """
    wires = _wires(after) - _wires(before)
    if not wires:
        return []
    modules = {str(node.get("id")): str(node.get("module")) for node in after.get("nodes") or []}
    ends = ((_node(start), _node(end)) for start, end in wires)
    pairs = {(modules.get(start, ""), modules.get(end, "")) for start, end in ends}
    return sorted(pair for pair in pairs if pair[0] in known and pair[1] in known)[:MOST]


def used_pairs() -> QuerySet[ModulePair]:
    """What was wired most comes first."""
    return ModulePair.objects.order_by("-uses", "source", "target")


def _wires(document: Mapping[str, Any]) -> set[Pair]:
    return {(str(wire.get("from")), str(wire.get("to"))) for wire in document.get("wires") or []}


def _node(end: str) -> str:
    return end.rpartition(".")[0]


def _count(pairs: list[Pair]) -> None:
    made = [ModulePair(source=source, target=target) for source, target in pairs]
    ModulePair.objects.bulk_create(made, ignore_conflicts=True)
    for source, target in pairs:
        ModulePair.objects.filter(source=source, target=target).update(uses=F("uses") + 1)
