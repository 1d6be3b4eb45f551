"""One cgroup a child: by the kernel of this machine (version 1 here), and the files of version 2."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workers.sandbox.conftest import Bench
from workers.sandbox import delegation
from workers.sandbox.cgroups import SLACK, VERSIONS, Cgroups, Pool
from workers.sandbox.delegation import SERVER, NotDelegated, find, prepare

MB = 1 << 20


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Children in cgroups if this machine lets us make them; if not, `sentence` tells why."""
    bench = Bench(tmp_path_factory.mktemp("held"), cgroups=delegation.get)
    yield bench
    bench.sandbox.close()


def made(bench: Bench) -> Cgroups | None:
    assert bench.sandbox.link
    return bench.sandbox.link.cgroups


def test_a_child_is_in_a_cgroup_of_its_own_and_cannot_change_it(held: Bench) -> None:
    inside = held.prints("print(open('/proc/self/cgroup').read())")
    cgroups = made(held)
    if cgroups is None:
        assert "no cgroup a node" in delegation.sentence("auto")
        return
    assert cgroups.owner in inside
    places = [
        f"{folder}/{cgroups.owner}-{number}" for folder in cgroups.folders.values() for number in range(4)
    ]
    script = f"""
        import os
        for place in {places!r}:
            for root, _, files in os.walk(place):
                for file in files:
                    try:
                        open(os.path.join(root, file), "w").write("0")
                        print("wrote", file)
                    except OSError:
                        pass
    """
    assert held.prints(script) == ""


def test_memory_taken_between_two_looks_is_never_more_than_the_limit(held: Bench) -> None:
    """Eight processes take 100 MB each at once, and give them back before anybody looks."""
    ran = held.script(
        """
        import os
        for number in range(8):
            if os.fork() == 0:
                block = bytearray(100 << 20)
                os._exit(0)
        while True:
            try:
                os.wait()
            except ChildProcessError:
                break
        """,
        memory_bytes=200 * MB,
    )
    assert "needed more memory than it may have: the limit is 200 MB" in ran.message
    if cgroups := made(held):
        assert cgroups.version == 1
        most = [
            Path(cgroups.cgroup(number).folders["memory"], "memory.max_usage_in_bytes") for number in range(4)
        ]
        assert max(int(file.read_text()) for file in most if file.exists()) <= 200 * MB + SLACK


def test_processor_time_of_processes_that_nobody_waits_for_is_counted(held: Bench) -> None:
    ran = held.script(
        """
        import os, signal, time
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody gets their time
        while True:
            if os.fork() == 0:
                end = time.process_time() + 0.02
                while time.process_time() < end:
                    pass
                os._exit(0)
            try:
                os.wait()
            except ChildProcessError:
                pass
        """,
        cpu_seconds=1,
        wall_seconds=30 if made(held) else 3,
    )
    which = "used more processor time than it may" if made(held) else "ran longer than it may"
    assert which in ran.message


def test_threads_and_processes_are_bounded_together(held: Bench) -> None:
    ran = held.script("import os\nwhile os.fork():\n    pass\nos.pause()", processes=12)
    assert "started more processes or threads than it may: the limit is 12" in ran.message


def test_cgroups_are_used_again_and_end_with_their_template(tmp_path: Path) -> None:
    bench = Bench(tmp_path, cgroups=delegation.get)
    try:
        for _ in range(5):
            bench.prints("pass")
        cgroups = made(bench)
        if cgroups is None:
            assert "no cgroup a node" in delegation.sentence("auto")
            return
        folder = Path(cgroups.folders["memory"])
        assert 1 <= len(list(folder.glob(f"{cgroups.owner}-*"))) <= 4
    finally:
        bench.sandbox.close()
    assert not list(folder.glob(f"{cgroups.owner}-*"))


@pytest.fixture
def second_version(tmp_path: Path) -> Path:
    """Files as version 2 has them, in a container with a cgroup namespace of its own."""
    for name, text in {
        "cgroup.controllers": "cpu io memory pids\n",
        "cgroup.subtree_control": "",
        "cgroup.procs": "101\n102\n",
        "cgroup.type": "domain\n",
    }.items():
        (tmp_path / name).write_text(text)
    (tmp_path / SERVER).mkdir()
    (tmp_path / SERVER / "cgroup.procs").write_text("")
    return tmp_path


def test_version_2_moves_the_servers_processes_and_hands_controllers_down(second_version: Path) -> None:
    found = find(second_version, "0::/")
    assert found.version == 2
    assert set(found.folders.values()) == {str(second_version)}
    prepare(found)
    assert (second_version / SERVER / "cgroup.procs").read_text() == "102"  # the last that was moved
    assert (second_version / "cgroup.subtree_control").read_text() == "+memory +pids"
    assert find(second_version, f"0::/{SERVER}") == found  # a worker that is started again, in the leaf


def test_version_2_moves_nothing_once_it_is_prepared(second_version: Path) -> None:
    (second_version / "cgroup.subtree_control").write_text("memory pids\n")
    prepare(find(second_version, "0::/"))
    assert (second_version / SERVER / "cgroup.procs").read_text() == ""


def test_version_2_is_bounded_and_counted(second_version: Path) -> None:
    cgroup = find(second_version, "0::/").owned_by(os.getpid(), 3).cgroup(7)
    cgroup.make()
    folder = second_version / f"studio-{os.getpid()}-3-7"
    for name in ("cgroup.procs", "memory.max", "memory.swap.max", "memory.oom.group", "pids.max"):
        (folder / name).write_text("")
    (folder / "memory.events").write_text("low 0\nhigh 0\nmax 12\noom 1\noom_kill 3\noom_group_kill 1\n")
    (folder / "cpu.stat").write_text("usage_usec 1500000\nuser_usec 1000000\nsystem_usec 500000\n")
    cgroup.make()
    cgroup.enter()
    cgroup.bound(200 * MB, 64)
    written = {name: (folder / name).read_text() for name in ("cgroup.procs", "memory.max", "pids.max")}
    assert written == {"cgroup.procs": "0", "memory.max": str(200 * MB + SLACK), "pids.max": "64"}
    assert (folder / "memory.swap.max").read_text() == "0"
    assert (folder / "memory.oom.group").read_text() == "1"
    assert (cgroup.kills(), cgroup.cpu_seconds()) == (3, 1.5)


@pytest.mark.parametrize(
    ("own", "change", "why"),
    [
        (
            "0::/user.slice/app.scope",
            {},
            "is not delegated to Studio; systemd delegates one with Delegate=yes",
        ),
        ("0::/", {"cgroup.controllers": "cpu io\n"}, "memory and pids are not among the controllers"),
    ],
)
def test_nothing_is_touched_that_is_not_delegated(
    second_version: Path, own: str, change: dict[str, str], why: str
) -> None:
    other = second_version / "user.slice" / "app.scope"
    other.mkdir(parents=True)
    (other / "cgroup.controllers").write_text("memory pids\n")
    for name, text in change.items():
        (second_version / name).write_text(text)
    with pytest.raises(NotDelegated, match=why):
        find(second_version, own)


def test_what_systemd_delegates_is_taken(second_version: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scope = second_version / "run-u7.scope"
    scope.mkdir()
    (scope / "cgroup.controllers").write_text("memory pids\n")
    monkeypatch.setattr(os, "getxattr", lambda path, name: b"1" if path == scope else b"0")
    assert set(find(second_version, "0::/run-u7.scope").folders.values()) == {str(scope)}


def test_a_refusal_of_the_kernel_is_told(second_version: Path) -> None:
    (second_version / "cgroup.subtree_control").unlink()
    (second_version / "cgroup.subtree_control").mkdir()
    with pytest.raises(NotDelegated, match="the kernel refuses cgroups below"):
        prepare(find(second_version, "0::/"))


def test_cgroups_of_workers_that_were_killed_are_removed(second_version: Path) -> None:
    (second_version / "cgroup.subtree_control").write_text("memory pids\n")
    dead, own = second_version / "studio-99999999-0-1", second_version / f"studio-{os.getpid()}-0-1"
    dead.mkdir()
    own.mkdir()
    prepare(find(second_version, "0::/"))
    assert (dead.exists(), own.exists()) == (False, True)


def test_a_child_goes_without_where_none_can_be_made(tmp_path: Path) -> None:
    pool = Pool(Cgroups(2, dict.fromkeys(VERSIONS, str(tmp_path / "missing"))))  # type: ignore[arg-type]
    assert pool.take() == -1
    assert pool.enter(-1) is None


def test_off_is_off() -> None:
    with pytest.raises(NotDelegated, match="STUDIO_CGROUPS=off was chosen"):
        delegation.get("off")
    assert "STUDIO_CGROUPS=off" in delegation.sentence("off")
