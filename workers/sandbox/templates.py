"""A worker's templates: base's, and those for environments that bring along a library of base's in another
version.

What an environment adds to base is imported by the child, once it is confined: its packages are as hostile as
a script, and a template is not confined. So most environments are served by base's template. If a package
stands in the way of one that the template has imported, the child comes from a template that has imported
all but that.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from pathlib import Path

from modules.interpreter import Interpreter, own
from workers.sandbox.branch import Branch, Files, r_files
from workers.sandbox.cgroups import Cgroups
from workers.sandbox.ground import Tier
from workers.sandbox.job import Environment
from workers.sandbox.link import Link, TemplateError
from workers.sandbox.template import ASKS_FOR, WARM

log = logging.getLogger(__name__)

MOST = 2
"""Templates beside base's. The one that was used least recently ends; each takes 100 to 250 MB."""

Names = frozenset[str]


class Templates:
    """Safe between threads."""

    def __init__(self, home: Path, cgroups: Callable[[], Cgroups | None]) -> None:
        self._home, self._cgroups = home, cgroups
        self._lock = threading.Lock()
        self._links: dict[Names, Link] = {}
        """By what they go without, the one that was used last at the end."""
        self._wanted: dict[Names, list[str]] = {}
        """What a template without these imports ahead, once that is known: finding out takes some tries."""
        self._branch: Branch | None = None
        self._no_branch: tuple[Link, Files] | None = None
        """Where R could not be had warm: it is not tried again with this template and this R."""
        self._closed = False

    @property
    def started(self) -> Link | None:
        """Base's, if it is started."""
        return self._links.get(frozenset())

    def base(self, tier: Tier) -> Link:
        """Base's template, started if it is not. TemplateError where that cannot be."""
        with self._lock:
            return self._take(tier, frozenset())

    def borrow(self, tier: Tier, environment: Environment | None, r: bool = False) -> Link:
        """The template for a job; `give_back` ends the loan. `r`: the job gains by one with R. TemplateError
        as for `base`."""
        with self._lock:
            link = self._take(tier, frozenset())
            if environment and (clash := link.loaded & frozenset(environment.names)):
                link = self._take(tier, clash)
            if r and (branch := self._with_r(link)):
                link.users += 1  # it must not end before its branch
                link = branch
            link.users += 1
            return link

    def give_back(self, link: Link) -> None:
        """One that was replaced meanwhile ends with the last job in it."""
        with self._lock:
            for one in (link, link.trunk) if link.trunk else (link,):
                one.users -= 1
                if one.users == 0 and one is not self._branch and one not in self._links.values():
                    one.close()

    def close(self) -> None:
        """Ends all, and with them every child."""
        with self._lock:
            self._closed = True
            if self._branch:
                self._branch.close()
                self._branch = None
            for link in self._links.values():
                link.close()
            self._links.clear()

    def _take(self, tier: Tier, without: Names) -> Link:
        if self._closed:
            raise TemplateError("it is closed")
        link = self._links.pop(without, None)
        if link is not None and not (link.alive() and link.up_to_date()):
            if not (link.alive() and link.users):
                link.close()
            link = None
        link = link or self._start(tier, without)
        self._links[without] = link
        self._end_least_used()
        return link

    def _start(self, tier: Tier, without: Names) -> Link:
        if not without:
            return Link(self._home, tier, cgroups=self._cgroups())
        wanted = self._wanted.get(without) or needing_none_of(without, WARM, own())
        while True:
            try:
                link = Link(self._home, tier, without=without, warm=wanted, cgroups=self._cgroups())
            except TemplateError as error:
                who, asks, _ = str(error).removeprefix("RuntimeError: ").partition(ASKS_FOR)
                if not asks or not wanted:
                    raise
                log.info("a template without %s imports nothing of %s", ", ".join(sorted(without)), who)
                package = who.partition(".")[0]
                wanted = [name for name in wanted if name.partition(".")[0] != package]
            else:
                self._wanted[without] = wanted
                return link

    def _with_r(self, trunk: Link) -> Branch | None:
        """None if R has to be started anew for each job."""
        branch, files = self._branch, r_files()
        if branch and branch.trunk is trunk and branch.files == files and branch.alive():
            return branch
        self._branch = None
        if branch and not (branch.alive() and branch.users):
            branch.close()
        if files is None or self._no_branch == (trunk, files):
            return None
        try:
            self._branch = Branch(trunk, files, self._cgroups())
        except TemplateError as error:
            log.info("R is started anew for each node: %s", error)
            self._no_branch = trunk, files
        return self._branch

    def _end_least_used(self) -> None:
        others = [names for names in self._links if names]
        for names in others[: max(0, len(others) - MOST)]:
            link = self._links.pop(names)
            if not link.users:
                link.close()


def needing_none_of(names: Collection[str], wanted: Collection[str], interpreter: Interpreter) -> list[str]:
    """Of these modules, those whose distributions neither provide these packages nor need them.

    >>> some = Interpreter("3.12", {"a": "1", "b": "1"}, {"a": frozenset({"b"})})
    >>> needing_none_of({"b"}, ["a.x", "b", "sqlite3"], some)
    ['sqlite3']
    """
    gone = {dist for name in names for dist in interpreter.provides.get(name, [name])}
    return [module for module in wanted if not gone & interpreter.behind([module.partition(".")[0]]).keys()]
