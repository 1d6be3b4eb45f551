"""Whether a worker is dead, by its name."""

from __future__ import annotations

import subprocess
import sys

from workers.identity import is_dead, own_name

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
    here, _, start = own_name().rpartition(":")
    assert not is_dead(f"{here}:{start}")
    assert is_dead(f"{here}:{int(start) - 1}")


def test_of_another_host_only_the_lease_can_tell() -> None:
    assert not is_dead("elsewhere:4026531836:1:1")
    assert not is_dead("")
