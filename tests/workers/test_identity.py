"""Whether a worker is dead, by its name."""

from __future__ import annotations

import subprocess
import sys

from workers.identity import died_alone, is_dead, own_name

PRINT_NAME = (
    "import sys; from workers.identity import own_name; print(own_name(), flush=True); sys.stdin.read()"
)


def test_a_worker_is_alive_until_it_ends() -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", PRINT_NAME], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout
    name = other.stdout.readline().strip()
    assert name != own_name()
    assert not is_dead(name)
    other.kill()
    other.communicate()
    assert is_dead(name)


def test_a_later_process_of_the_same_number_is_another() -> None:
    *here, start, parent = own_name().split(":")
    assert not is_dead(":".join([*here, start, parent]))
    assert is_dead(":".join([*here, str(int(start) - 1), parent]))


def test_a_worker_that_died_with_its_parent_did_not_die_of_its_work() -> None:
    name, _, _ = own_name().rpartition(":")
    assert died_alone(own_name())
    assert not died_alone(f"{name}:1.1")
    assert died_alone("elsewhere:4026531836:1:1:1.1")


def test_of_another_host_only_the_lease_can_tell() -> None:
    assert not is_dead("elsewhere:4026531836:1:1:1.1")
    assert not is_dead("")
