"""A clock of its own for a process and all that it starts: ahead, behind, and jumping while it runs.

A small library stands before the C library's functions that tell the time of day. Steady clocks stay as they
are. The sandbox's template starts with a clean environment, so that children see the machine's own clock.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from pathlib import Path

SOURCE = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *shift;

__attribute__((constructor)) static void find(void) {
    const char *name = getenv("CLOCK_SHIFT");
    int fd = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    void *place = fd < 0 ? MAP_FAILED : mmap(0, 8, PROT_READ, MAP_SHARED, fd, 0);
    if (fd >= 0) close(fd);
    if (place != MAP_FAILED) shift = place;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int failed = syscall(SYS_clock_gettime, clock, now);
    int of_day = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    if (!failed && shift && of_day) now->tv_sec += *shift;
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec exact;
    int failed = clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return failed;
}

time_t time(time_t *told) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (told) *told = exact.tv_sec;
    return exact.tv_sec;
}
"""


class HostClock:
    """`environment` gives it to whoever is started with it. `folder` is anywhere to put two files."""

    def __init__(self, folder: Path, seconds: int = 0) -> None:
        compiler = shutil.which("cc")
        assert compiler, "a C compiler is missing (Debian: apt install gcc libc6-dev)"
        source, library, self._file = folder / "clock.c", folder / "clock.so", folder / "clock.shift"
        source.write_text(SOURCE)
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
        self.environment = {"LD_PRELOAD": str(library), "CLOCK_SHIFT": str(self._file)}
        self.shift(seconds)

    def shift(self, seconds: int) -> None:
        """It is so many seconds ahead from now on; behind, if below 0."""
        fd = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o644)
        os.pwrite(fd, struct.pack("q", seconds), 0)
        os.close(fd)
