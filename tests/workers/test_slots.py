"""How many nodes run at once on a machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from studio import config
from workers.engine.slots import BESIDE, HeldSlot, Slots, machine, share, slots_folder

HOLD = (
    "import sys; from pathlib import Path; from workers.engine.slots import Slots; "
    "print(Slots(lambda: Path(sys.argv[1]), 2).take(), flush=True); sys.stdin.read()"
)


def test_all_workers_of_a_machine_share_its_slots(tmp_path: Path) -> None:
    here, there = Slots(lambda: tmp_path, 2), Slots(lambda: tmp_path, 2)
    first, second = here.take(), there.take()
    assert first is not None
    assert second is not None
    assert here.take() is None
    there.give(second)
    assert here.take() is not None


def test_a_slot_is_free_again_when_its_holder_is_killed(tmp_path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout
    assert other.stdout.readline() != b"None\n"
    slots = Slots(lambda: tmp_path, 2)
    assert slots.take() is not None
    assert slots.take() is None
    other.kill()
    other.communicate()
    assert slots.take() is not None


def test_slots_go_on_where_their_folder_went_with_a_session_that_ended(tmp_path: Path) -> None:
    folders = iter([tmp_path / "run" / "slots", tmp_path / "tmp" / "slots"])
    slots = Slots(lambda: next(folders), 1)
    shutil.rmtree(tmp_path / "run")
    assert slots.take() is not None
    assert slots.take() is None


def test_containers_of_a_machine_share_the_slots_of_a_common_home(monkeypatch, tmp_path: Path) -> None:
    """Each container has temporary files of its own; the volume is one."""
    folders = set()
    for container in ("one", "two"):
        (tmp_path / container).mkdir()
        monkeypatch.setenv("STUDIO_HOME", str(tmp_path / "volume"))
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / container))
        folders.add(slots_folder())
    assert folders == {tmp_path / "volume" / "slots" / machine()}


def test_where_the_home_locks_no_files_the_machines_own_folder_does(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "slots").write_text("no folder can be made here")
    (tmp_path / "run").mkdir()
    monkeypatch.setenv("STUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    assert slots_folder().is_relative_to(config.machine_folder())


def test_workers_with_homes_of_their_own_get_one_slot_each_at_least() -> None:
    others = [{"machine": machine(), "files": files} for files in ("b", "c", "d")]
    assert [share(2, own, others) for own in "abcd"] == [1, 1, 1, 1]
    assert share(8, "a", others) == 2
    assert share(8, "a", [{"machine": "another", "files": "b"}, {}]) == 8


def hold(slots: Slots) -> HeldSlot:
    taken = slots.take()
    assert taken is not None
    return HeldSlot(slots, taken)


class Child:
    """A child that is stopped, if it lets itself be."""

    def __init__(self) -> None:
        self.stands, self.can_be_stopped, self.used = False, True, 0.0

    def stop(self) -> bool:
        self.stands = self.can_be_stopped
        return self.stands

    def go_on(self) -> None:
        self.stands = False

    def cpu_seconds(self) -> float:
        return self.used


def test_a_node_that_is_paused_for_long_gives_its_slot_back_and_takes_it_again(tmp_path: Path) -> None:
    slots = Slots(lambda: tmp_path, 1)
    paused, child = hold(slots), Child()
    paused.still = child
    assert not paused.look(1e6, 10), "it is not paused"
    paused.idle_since = 100.0
    assert not paused.look(110.0, 10)
    assert paused.look(110.1, 10)
    assert child.stands
    assert not paused.look(120.0, 10), "once is enough"
    other = hold(slots)
    assert paused.go_on(130.0)
    assert not child.stands, "somebody asks it something"
    assert not paused.taken, "all are taken: it runs beside them"
    assert not paused.look(140.1, 10)
    assert child.stands, "nobody has asked for a while"
    assert paused.go_on(150.0)
    paused.take_again()
    other.give()
    assert not paused.look(151.0, 10)
    assert paused.taken, "one is free since"
    assert slots.take() is None
    assert not paused.look(1e6, 10), "it goes on"
    paused.give()
    assert slots.take() is not None


def test_a_node_that_only_says_that_it_is_paused_keeps_its_slot(tmp_path: Path) -> None:
    slots = Slots(lambda: tmp_path, 1)
    liar, child = hold(slots), Child()
    liar.still, liar.idle_since, child.can_be_stopped = child, 0.0, False
    assert not liar.look(1e6, 10)
    assert liar.taken
    assert slots.take() is None


def test_beside_the_others_a_node_has_a_share_and_then_stands(tmp_path: Path) -> None:
    slots = Slots(lambda: tmp_path, 1)
    node, child = hold(slots), Child()
    node.still, node.idle_since = child, 0.0
    assert node.look(11.0, 10)
    other = hold(slots)
    assert node.go_on(12.0)
    child.used = BESIDE + 0.1
    assert not node.look(13.0, 10)
    assert child.stands
    assert not node.go_on(14.0), "it has used its share"
    other.give()
    node.look(15.0, 10)
    assert node.taken
    assert not child.stands
    assert node.go_on(16.0)
