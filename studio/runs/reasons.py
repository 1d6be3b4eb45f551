"""Why a node ran again, in words: what is not as it was when it last finished. Pure.

A node run's *plan* holds its module, its params and where each input comes from; its *basis* the rest of
what its result stands on: `code` (a digest), `libraries` ("pandas=2.3.1 …"), `inputs` (artifact ids by
port), or for a dataset's node `dataset`, `version` and `artifact`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

SHORT = 30
"""Characters of a value up to which it is shown; of longer ones and of scripts only the name is."""

MOST = 3
"""Changes told in one sentence."""

Side = tuple[Mapping[str, Any], Mapping[str, Any]]
"""Plan and basis of a node run."""

INSTALLED = "installed"
"""Stands among the libraries of a script for all that it might import: a digest, of no use to a reader."""

LOST = "its result was found damaged while this run went on"


class Change(NamedTuple):
    """One change: as its own node tells it, and as nodes below do."""

    here: str
    below: str


@dataclass(frozen=True)
class Cause:
    """What made a result another than in run `since`: `what`, told for nodes below; it lies in `node`, which
    is so many nodes `up`."""

    what: str
    node: str
    up: int
    since: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def one_down(self) -> Cause:
        return replace(self, up=self.up + 1)


def changes(old: Side, new: Side, title: Callable[[str], str]) -> list[Change]:
    """What a node itself no longer has as it was. `title`: a module's name by its slug."""
    (old_plan, old_basis), (new_plan, new_basis) = old, new
    name = new_plan.get("name") or title(new_plan["module"])
    if old_plan["module"] != new_plan["module"]:
        what = f"{title(old_plan['module'])} was replaced by {title(new_plan['module'])}"
        return [Change(what, what)]
    was, now = old_plan.get("pinned"), new_plan.get("pinned")
    if was or now:
        how = "was unpinned" if not now else "was pinned to another result" if was else "was pinned"
        return [] if was == now else [Change(how, f"{name} {how}")]
    return [
        *_params(old_plan["params"], new_plan["params"], name),
        *_wires(old, new, name),
        *_dataset(old_basis, new_basis),
        *_code(old_basis, new_basis, name),
    ]


class Apart(NamedTuple):
    """Something apart from the graph that a result stands on: `orders` `1` → `2`. Where no values are known,
    `what` is a whole phrase: `another version of the module`."""

    what: str
    before: str | None = None
    after: str | None = None


def apart_from_graph(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Apart]:
    """What two bases of a node do not share, wires and params aside: `orders 1 → 2`, `pandas 2.2.3 → 2.3.1`.

    Another version of a dataset that holds the same changes no result, and is not told.
    """
    if "dataset" in old:
        if old.get("artifact") == new.get("artifact") or old["dataset"] != new.get("dataset"):
            return []
        if old["version"] == new["version"]:
            return [Apart(f"{new['dataset']} was read anew")]
        return [Apart(new["dataset"], str(old["version"]), str(new["version"]))]
    if not _is_other_code(old, new):
        return []
    return _libraries(old, new) or [Apart("another version of the module")]


def changed_inputs(old: Side, new: Side) -> list[str]:
    """Ports whose wire is as it was and whose content is not."""
    (old_plan, old_basis), (new_plan, new_basis) = old, new
    before, after = old_basis.get("inputs", {}), new_basis.get("inputs", {})
    return [
        port
        for port, source in new_plan["inputs"].items()
        if old_plan["inputs"].get(port) == source and before.get(port) != after.get(port)
    ]


def input_changed(port: str, cause: Cause | None) -> str:
    """`input dataset1 changed because …`."""
    if cause is None:
        return f"input {port} changed"
    far = "1 node up" if cause.up == 1 else f"{cause.up} nodes up"
    return f"input {port} changed because {cause.what}, {far}"


def in_words(parts: list[str]) -> str:
    """Several changes as one phrase."""
    more = len(parts) - MOST
    return ", ".join([*parts[:MOST], *([f"and {more} more"] if more > 0 else [])])


def duration(seconds: float) -> str:
    """`0.4 s`, `41 s`, `3 min 5 s`."""
    if seconds < 0.095:
        return f"{seconds:.2f} s"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 2:
        return f"{round(seconds)} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def _params(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> Iterator[Change]:
    for param in [*new, *(left for left in old if left not in new)]:
        before, after = _show(old.get(param)), _show(new.get(param))
        if param not in old and not new[param]:
            continue  # a newer module has it; off or empty, it changes nothing
        if param in old and param in new and old[param] == new[param]:
            continue
        shown = before is not None and after is not None and param in old and param in new
        what = f"`{param}` {before} → {after}" if shown else f"`{param}` changed"
        yield Change(what, f"{what} in {name}")


def _show(value: Any) -> str | None:
    """A value as a user would write it, or None where it is too long for a sentence."""
    if isinstance(value, bool):
        return "on" if value else "off"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = "empty" if value in ("", None) else text
    return text if len(text) <= SHORT and "\n" not in text and not isinstance(value, dict) else None


def _wires(old: Side, new: Side, name: str) -> Iterator[Change]:
    """Wires that lead elsewhere and bring something else."""
    (old_plan, old_basis), (new_plan, new_basis) = old, new
    before, after = old_basis.get("inputs", {}), new_basis.get("inputs", {})
    for port in sorted({*old_plan["inputs"], *new_plan["inputs"]}):
        was, now = old_plan["inputs"].get(port), new_plan["inputs"].get(port)
        if was == now or before.get(port) == after.get(port):
            continue
        what = (
            "has a wire now" if was is None else "has no wire any more" if now is None else "has another wire"
        )
        yield Change(f"input {port} {what}", f"input {port} of {name} {what}")


def _dataset(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    if "dataset" not in old or old.get("dataset") != new.get("dataset"):
        return
    if old["version"] != new["version"]:
        what = f"dataset {new['dataset']} version {old['version']} → {new['version']}"
    elif old["artifact"] != new["artifact"]:
        what = f"dataset {new['dataset']} was read again"
    else:
        return
    yield Change(what, what)


def _code(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> Iterator[Change]:
    """The libraries are part of the code's digest; where they differ, they are named."""
    if not _is_other_code(old, new):
        return
    newer = [
        what if before is None else f"{what} {before} → {after}"
        for what, before, after in _libraries(old, new)
    ]
    for what in newer:
        yield Change(what, what)
    if not newer:
        yield Change("the module is newer", f"the module {name} is newer")


def _is_other_code(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return "code" in old and "code" in new and old["code"] != new["code"]


def _libraries(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Apart]:
    before = dict(part.split("=") for part in old["libraries"].split())
    after = dict(part.split("=") for part in new["libraries"].split())
    newer = [
        Apart(library, before[library], version)
        for library, version in after.items()
        if library != INSTALLED and before.get(library, version) != version
    ]
    if newer or before.get(INSTALLED) in (None, after.get(INSTALLED)):
        return newer
    return [Apart("other libraries are installed")]
