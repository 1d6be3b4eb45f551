"""The verbs of runs: start, cancel."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import Max

from modules.registry import catalog, language_of, module_title
from studio.artifacts.room import check_room
from studio.config import network_allow
from studio.database.clock import clock
from studio.datasets.lookup import Lookup
from studio.environments.actions import for_headers, note_use
from studio.environments.carried import take_environments
from studio.environments.lookup import PARAM, Environments
from studio.errors import Invalid
from studio.experiments.environment_problems import environment_problems
from studio.experiments.graph import FileProblem, Graph, Node, read_graph
from studio.experiments.models import Experiment
from studio.experiments.outside_problems import asks_for_secrets, outside_problems
from studio.experiments.pins import Settled, settle_pins
from studio.experiments.validate import Problem, validate
from studio.live.broadcast import publish
from studio.live.worker_reports import wake_workers
from studio.runs import recorder
from studio.runs.change import Change
from studio.runs.events import RunEvent
from studio.runs.models import NodeRun, Purpose, Run, State
from studio.runs.plan import Step, left_out_steps, make_plan
from studio.runs.snapshot import run_head
from studio.secrets.actions import names_of
from studio.text import without_nul


def start_run(
    experiment: Experiment,
    until: list[str] | None = None,
    *,
    force: bool = False,
    anew: list[str] | None = None,
    watch: bool = False,
    hints: bool = True,
    debug: Mapping[str, Any] | None = None,
) -> Run:
    """Plans the experiment as it stands and puts its nodes in the queue. Invalid where it cannot run, NoRoom
    where the disk is nearly full. `force` takes nothing from the cache, `anew` nothing for these nodes.
    `watch`: what each line of a script makes is kept.
    `debug`: runs up to its `node`, which its owner may stop on the way; Invalid if that is no Python script.

    All nodes of a dataset take the version that is the latest now, whatever comes while the run goes on."""
    if debug is not None:
        until, anew = [debug["node"]], [debug["node"]]
    plan = _plan(experiment.document, experiment.owner_id, until, force=force, anew=anew, watch=watch)
    if debug is not None:
        plan = [replace(step, debug=debug) if step.node == debug["node"] else step for step in plan]
        check_script(plan[-1], "debugged")
    with transaction.atomic():
        Experiment.objects.select_for_update().get(pk=experiment.pk)
        number = (experiment.runs.aggregate(last=Max("number"))["last"] or 0) + 1
        run = Run(
            owner_id=experiment.owner_id, experiment=experiment, number=number, graph=experiment.document,
            until=until or None, force=force,
        )  # fmt: skip
        _enter(run, plan, hints)
    return run


def start_headless(owner_id: int, document: dict[str, Any], until: list[str] | None = None) -> Run:
    """Starts a run of an experiment file that is kept nowhere. No hint is sent: the engine looks by
    itself. Environments that came along in it are made if they are not here."""
    take_environments(document, owner_id)
    plan = _plan(document, owner_id, until)
    run = Run(owner_id=owner_id, purpose=Purpose.HEADLESS, title=str(document.get("name") or "")[:200],
              graph=document, until=until or None)  # fmt: skip
    with transaction.atomic():
        _enter(run, plan, hints=False)
    return run


def start_job(
    owner_id: int,
    title: str,
    document: dict[str, Any],
    plan: list[Step],
    given: Collection[str] = (),
    purpose: Purpose = Purpose.JOB,
) -> Run:
    """Puts a service's job, or a training that is done again, in the queue; without a plan it has finished.
    `title`: what it is called in lists. `document`: an experiment file of its steps. `given`: artifacts that
    it holds beside those of its plan."""
    check_room("A job")
    run = Run(owner_id=owner_id, purpose=purpose, title=title[:200], graph=document)
    if not plan:
        run.state, run.started, run.finished = State.FINISHED, clock.now(), clock.now()
    with transaction.atomic():
        _enter(run, plan, hints=True, given=given)
    return run


def check_script(step: Step, what: str, languages: Sequence[str] = ("python",)) -> None:
    """Invalid unless the step's module runs a script of one of these, which a pinned node does not."""
    name = step.name or module_title(step.module)
    if step.pinned:
        message = f"{name!r} is pinned, so that its script does not run. Unpin it first."
        raise invalid([Problem(code="pinned", message=message, node=step.node)])
    if language_of(step.module) not in languages:
        known = " and ".join({"python": "Python", "r": "R"}[one] for one in languages)
        message = f"{name!r} cannot be {what}: only scripts of {known} can."
        raise invalid([Problem(code="no-script", message=message, node=step.node)])


def _plan(
    document: dict[str, Any],
    owner_id: int,
    until: list[str] | None,
    *,
    force: bool = False,
    anew: Collection[str] | None = None,
    watch: bool = False,
) -> list[Step]:
    datasets = Lookup(owner_id)
    settled = runnable(document, until, datasets)
    check_room("A run")
    anew = settled.graph.nodes if force else settled.graph.meant(anew or ())
    steps = plan_of(settled.graph, owner_id, anew, datasets, watch=watch)
    return [*left_out_steps(settled, catalog()), *steps]


def plan_of(
    graph: Graph, owner_id: int, anew: Collection[str], datasets: Lookup, *, watch: bool = False
) -> list[Step]:
    """The steps of a graph that can run; environments that headers of scripts ask for are made."""
    found = for_headers(owner_id, (node.params for node in graph.nodes.values() if _has_environment(node)))

    def environment(params: Mapping[str, Any]) -> str | None:
        meant = found.of(params)
        return meant.pk if meant else None

    plan = make_plan(graph, catalog(), anew, datasets.id, environment, watch=watch)
    if used := {step.environment for step in plan if step.environment}:
        note_use(used)
    return plan


def _has_environment(node: Node) -> bool:
    spec = catalog().get(node.module)
    return spec is not None and spec.param(PARAM) is not None


def _enter(run: Run, plan: list[Step], hints: bool, given: Collection[str] = ()) -> None:
    """Writes the rows, and tells of them. Part of a transaction."""
    run.save(force_insert=True)
    _add_nodes(run, plan)
    _hold(run, {*given, *(id for step in plan for id in step.given.values())})
    publish(run.watchers, RunEvent(run=run_head(run)))
    if hints:
        free = sum(1 for step in plan if not step.above and not step.left_out)
        transaction.on_commit(lambda: wake_workers(free))


def _add_nodes(run: Run, plan: list[Step]) -> None:
    made = NodeRun.objects.bulk_create(
        NodeRun(
            run=run,
            node=step.node,
            place=place,
            plan=step.as_json(),
            waiting=len(step.above),
            state=State.SKIPPED if step.left_out else State.QUEUED,
            reason=step.left_out,
        )
        for place, step in enumerate(plan)
    )
    by_node = {node_run.node: node_run for node_run in made}
    Source = NodeRun.sources.through
    Source.objects.bulk_create(
        Source(from_noderun_id=by_node[step.node].pk, to_noderun_id=by_node[node].pk)
        for step in plan
        for node in step.above
    )


def _hold(run: Run, artifacts: set[str]) -> None:
    Given = Run.given.through
    if artifacts:
        Given.objects.bulk_create(Given(run_id=run.pk, artifact_id=id) for id in sorted(artifacts))


def cancel_run(run: Run) -> None:
    """Nothing of the run still runs two seconds later."""
    recorder.cancel(run)


def name_run(run: Run, name: str) -> Run:
    """Keeps the run as a version under this name; an empty name makes it an ordinary run again."""
    with Change(run.pk) as change:
        change.move_run(State(change.run.state), name=without_nul(name).strip())
    run.refresh_from_db()
    return run


def runnable(document: dict[str, Any], until: list[str] | None, datasets: Lookup) -> Settled:
    """The graph of an experiment file, or what `until` needs of it, and what pins leave out. Invalid if it
    cannot run."""
    try:
        graph = read_graph(document)
    except FileProblem as problem:
        raise invalid([Problem(code="format", message=str(problem))]) from problem
    if until:
        until = graph.meant(until)
        if missing := [id for id in until if id not in graph.nodes]:
            raise invalid(
                [
                    Problem(code="unknown-node", message=f"There is no node {id!r} to run to.")
                    for id in missing
                ]
            )
        graph = graph.only(graph.upstream(until))
    if not graph.nodes:
        raise invalid(
            [Problem(code="empty", message="The experiment has no nodes yet. Add a module, then run it.")]
        )
    settled = settle_pins(graph)
    graph = settled.graph
    state = Environments(datasets.owner_id).state
    problems = validate(graph, catalog(), datasets.kind) + environment_problems(graph, catalog(), state)
    if problems := problems + problems_outside(graph, datasets.owner_id):
        raise invalid(problems)
    return settled


def problems_outside(graph: Graph, owner_id: int) -> list[Problem]:
    """What is wrong with the hosts and the secrets that its nodes ask for."""
    known = names_of(owner_id) if asks_for_secrets(graph, catalog()) else ()
    return outside_problems(graph, catalog(), network_allow(), known)


def invalid(problems: list[Problem]) -> Invalid:
    """The refusal of a run: each problem at its node."""
    count = len(problems)
    detail = problems[0].message if count == 1 else f"{count} problems keep the experiment from running."
    return Invalid(detail, [as_error(problem) for problem in problems])


def as_error(problem: Problem) -> dict[str, Any]:
    loc = [part for part in ("nodes", problem.node, problem.param or problem.port) if part]
    return {"loc": loc if problem.node else [], **problem.model_dump(exclude_none=True)}
