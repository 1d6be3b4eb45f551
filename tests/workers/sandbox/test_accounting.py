"""What a script takes is counted wherever it lies; a limit is passed by a little at most."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workers.sandbox.conftest import Bench

MB = 1 << 20


@pytest.fixture(params=["1", "2"])
def each(request: pytest.FixtureRequest) -> Iterator[Bench]:
    bench = request.getfixturevalue("bench" if request.param == "1" else "second")
    yield bench
    assert bench.prints("print('well')") == "well"


class Highest:
    """The most that a folder's disk had less free than at first, looked at all the time."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.most, self._over = folder, 0, threading.Event()
        self._thread = threading.Thread(target=self._look)

    def _free(self) -> int:
        disk = os.statvfs(self.folder)
        return disk.f_bfree * disk.f_frsize

    def _look(self) -> None:
        while not self._over.wait(0.002):
            self.most = max(self.most, self._first - self._free())

    def __enter__(self) -> Highest:
        self._first = self._free()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A sandbox whose drafts lie on a disk of their own, of 1,200 MB."""
    place = tmp_path_factory.mktemp("disk")
    if os.geteuid() != 0:
        pytest.skip("takes root to mount a disk")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1200m,mode=0700", "disk", place], check=True)
    bench = Bench(place)
    yield bench
    bench.sandbox.close()
    subprocess.run(["umount", "-l", place], check=True)


OUT = """
import ctypes, mmap, os, time
out = os.path.realpath('/proc/self/fd/' + str(max(int(n) for n in os.listdir('/proc/self/fd') if n.isdigit()
    and os.path.isdir('/proc/self/fd/' + n)))) if not os.path.isdir('/sandbox/out') else '/sandbox/out'
piece = os.urandom(1 << 20)
def fill(fd, megabytes=400):
    for _ in range(megabytes): os.write(fd, piece)
"""

WAYS = {
    "named": "fill(os.open(out + '/big', os.O_CREAT | os.O_WRONLY))",
    "unlinked": "fd = os.open(out + '/big', os.O_CREAT | os.O_WRONLY); os.unlink(out + '/big'); fill(fd)",
    "without a name": "fill(os.open(out, os.O_TMPFILE | os.O_WRONLY))",
    "replaced": (
        "fd = os.open(out + '/a', os.O_CREAT | os.O_WRONLY); open(out + '/b', 'w').close()\n"
        "    os.rename(out + '/b', out + '/a'); fill(fd)"
    ),
    "set aside": (
        "fd = os.open(out + '/big', os.O_CREAT | os.O_WRONLY)\n"
        "    ctypes.CDLL(None, use_errno=True).fallocate(fd, 1, ctypes.c_long(0), ctypes.c_long(400 << 20))"
    ),
    "many": "[fill(os.open(out + f'/{n}', os.O_CREAT | os.O_WRONLY), 4) for n in range(300)]",
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_write_takes_more_disk_than_the_limit(small, way):
    with Highest(small.home) as highest:
        ran = small.script(
            f"{OUT}def azureml_main():\n    {WAYS[way]}\n    time.sleep(2)", output_bytes=40 * MB
        )
    assert ran.outcome.failure is not None or way == "set aside"
    # Of 400 MB or more that it wants. How late a look comes is the scheduler's, with all that runs here.
    assert highest.most < 240 * MB, f"{highest.most / MB:.0f} MB"
    assert [path for path in ran.outcome.drafts.iterdir() if path.name != "result.json"] == []


def test_the_disk_keeps_its_reserve_while_a_node_runs(small):
    small.sandbox.reserve = 800 * MB
    try:
        with Highest(small.home) as highest:
            ran = small.script(f"{OUT}def azureml_main():\n    {WAYS['many']}\n    time.sleep(20)")
        assert "the disk was about to have less than 800 MB left" in ran.message
        # Of all 1,200 MB that it wants. How late a look comes is the scheduler's.
        assert highest.most < 800 * MB, f"{highest.most / MB:.0f} MB"
        (small.home / "others").write_bytes(bytes(420 * MB))
        assert small.prints("import time; time.sleep(.3); print('not to blame')") == "not to blame"
    finally:
        (small.home / "others").unlink(missing_ok=True)
        small.sandbox.reserve = 0


def test_unnamed_files_of_a_working_folder_on_the_disk_count(second):
    """The first tier's lies in memory of a fixed size."""
    for hide in ("", "; m = mmap.mmap(fd, 0); os.close(fd)"):
        ran = second.script(
            f"""
            import mmap, os, time
            def azureml_main():
                fd = os.open('big', os.O_CREAT | os.O_RDWR); os.unlink('big')
                for _ in range(60): os.write(fd, bytes(1 << 20))
                {hide.strip("; ") or "pass"}
                time.sleep(10)
            """,
            work_bytes=40 * MB,
        )
        assert "STUDIO_LIMIT_WORK_BYTES" in ran.message


def test_a_process_whose_first_thread_has_ended_still_counts(each):
    """The kernel shows nothing of it under the process's own number."""
    ran = each.script(
        """
        import ctypes, os, threading, time
        def eat():
            kept = bytearray(os.urandom(1 << 20)) * 600
            time.sleep(15)
        if not os.fork():
            threading.Thread(target=eat).start()
            ctypes.CDLL(None).syscall(60 if os.uname().machine == 'x86_64' else 93, 0)
        time.sleep(15)
        """,
        memory_bytes=300 * MB,
    )
    assert "STUDIO_LIMIT_MEMORY_BYTES" in ran.message


def test_pages_lent_to_pipes_and_sockets_are_not_to_be_had(each):
    printed = each.prints(
        """
        import ctypes, mmap, os, socket
        libc = ctypes.CDLL(None, use_errno=True)
        ours, theirs = os.pipe()
        pair = socket.socketpair()
        page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        class Piece(ctypes.Structure): _fields_ = [('at', ctypes.c_void_p), ('size', ctypes.c_size_t)]
        piece = Piece(ctypes.addressof(ctypes.c_char.from_buffer(page)), 4096)
        print(libc.vmsplice(theirs, ctypes.byref(piece), 1, 0))
        open('x', 'w').write('x' * 4096); fd = os.open('x', os.O_RDONLY)
        for call in (lambda: os.splice(fd, theirs, 4096), lambda: os.sendfile(theirs, fd, 0, 4096),
                     lambda: os.sendfile(pair[0].fileno(), fd, 0, 4096)):
            try: print('GOT', call())
            except OSError: print('refused')
        print(libc.tee(ours, theirs, 4096, 0))
        """
    )
    assert printed.split() == ["-1", "refused", "refused", "refused", "-1"]


def test_copies_go_on_without_what_is_refused(each):
    """Each of these tries a call that is refused now, and does without."""
    assert (
        each.prints(
            """
            import os, shutil, socket, sqlite3, subprocess, tempfile
            open('a', 'w').write('x' * 100_000)
            shutil.copyfile('a', 'b'), shutil.copy2('a', 'c')
            subprocess.run(['cp', 'a', 'd'], check=True)
            one, two = socket.socketpair()
            with open('a', 'rb') as file: one.sendfile(file, count=1000)
            print([os.stat(name).st_size for name in 'bcd'], len(two.recv(2000)))
            with tempfile.TemporaryFile() as file: file.write(b'x')
            os.posix_fallocate(os.open('e', os.O_CREAT | os.O_RDWR), 0, 4096)
            base = sqlite3.connect('base'); base.execute('create table t(x)'); base.commit(); print('kept')
            """
        )
        == "[100000, 100000, 100000] 1000\nkept"
    )


def test_huge_pages_of_the_machine_are_not_to_be_had(each):
    """They would count for nobody."""
    call = "libc.mmap(None, 2 << 20, 3, 0x40022, -1, 0)"
    script = "libc = ctypes.CDLL(None, use_errno=True); libc.mmap.restype = ctypes.c_long"
    assert each.prints(f"import ctypes; {script}; print({call}, ctypes.get_errno())") == "-1 1"


def test_rules_in_the_kernel_are_not_to_be_had(each):
    calls = "[libc.syscall(n, ctypes.create_string_buffer(64), 8, 0) for n in (444, 445, 446)]"
    filters = (
        "libc.syscall(317 if os.uname().machine == 'x86_64' else 277, 1, 0, b''), libc.prctl(22, 1, 0, 0, 0)"
    )
    printed = each.prints(
        f"import ctypes, os; libc = ctypes.CDLL(None, use_errno=True); print(*{calls}, *({filters}))"
    )
    assert printed.split() == ["-1"] * 5


def test_locks_on_files_are_bounded(each):
    ran = each.script(
        """
        import fcntl, os, time
        fds = [os.open(str(n), os.O_CREAT | os.O_RDWR) for n in range(40)]
        try:
            for n in range(100_000):
                for fd in fds: fcntl.lockf(fd, fcntl.LOCK_EX, 1, 2 * n)
        finally: time.sleep(5)
        """,
        wall_seconds=30,
    )
    assert "the limit is 10,000 (setting STUDIO_LIMIT_LOCKS)" in ran.message


def test_processor_time_of_processes_that_nobody_waits_for_counts(each):
    """The kernel adds it to nobody's."""
    ran = each.script(
        """
        import os, signal, time
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        while True:
            if not os.fork():
                while time.process_time() < .4: pass
                os._exit(0)
            time.sleep(.3)
        """,
        cpu_seconds=2,
        wall_seconds=100,
    )
    assert "STUDIO_LIMIT_CPU_SECONDS" in ran.message


@pytest.mark.parametrize("kind", ["pipe", "queue"])
def test_what_the_kernel_holds_for_open_files_counts(each, kind):
    make = {"pipe": "kept.extend(os.pipe())", "queue": "kept.append(select.epoll())"}[kind]
    ran = each.script(
        f"""
        import os, select, time
        kept = []
        for _ in range(8):
            if not os.fork(): break
        try:
            for n in range(450): {make}
        finally: time.sleep(10)
        """,
        memory_bytes=200 * MB,
    )
    assert "STUDIO_LIMIT_MEMORY_BYTES" in ran.message


def test_a_thread_cannot_have_files_of_its_own(each):
    flags = "0x100 | 0x200 | 0x800 | 0x10000"  # memory, folder, signals, thread; no files
    number = "56 if os.uname().machine == 'x86_64' else 220"
    call = f"libc.syscall({number}, {flags}, 0, 0, 0, 0)"
    assert each.prints(f"import ctypes, os; libc = ctypes.CDLL(None); print({call})") == "-1"


def test_disk_is_neither_set_aside_nor_shared_nor_kept_beside_a_file(each):
    printed = each.prints(
        """
        import ctypes, errno, fcntl, os
        fd, other = (os.open(name, os.O_CREAT | os.O_RDWR) for name in 'xy')
        space = bytes(16) + (1 << 20).to_bytes(8, 'little') + bytes(24)
        attempts = (
            lambda: fcntl.ioctl(fd, 0x40305828, space),
            lambda: fcntl.ioctl(fd, 0x40049409, other),
            lambda: fcntl.ioctl(fd, 0x40086602, bytes(8)),
            lambda: os.setxattr('x', 'user.a', b'a'),
            lambda: fcntl.fcntl(fd, 37, bytes(32)),
            lambda: fcntl.fcntl(fd, fcntl.F_SETLEASE, 0),
        )
        for attempt in attempts:
            try: print('GOT', attempt())
            except OSError as error: print(errno.errorcode[error.errno])
        print(ctypes.CDLL(None, use_errno=True).syscall(437, -100, b'x', bytes(24), 24))
        """
    )
    assert printed.split() == ["ENOTSUP"] * 4 + ["EINVAL"] * 2 + ["-1"]
