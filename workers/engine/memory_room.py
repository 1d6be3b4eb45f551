"""Room in memory: a node run waits rather than pushing the machine into swap.

What a node needs is what it needed in the run before. Where it did not run there, it is estimated from
the tables that come to it, which a script usually holds as pandas keeps them, and once more while it
makes another of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from studio.artifacts.models import Artifact
from studio.runs.models import NodeRun, Output

AT_LEAST = 64 << 20
"""Bytes of a node without inputs: an interpreter with pandas, less what it shares with its template."""
TIMES_INPUT = 3
SHARE = 0.9
"""Of all memory, what nodes under way may need together."""

MEMINFO = Path("/proc/meminfo")
CGROUP = Path("/sys/fs/cgroup")


def needed(node_run: NodeRun) -> int:
    """Bytes: its peak in the run before, else by the size of what lies at its inputs."""
    run = node_run.run
    before = NodeRun.objects.filter(run__in=run.earlier().values("pk")[:1], node=node_run.node)
    if peak := before.values_list("peak_bytes", flat=True).first():
        return int(peak)
    sources = {(node, port) for node, port in node_run.plan["inputs"].values()}
    sizes = Output.objects.filter(
        node_run__run_id=node_run.run_id, node_run__node__in={node for node, _ in sources}
    ).values_list("node_run__node", "port", "artifact__bytes")
    coming = sum(size for node, port, size in sizes if (node, port) in sources) if sources else 0
    if given := node_run.plan.get("given"):
        coming += sum(Artifact.objects.filter(pk__in=given.values()).values_list("bytes", flat=True))
    return AT_LEAST + TIMES_INPUT * coming


def memory() -> tuple[int, int]:
    """(all, free) bytes of this machine, or of the container where that has less. Free counts caches."""
    lines = (line.split() for line in MEMINFO.read_text().splitlines())
    kilobytes = {line[0]: int(line[1]) for line in lines if line}
    total, free = kilobytes["MemTotal:"] * 1024, kilobytes["MemAvailable:"] * 1024
    try:
        limit = int((CGROUP / "memory.max").read_text())
        used = int((CGROUP / "memory.current").read_text())
        stat = dict(line.split() for line in (CGROUP / "memory.stat").read_text().splitlines())
    except (OSError, ValueError):  # no such file, or "max"
        return total, free
    return min(total, limit), min(free, limit - used + int(stat.get("inactive_file", 0)))


class Room:
    """What the node runs under way in one worker need. Safe between threads.

    The first always gets in: alone, nothing is gained by waiting. Sizes are asked for only once there
    is a second, so a chain pays nothing.
    """

    def __init__(
        self,
        memory: Callable[[], tuple[int, int]] = memory,
        needed: Callable[[NodeRun], int] = needed,
    ) -> None:
        self._memory, self._needed = memory, needed
        self._lock = threading.Lock()
        self._inside: dict[int, NodeRun] = {}
        self._needs: dict[int, int] = {}

    def take(self, node_run: NodeRun) -> bool:
        """Reserves room for one more, if there is."""
        with self._lock:
            if self._inside and not self._fits(node_run):
                del self._needs[node_run.pk]
                return False
            self._inside[node_run.pk] = node_run
        return True

    def leave(self, node_run: NodeRun) -> None:
        """Gives its room back."""
        with self._lock:
            self._inside.pop(node_run.pk, None)
            self._needs.pop(node_run.pk, None)

    def _fits(self, node_run: NodeRun) -> bool:
        total, free = self._memory()
        need = self._need(node_run)
        together = need + sum(self._need(other) for other in self._inside.values())
        return need <= free and together <= SHARE * total

    def _need(self, node_run: NodeRun) -> int:
        if node_run.pk not in self._needs:
            self._needs[node_run.pk] = self._needed(node_run)
        return self._needs[node_run.pk]
