"""The tools by name. Each call has the rights of who gave the key, and is written down."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from studio.agents import doing, looking
from studio.agents.keys import Caller
from studio.agents.models import AgentCall
from studio.errors import Invalid, StudioError

log = logging.getLogger(__name__)

KEPT_CALLS = 10_000
"""Calls of one person that are kept; each 100th call drops what is older."""


class Tool(NamedTuple):
    """`run` takes who calls and what is asked. `changes`: whether it leaves something behind."""

    run: Callable[[Caller, Any], Any]
    asked: type[BaseModel]
    says: str
    changes: bool = False


TOOLS: dict[str, Tool] = {
    "list_modules": Tool(looking.list_modules, looking.ListModules, "Lists the modules a node can be."),
    "describe_module": Tool(
        looking.describe_module, looking.DescribeModule, "Tells a module's ports, params and help."
    ),
    "list_datasets": Tool(looking.list_datasets, looking.ListDatasets, "Lists datasets by name."),
    "list_experiments": Tool(looking.list_experiments, looking.ListExperiments, "Lists experiments."),
    "get_experiment": Tool(
        looking.get_experiment, looking.AnExperiment, "Reads an experiment: its nodes, params and wires."
    ),
    "validate": Tool(
        looking.validate_experiment,
        looking.AnExperiment,
        "Tells what keeps an experiment from running, and what will probably go wrong. Executes nothing.",
    ),
    "table_schema": Tool(looking.table_schema, looking.ATable, "Tells a table's rows, columns and types."),
    "table_sample": Tool(
        looking.table_sample, looking.SomeOfATable, "Reads some rows of a table, if the key allows values."
    ),
    "why_it_ran": Tool(
        looking.why_it_ran, looking.ANodeRun, "Tells why a node ran, or was taken from the cache."
    ),
    "node_failure": Tool(looking.node_failure, looking.ANodeRun, "Tells why a node failed."),
    "make_experiment": Tool(doing.make_experiment, doing.MakeExperiment, "Makes a new experiment.", True),
    "propose_edit": Tool(
        doing.propose_edit,
        doing.ProposeEdit,
        "Proposes an edit of an experiment. A person accepts it on the canvas, or throws it away.",
        True,
    ),
    "get_proposal": Tool(
        doing.get_proposal,
        doing.AProposal,
        "Tells whether a person has accepted a proposal or thrown it away.",
    ),
    "try_node": Tool(doing.try_node, doing.TryNode, "Tries a node on some rows. No run comes of it."),
    "run": Tool(doing.run_experiment, doing.RunIt, "Runs an experiment, or some of its nodes.", True),
    "get_run": Tool(doing.get_run, doing.ARun, "Tells how a run stands."),
    "cancel_run": Tool(doing.cancel_run, doing.ARun, "Cancels a run.", True),
}


def call_tool(caller: Caller, name: str, arguments: dict[str, Any]) -> Any:
    """What the tool answers. StudioError, with a sentence, if it refuses."""
    about = str(arguments.get("experiment") or arguments.get("run") or arguments.get("dataset") or "")
    refused = ""
    try:
        return _call(caller, name, arguments)
    except StudioError as error:
        refused = error.detail
        raise
    except Exception as error:
        refused = type(error).__name__
        raise
    finally:
        _write_down(caller, name, about, refused)


def _call(caller: Caller, name: str, arguments: dict[str, Any]) -> Any:
    tool = TOOLS.get(name)
    if tool is None:
        raise Invalid(f"There is no tool {name!r}; there are {', '.join(TOOLS)}.")
    try:
        asked = tool.asked.model_validate(arguments)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the arguments"
        raise Invalid(f"{where}: {first['msg']}.") from None
    return tool.run(caller, asked)


def _write_down(caller: Caller, tool: str, about: str, refused: str) -> None:
    made = AgentCall.objects.create(
        user=caller.user, agent=caller.name, tool=tool[:40], about=about[:200], refused=refused[:300]
    )
    log.info("agent %s: %s %s %s", caller.name, tool[:40], about[:200], refused[:300])
    if made.pk % 100 == 0:
        kept = AgentCall.objects.filter(user=caller.user).order_by("-id").values_list("id", flat=True)
        if last := kept[KEPT_CALLS : KEPT_CALLS + 1].first():
            AgentCall.objects.filter(user=caller.user, id__lte=last).delete()
