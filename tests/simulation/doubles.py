"""What surrounds the engine, made up: files, child processes, slots, messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blake3 import blake3

from modules.wire_types.stored import DRAFT
from modules.wire_types.table import StoredColumn, StoredTable
from studio.artifacts.folder import Store
from studio.artifacts.s3_errors import Away
from tests.simulation.world import World
from workers.sandbox.deaths import TEMPLATE_DIED
from workers.sandbox.job import Failure, Job, Outcome

if TYPE_CHECKING:
    from tests.simulation.host import SimulatedHost

PORT = "result_dataset"
SIZE = 8


def content(script: str, inputs: list[str]) -> str:
    """The content name of what a script makes of these contents, in the order of its ports."""
    return blake3("\n".join([script, *inputs]).encode()).hexdigest()


class MemoryStore(Store):
    """A store without files. `objects`: what it holds; `drafts`: content names of drafts."""

    world: World
    objects: set[str]
    made: dict[str, str]

    def begin(self, world: World) -> None:
        self.world, self.objects, self.made = world, set(), {}

    def has(self, wanted: Mapping[str, int]) -> bool:
        return self.objects.issuperset(wanted)

    def path(self, name: str) -> Any:
        return MemoryFile(name, self)

    def new_drafts(self) -> Path:
        return Path("/nowhere")

    def move_in(self, draft: Path, name: str) -> int:
        if self.world.store_away_until > self.world.now:
            raise Away("the bucket does not answer")
        self.objects.add(name)
        return SIZE

    def digest(self, draft: Path) -> str:
        return self.made[draft.name]

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        yield


class MemoryFile:
    def __init__(self, name: str, store: MemoryStore) -> None:
        self.name, self.store = name, store

    def is_file(self) -> bool:
        return self.name in self.store.objects

    def __str__(self) -> str:
        return self.name


class MemorySandbox:
    """Children that take their time, and make of their inputs what their script says."""

    def __init__(self, host: SimulatedHost, store: MemoryStore) -> None:
        self.host, self.store = host, store
        self.template_dies = False

    def begin(self, job: Job, drafts: Path, cancelled: Any, *_: Any) -> MemoryChild:
        return MemoryChild(self, job, drafts, cancelled)


class MemoryChild:
    """A job under way: it ends when its time is over, and its host hears of it when it waits for it."""

    def __init__(self, sandbox: MemorySandbox, job: Job, drafts: Path, cancelled: Any) -> None:
        self.sandbox, self.drafts, self.cancelled = sandbox, drafts, cancelled
        self.script = job.args["params"]["script"]
        inputs = [job.inputs[port].manifest for port in sorted(job.inputs)]
        self.contents = [each.columns[0].object for each in inputs if isinstance(each, StoredTable)]
        self.ends = sandbox.host.world.now + float(self.script.split()[1])
        self.outcome: Outcome | None = None
        sandbox.host.began(self.script, self.contents)

    def wait(self) -> Outcome:
        if self.outcome is None:
            self.outcome = self._wait()
        return self.outcome

    def _wait(self) -> Outcome:
        sandbox, drafts, world = self.sandbox, self.drafts, self.sandbox.host.world
        while (left := self.ends - world.now) > 0 and not self.cancelled.is_set():
            world.sleep(min(left, 0.5))
            if sandbox.template_dies:
                sandbox.template_dies = False
                return Outcome(drafts, failure=Failure(type=TEMPLATE_DIED, message="It died."))
        if self.cancelled.is_set():
            return Outcome(drafts, cancelled=True)
        if "fails" in self.script:
            return Outcome(drafts, failure=Failure(type="ValueError", message="no"))
        sandbox.host.computed(self.script, self.contents)
        name = content(self.script, self.contents)
        draft = name[:12]
        sandbox.store.made[draft] = name
        column = StoredColumn(name="x", type="integer", object=DRAFT + draft, bytes=SIZE)
        return Outcome(drafts, outputs={PORT: StoredTable(rows=1, columns=(column,))})


class MemorySlots:
    def __init__(self, count: int) -> None:
        self.count, self.free = count, count

    def take(self) -> int | None:
        if not self.free:
            return None
        self.free -= 1
        return 1

    def give(self, slot: int) -> None:
        self.free += slot
