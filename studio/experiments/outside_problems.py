"""What is wrong with the hosts and the secrets that a graph's nodes ask for. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from pydantic import ValidationError

from modules.sdk.declare import ModuleSpec
from modules.sdk.network import Host, not_covered
from studio.experiments.graph import Graph, Node
from studio.experiments.validate import Problem, called

Catalog = Mapping[str, ModuleSpec]


def outside_problems(
    graph: Graph, catalog: Catalog, allowed: Sequence[Host], secrets: Collection[str]
) -> list[Problem]:
    """All of them, in node order. `allowed`: what the administrator allows. `secrets`: names that there
    are."""
    found: list[Problem] = []
    for node in graph.nodes.values():
        spec = catalog.get(node.module)
        if spec and not node.pinned:
            found += [*_hosts(node, spec, allowed), *_secrets(node, spec, secrets)]
    return found


def asks_for_secrets(graph: Graph, catalog: Catalog) -> bool:
    return any(
        spec.secrets(node.params) for node in graph.nodes.values() if (spec := catalog.get(node.module))
    )


def _hosts(node: Node, spec: ModuleSpec, allowed: Sequence[Host]) -> Iterator[Problem]:
    if not spec.network or not spec.asks_for_network(node.params):
        return
    param = spec.network if isinstance(spec.network, str) else None
    try:
        asked = spec.hosts(node.params)
    except ValidationError:
        return  # its params are told of as such
    except ValueError as error:
        yield Problem(node=node.id, param=param, code="bad-host", message=f"Network: {error}")
        return
    if refused := not_covered(asked, allowed):
        named = ", ".join(map(str, refused))
        these = ", ".join(map(str, allowed)) or "none"
        message = (
            f"{called(node, spec)} may not reach {named}: the administrator allows {these} (setting "
            "STUDIO_NETWORK_ALLOW)."
        )
        yield Problem(node=node.id, param=param, code="host-not-allowed", message=message)


def _secrets(node: Node, spec: ModuleSpec, secrets: Collection[str]) -> Iterator[Problem]:
    for name in spec.secrets(node.params):
        if name not in secrets:
            param = next(
                p.name
                for p in spec.params
                if p.type == "secret" and name in str(node.params.get(p.name) or "")
            )
            message = (
                f"There is no secret {name!r} in your workspace. Make it under Secrets, or name another."
            )
            yield Problem(node=node.id, param=param, code="unknown-secret", message=message)
