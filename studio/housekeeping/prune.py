"""Keeps the store within its bound: what was not used for longest and nothing holds is dropped.

A dropped result is computed again when it is needed. Rows are marked first, then files go, so that a
crash between leaves files that no row names, which the next pruning drops.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from studio.artifacts.derived import Derived
from studio.artifacts.models import Artifact
from studio.artifacts.store import store
from studio.database.batches import batches
from studio.datasets.models import Dataset
from studio.housekeeping.artifacts_in_use import held
from studio.housekeeping.stock import Stock, names_in, take_stock
from studio.runs.models import CachedResult

LOW = 0.9
"""The share of the bound that is pruned to, so that not every node makes it necessary again."""

AT_ONCE = 64
"""Artifacts dropped while the store's lock is held."""

SKEW = timedelta(minutes=10)
"""How much older than its row's commit the time of use in it may be, with clocks of several machines."""

EXPORT_AGE = 600
"""Seconds for which an export is left alone: it may just be on its way to a browser."""


@dataclass
class Pruned:
    """What was dropped: results, exports, files without a row, drafts; and bytes before and after."""

    before: int = 0
    after: int = 0
    results: int = 0
    exports: int = 0
    orphans: int = 0
    drafts: int = 0


Tell = Callable[[Pruned], object]


def prune(bound: int, *, dry_run: bool = False, tell: Tell = lambda done: None) -> Pruned:
    """Drops orphans and abandoned drafts always, and, beyond the bound (bytes), exports and then results
    until the store is a tenth below it or nothing is left that may go. `tell` hears how far it is."""
    stock = take_stock()
    done = Pruned(before=stock.bytes, drafts=0 if dry_run else store().sweep())
    orphans = [name for name in stock.sizes if not stock.named[name]]
    done.orphans = len(orphans)
    for some in batches(orphans, AT_ONCE * 16):
        _unlink(stock, some, dry_run)
    if stock.bytes > bound:
        wanted = int(bound * LOW)
        done.exports = _drop_exports(stock, wanted, dry_run)

        def say(results: int) -> None:
            done.results, done.after = results, stock.bytes
            tell(done)

        done.results = _drop_results(stock, wanted, dry_run, say)
    done.after = stock.bytes
    return done


def _drop_exports(stock: Stock, wanted: int, dry_run: bool) -> int:
    """The oldest first. They are made again at the next download."""
    excess, gone = stock.bytes - wanted, list[Derived]()
    for export in sorted(stock.exports, key=lambda export: export.made):
        if excess > 0 and time.time() - export.made > EXPORT_AGE:
            gone.append(export)
            excess -= export.bytes
            if not dry_run:
                store().derived.drop_export(export)
    stock.take_exports(gone)
    return len(gone)


def _drop_results(stock: Stock, wanted: int, dry_run: bool, say: Callable[[int], None]) -> int:
    keep, dropped = held(), list[str]()
    for some in batches((pk for pk in stock.names if pk not in keep), AT_ONCE):
        if stock.bytes <= wanted:
            break
        chosen = list(_enough(stock, some, wanted))
        if dry_run:
            stock.take_artifacts(chosen)
            gone = chosen
        else:
            gone = _drop_some(stock, chosen)
        dropped += gone
        say(len(dropped))
    if not dry_run:
        _forget_results(set(dropped))
    return len(dropped)


def _enough(stock: Stock, some: Iterable[str], wanted: int) -> Iterator[str]:
    """As many of these as have to go."""
    excess, named = stock.bytes - wanted, stock.named.copy()
    for pk in some:
        if excess <= 0:
            return
        named.subtract(stock.names[pk])
        excess -= sum(stock.sizes.get(name, 0) for name in stock.names[pk] if not named[name])
        yield pk


def _drop_some(stock: Stock, chosen: list[str]) -> list[str]:
    """Drops those of them that nobody has come to hold or use since stock was taken."""
    with store().dropping():
        with transaction.atomic():
            unused = Artifact.objects.filter(pk__in=chosen, dropped=None, used__lt=stock.seen - store().grace)
            gone = sorted(set(unused.values_list("pk", flat=True)) - held(chosen))
            # Looked at once more with each row's own lock: somebody may use one at this moment.
            unused.filter(pk__in=gone).update(dropped=timezone.now())
            gone = sorted(
                Artifact.objects.filter(pk__in=gone, dropped__isnull=False).values_list("pk", flat=True)
            )
        _really_unlink(stock, stock.take_artifacts(gone))
        for pk in gone:
            store().derived.drop(pk)
    return gone


def _unlink(stock: Stock, names: Iterable[str], dry_run: bool) -> None:
    for name in names:
        stock.take_file(name)
    if not dry_run:
        with store().dropping():
            _really_unlink(stock, list(names))


def _really_unlink(stock: Stock, names: list[str]) -> None:
    """Drops files, but for those that rows name that are newer than the stock. The store's lock is held."""
    since = Artifact.objects.filter(dropped=None, used__gte=stock.seen - SKEW)
    fresh = {name for manifest in since.values_list("manifest", flat=True) for name in names_in(manifest)}
    for some in batches(names, 500):
        fresh.update(Dataset.objects.filter(original__in=some).values_list("original", flat=True))
    for name in names:
        if name not in fresh:
            store().unlink(name)


def _forget_results(dropped: set[str]) -> None:
    """The cache's rows that lead to what is dropped, and artifacts' rows that nothing points to any more."""
    if not dropped:
        return
    rows = CachedResult.objects.values_list("key", "outputs").iterator()
    for some in batches((key for key, outputs in rows if dropped & set(outputs.values())), 500):
        CachedResult.objects.filter(pk__in=some).delete()
    nobody = {f"{relation.name}__isnull": True for relation in Artifact._meta.related_objects}
    for pks in batches(sorted(dropped), 500):
        with store().dropping():
            Artifact.objects.filter(pk__in=pks, dropped__isnull=False, **nobody).delete()
