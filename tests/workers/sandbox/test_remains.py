"""What is left of one job for the next: nothing, wherever its script looks."""

from __future__ import annotations

import os
import secrets
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.workers.sandbox.conftest import Bench
from workers.sandbox import rehearsal
from workers.sandbox.ground import FIRST_UID
from workers.sandbox.slots import Slots

SCAN = """
def azureml_main():
    wanted = bytes.fromhex({wanted!r})[::-1]
    found = 0
    with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb', 0) as memory:
        for line in maps.readlines():
            span, rights, *_ = line.split()
            first, last = (int(end, 16) for end in span.split('-'))
            if rights[0] != 'r' or '[v' in line:
                continue
            for at in range(first, last, 1 << 20):
                try:
                    memory.seek(at)
                    found += memory.read(min(1 << 20, last - at)).count(wanted)
                except OSError:
                    pass
    # The scan's own copies: what it looks for, and what of its memory it has just read.
    print('FOUND' if found > 6 else 'nothing')
"""


@pytest.fixture(params=["bench", "second"])
def each(request):
    return request.getfixturevalue(request.param)


def test_no_script_finds_another_ones_script_in_its_own_memory(each):
    """A payload that the template read stayed in the pages that it gave back, which each child has too."""
    for _ in range(3):
        secret = secrets.token_hex(24)
        for _ in range(3):
            assert each.prints("# " + f"{secret} " * 200 + "\nprint('ran')") == "ran"
        wanted = secret.encode()[::-1].hex()
        assert each.prints(SCAN.format(wanted=wanted)) == "nothing"


def test_a_spare_that_waits_leaves_no_files_on_the_machine(tmp_path, monkeypatch):
    """It rehearses before it is confined; each one left a folder among the temporary files of the machine."""
    temporary, empty = tmp_path / "temporary", tmp_path / "empty"
    temporary.mkdir(), empty.mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    rehearsed = []
    ran = rehearsal._rehearse
    monkeypatch.setattr(rehearsal, "_rehearse", lambda: rehearsed.append(ran()))
    rehearsal.rehearse(str(empty))
    assert len(rehearsed) == 1, "it failed on its way"
    assert [*temporary.iterdir(), *empty.iterdir()] == []


def test_a_user_is_taken_once_on_the_whole_machine(tmp_path):
    """Two instances, each with a template of its own; a lock is a process's own, so one of them is forked."""
    place = tmp_path / "users"
    mine = Slots(True, place)
    assert [mine.take(), mine.take()] == [0, 1]
    ours, theirs = os.pipe()
    if (pid := os.fork()) == 0:
        other = Slots(True, place)
        os.write(theirs, bytes([other.take(), other.take()]))
        os._exit(0)
    os.waitpid(pid, 0)
    assert list(os.read(ours, 2)) == [2, 3]
    os.close(ours), os.close(theirs)
    mine.leave(0)
    assert mine.take() == 0
    assert place.stat().st_mode & 0o777 == 0o600


def test_two_instances_run_their_children_as_different_users(bench, tmp_path_factory):
    second = Bench(tmp_path_factory.mktemp("instance"))
    asks = "import os, time; time.sleep(1); print(os.getuid())"
    try:
        assert [one.prints("print(1)") for one in (bench, second)] == ["1", "1"]
        with ThreadPoolExecutor(2) as pool:
            users = list(pool.map(lambda one: int(one.prints(asks)), (bench, second)))
    finally:
        second.sandbox.close()
    if min(users) >= FIRST_UID:  # a server that is not root has one user for all, and namespaces of each
        assert len(set(users)) == 2
