"""What a running process holds, as the system tells it (Linux: ``/proc``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_RSS = re.compile(r"^VmRSS:\s+(\d+) kB", re.MULTILINE)
_THREADS = re.compile(r"^Threads:\s+(\d+)", re.MULTILINE)
_TICKS_FROM = 11
"""User and system time after the name in ``stat``."""


@dataclass(frozen=True, slots=True)
class Holding:
    """At one moment: memory in bytes, open file descriptors, threads, CPU clock ticks since its start."""

    memory: int
    files: int
    threads: int
    ticks: int


def holding(pid: int) -> Holding:
    """Raises OSError where there is no such process, or no ``/proc``."""
    folder = Path("/proc") / str(pid)
    told = (folder / "status").read_text()
    memory, threads = _RSS.search(told), _THREADS.search(told)
    if memory is None or threads is None:
        raise ProcessLookupError(f"process {pid} has ended")
    after_name = (folder / "stat").read_text().rpartition(")")[2].split()
    ticks = sum(map(int, after_name[_TICKS_FROM : _TICKS_FROM + 2]))
    files = sum(1 for _ in (folder / "fd").iterdir())
    return Holding(int(memory[1]) * 1024, files, int(threads[1]), ticks)


def memory_of(pid: int) -> int:
    """Resident memory in bytes. Raises as `holding`."""
    return holding(pid).memory
