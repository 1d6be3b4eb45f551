"""How many nodes run at once on a machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from workers.slots import Slots

HOLD = (
    "import sys; from pathlib import Path; from workers.slots import Slots; "
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
