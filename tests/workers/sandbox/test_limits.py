"""Each limit ends its node with one sentence that names it; the next node runs as if nothing had been."""

from __future__ import annotations

import threading
import time

import pytest

MB = 1 << 20


@pytest.fixture(autouse=True)
def _the_next_node_runs(bench):
    yield
    assert bench.prints("print('well')") == "well"


def test_memory_in_one_piece(bench):
    ran = bench.script("import numpy; numpy.ones(1 << 40)", memory_bytes=400 * MB)
    assert ran.message == (
        "The node needed more memory than it may have: the limit is 400 MB "
        "(setting STUDIO_LIMIT_MEMORY_BYTES)."
    )
    assert ran.outcome.failure.line == 2


def test_memory_bit_by_bit(bench):
    ran = bench.script("kept = []\nwhile True: kept.append(bytearray(1 << 20))", memory_bytes=300 * MB)
    assert "STUDIO_LIMIT_MEMORY_BYTES" in ran.message


def test_memory_by_many_processes(bench):
    ran = bench.script(
        """
        import os, time
        for _ in range(6):
            if not os.fork():
                kept = bytearray(100 << 20)
                kept[::4096] = b'x' * len(kept[::4096])
                time.sleep(20)
        time.sleep(20)
        """,
        memory_bytes=300 * MB,
    )
    assert "STUDIO_LIMIT_MEMORY_BYTES" in ran.message


def test_memory_hidden_in_files(bench):
    ran = bench.script(
        """
        with open('/dev/shm/big', 'wb') as file:
            for _ in range(600): file.write(bytes(1 << 20))
        import time; time.sleep(20)
        """,
        memory_bytes=300 * MB,
    )
    assert "STUDIO_LIMIT_MEMORY_BYTES" in ran.message


def test_memory_that_no_process_shows_is_not_to_be_had(bench):
    """What is written there lies in no file that counts, and can be let go of without being given back."""
    printed = bench.prints(
        """
        import ctypes, mmap, os
        libc = ctypes.CDLL(None)
        def attempt(action):
            try: print('GOT', action())
            except OSError: print('refused')
        def azureml_main():
            attempt(lambda: os.memfd_create('x'))
            attempt(lambda: mmap.mmap(-1, 4096))
            attempt(lambda: mmap.mmap(os.open('/dev/zero', os.O_RDWR), 4096))
            print(libc.shmget(0, 4096, 0o1600), libc.syscall(447, 0))
            print(len(mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)))
        """
    )
    assert printed == "refused\nrefused\nrefused\n-1 -1\n4096"


def test_memory_of_the_kernel_for_a_terabyte_of_addresses(bench):
    ran = bench.script(
        """
        import mmap
        while True:
            wide = mmap.mmap(-1, 1 << 38, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ)
            wide.madvise(mmap.MADV_NOHUGEPAGE)
            for place in range(0, 1 << 38, 2 << 20): wide[place]
        """,
        memory_bytes=300 * MB,
        wall_seconds=20,
    )
    assert "STUDIO_LIMIT_MEMORY_BYTES" in ran.message


def test_what_the_template_holds_is_not_the_node_s(bench):
    assert bench.prints("import time; time.sleep(.4); print('well')", memory_bytes=60 * MB) == "well"


def test_disk(bench):
    ran = bench.script("open('big', 'wb').write(bytes(60 << 20))", work_bytes=50 * MB)
    assert "filled its working directory" in ran.message
    assert "50 MB (setting STUDIO_LIMIT_WORK_BYTES)" in ran.message


def test_a_fork_bomb(bench):
    ran = bench.script("import os\nwhile True: os.fork()", wall_seconds=20)
    assert "STUDIO_LIMIT_PROCESSES" in ran.message


def test_a_bomb_that_goes_off_in_its_children(bench):
    ran = bench.script(
        """
        import os, time
        def more():
            while True:
                try: os.fork()
                except OSError: time.sleep(.01)
        if not os.fork(): more()
        time.sleep(20)
        """,
        wall_seconds=2,
    )
    assert "STUDIO_LIMIT" in ran.message


def test_threads(bench):
    ran = bench.script(
        """
        import threading, time
        for _ in range(100): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
        """,
        processes=32,
    )
    assert "STUDIO_LIMIT_PROCESSES" in ran.message


def test_open_files(bench):
    ran = bench.script("kept = [open('/dev/null') for _ in range(2000)]")
    assert "the limit is 1,024 (setting STUDIO_LIMIT_OPEN_FILES)" in ran.message


def test_wall_time(bench):
    ran = bench.script("import time; time.sleep(30)", wall_seconds=1)
    assert (
        ran.message
        == "The node ran longer than it may: the limit is 1 s (setting STUDIO_LIMIT_WALL_SECONDS)."
    )


def test_processor_time(bench):
    ran = bench.script("while True: pass", cpu_seconds=1)
    assert "STUDIO_LIMIT_CPU_SECONDS" in ran.message


def test_output_through_the_front_door(bench):
    ran = bench.script(
        """
        import numpy, pandas
        def azureml_main(): return pandas.DataFrame({'x': numpy.arange(2_000_000.)})
        """,
        output_bytes=MB,
        work_bytes=MB,
    )
    assert "1 MB (setting STUDIO_LIMIT_OUTPUT_BYTES)" in ran.message


def test_output_around_the_back(bench):
    ran = bench.script(
        """
        import time
        for n in range(60):
            open(f'/sandbox/out/{n}', 'wb').write(bytes(1 << 20))
        time.sleep(20)
        """,
        output_bytes=20 * MB,
    )
    assert "STUDIO_LIMIT_OUTPUT_BYTES" in ran.message
    assert list(ran.outcome.drafts.iterdir()) == []


def test_pictures(bench):
    many = """
        head = bytes.fromhex('89504e470d0a1a0a')
        for n in range(5): open(f'{n}.png', 'wb').write(head + b'x' * 2000)
        """
    assert "the limit is 3 (setting STUDIO_LIMIT_PICTURES)" in bench.script(many, pictures=3).message
    assert "STUDIO_LIMIT_PICTURE_BYTES" in bench.script(many, picture_bytes=1000).message
    assert bench.script(many).outcome.failure is None


def test_a_small_picture_that_says_it_is_huge(bench):
    huge = """
        import struct, zlib
        def chunk(kind, data):
            return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
        head = struct.pack('>IIBBBBB', 60_000, 60_000, 1, 0, 0, 0, 0)
        with open('huge.png', 'wb') as file:
            file.write(bytes.fromhex('89504e470d0a1a0a') + chunk(b'IHDR', head) + chunk(b'IEND', b''))
        """
    assert "the limit is 100,000,000 (setting STUDIO_LIMIT_PICTURE_PIXELS)" in bench.script(huge).message
    assert bench.script(huge, picture_pixels=4_000_000_000).outcome.failure is None


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif"])
def test_pixels_are_counted_by_the_head(bench, kind):
    drawn = f"""
        import numpy
        from PIL import Image
        Image.fromarray(numpy.zeros((30, 40, 3), 'uint8')).save('drawn.{kind}')
        """
    assert "the limit is 1,199 (" in bench.script(drawn, picture_pixels=1199).message
    assert bench.script(drawn, picture_pixels=1200).outcome.failure is None


def test_files_without_number(bench):
    ran = bench.script("for n in range(3000): open(str(n), 'w').close()", files=2000)
    assert "the limit is 2,000 (setting STUDIO_LIMIT_FILES)" in ran.message
    around = "import time\nfor n in range(3000): open(f'/sandbox/out/{n}', 'w').close()\ntime.sleep(20)"
    assert "STUDIO_LIMIT_FILES" in bench.script(around, files=2000).message


def test_a_long_log_keeps_head_and_tail(bench):
    ran = bench.script(
        "print('first')\nfor n in range(200_000): print(n, 'x' * 20)\nprint('last.')", log_bytes=100_000
    )
    assert ran.outcome.failure is None
    assert ran.stdout.startswith("first")
    assert ran.stdout.endswith("last.\n")
    # The tail begins with a whole part, as large as what one read of the pipe brought.
    assert 90_000 < len(ran.stdout) < 100_000 + (80 << 10)
    assert [piece.stream for piece in ran.log] == ["stdout", "stdout"]
    assert ran.log[1].skipped + len(ran.stdout) == 12 + sum(len(f"{n} {'x' * 20}\n") for n in range(200_000))


SPINS = {
    "python": "while True: pass",
    "compiled code": "x = 3 ** (10 ** 9)",
    "deaf to signals": "import signal\nfor s in range(1, 32):\n    try: signal.signal(s, signal.SIG_IGN)\n"
    "    except (OSError, ValueError): pass\nwhile True: pass",
    "grandchildren": "import os, subprocess, sys\nfor _ in range(4): subprocess.Popen([sys.executable, '-c', "
    "'import os; os.setsid()\\nwhile True: pass'])\nwhile True: pass",
}


@pytest.mark.parametrize("kind", SPINS)
def test_cancel_ends_it_within_two_seconds(bench, kind):
    cancelled = threading.Event()
    pressed = []
    threading.Timer(0.5, lambda: (pressed.append(time.monotonic()), cancelled.set())).start()
    ran = bench.script(SPINS[kind], cancelled=cancelled)
    assert ran.outcome.cancelled
    assert time.monotonic() - pressed[0] < 2
