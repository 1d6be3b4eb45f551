"""Why a node runs: compares it with the last time it finished in the same experiment.

One query for a node that runs again; more only where what changed lies above nodes that came from the
cache, level by level. A node that comes from the cache costs none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from modules.registry import find, module_title
from modules.sdk.declare import ModuleSpec
from studio.runs.models import NodeRun, Run, State
from studio.runs.reasons import LOST, Cause, Side, changed_inputs, changes, in_words, input_changed

LEVELS = 100
"""How far up a cause is looked for."""


class Why(NamedTuple):
    """The reason in words, and the cause that nodes below name."""

    reason: str
    cause: Cause | None = None


def why_it_runs(
    node_run: NodeRun, spec: ModuleSpec, sources: Mapping[str, NodeRun], lost: str | None = None
) -> Why:
    """`sources`: this run's node runs on the other end of each wired input. `lost`: what became of the
    earlier result of the same key, if there was one ("was damaged")."""
    if node_run.anew:
        return Why("re-ran: run anyway, as asked")
    if node_run.reason == LOST:
        return Why(f"re-ran: {LOST}")
    earlier = last_finished(node_run)
    if earlier is None:
        return Why(f"ran: {_first(node_run)}")
    before, now = _side(earlier), _side(node_run)
    own = changes(before, now, module_title)
    ports = {port: _cause_above(sources.get(port), earlier.run_id) for port in changed_inputs(before, now)}
    told = [change.here for change in own]
    told += [input_changed(port, cause and cause.one_down()) for port, cause in ports.items()]
    if own:
        cause = Cause(in_words([change.below for change in own]), node_run.node, 0, earlier.run_id)
    else:
        above = next((cause for cause in ports.values() if cause), None)
        cause = above.one_down() if above else _itself(node_run, spec, earlier)
    return Why(f"re-ran: {in_words(told) if told else _unchanged(node_run, earlier, spec, lost)}", cause)


def why_passed_on(node_run: NodeRun, name: str, version: int) -> Why:
    """Returns why a node that stands for a dataset passes it on, or passes on another version than before."""
    earlier = last_finished(node_run)
    own = changes(_side(earlier), _side(node_run), module_title) if earlier else []
    if earlier is None or not own:
        return Why(f"{name}, version {version}, passed on as it is")
    cause = Cause(in_words([change.below for change in own]), node_run.node, 0, earlier.run_id)
    return Why(f"passed on: {in_words([change.here for change in own])}", cause)


def last_finished(node_run: NodeRun) -> NodeRun | None:
    """The latest earlier node run of the same node in the same experiment that finished."""
    run: Run = node_run.run
    if run.number <= 1:  # the first of its experiment, or no experiment's
        return None
    earlier = NodeRun.objects.filter(
        run__experiment_id=run.experiment_id, run__number__lt=run.number, node=node_run.node
    )
    return earlier.filter(state=State.FINISHED).order_by("-run__number").first()


def _first(node_run: NodeRun) -> str:
    tried = NodeRun.objects.filter(
        run__experiment_id=node_run.run.experiment_id, node=node_run.node, state=State.FAILED
    )
    if node_run.run.number > 1 and tried.exists():
        return "this node has not finished before"
    return "first run of this node"


def _side(node_run: NodeRun) -> Side:
    return node_run.plan, node_run.basis


def _unchanged(node_run: NodeRun, earlier: NodeRun, spec: ModuleSpec, lost: str | None) -> str:
    """Why a node runs of which all is as it was."""
    params = node_run.plan["params"]
    if spec.asks_for_network(params) and not params.get("use_cached_results"):
        return "what it finds in the network may have changed"
    if not spec.repeats(params):
        return (
            "set to run every time"
            if isinstance(spec.deterministic, str)
            else "this module is not deterministic"
        )
    if lost or earlier.key == node_run.key:
        return f"its earlier result {lost or 'was dropped'}"
    return "no earlier result for these parameters and inputs"


def _itself(node_run: NodeRun, spec: ModuleSpec, earlier: NodeRun) -> Cause:
    how = (
        "gave another result when it was computed again"
        if spec.repeats(node_run.plan["params"])
        else "runs every time and gave another result"
    )
    return Cause(f"{node_run.title} {how}", node_run.node, 0, earlier.run_id)


def _cause_above(source: NodeRun | None, since: str) -> Cause | None:
    """What made this node's result another than in the run `since`; `up` counted from it."""
    for level in range(LEVELS):
        if source is None:
            return None
        if source.cause and source.cause["since"] == since:
            found = Cause(**source.cause)
            return Cause(found.what, found.node, found.up + level, since)
        old = NodeRun.objects.filter(run_id=since, node=source.node).first()
        spec = find(source.plan["module"])
        if old is None or spec is None:
            return None
        before, now = _side(old), _side(source)
        if own := changes(before, now, module_title):
            return Cause(in_words([change.below for change in own]), source.node, level, since)
        ports = changed_inputs(before, now)
        if not ports:
            return Cause(f"{source.title} gave another result", source.node, level, since)
        node, _ = source.plan["inputs"][ports[0]]
        source = NodeRun.objects.filter(run_id=source.run_id, node=node).first()
    return None
