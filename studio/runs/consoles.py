"""A console on the inputs of a script: a worker is asked to open one. No run comes of it, nothing is kept."""

from __future__ import annotations

from modules.registry import catalog
from studio.datasets.lookup import Lookup
from studio.errors import Invalid, Unavailable
from studio.experiments.models import Experiment
from studio.ids import new_id
from studio.live.ask import ask
from studio.live.dialogue_messages import Dialogue
from studio.runs.actions import check_script, runnable
from studio.runs.plan import make_plan

PATIENCE = 30


def open_console(experiment: Experiment, node: str, owner_id: int) -> str:
    """The name of the dialogue in which the console is talked with. Invalid if it has no script for one,
    or if what lies above it has not been computed."""
    datasets = Lookup(experiment.owner_id)
    graph = runnable(experiment.document, [node], datasets).graph
    plan = make_plan(graph, catalog(), (), datasets.id)
    check_script(plan[-1], "opened in a console", ("python", "r"))
    steps = [step.as_json() | {"node": step.node} for step in plan]
    dialogue = Dialogue(id=new_id(), kind="console", owner=owner_id, experiment=experiment.pk, node=node)
    reply = ask("workers.open_console", steps, dialogue.model_dump(), patience=PATIENCE)
    if reply.failure is not None:
        raise (Unavailable if reply.failure.busy or reply.failure.fault else Invalid)(reply.failure.message)
    return dialogue.id
