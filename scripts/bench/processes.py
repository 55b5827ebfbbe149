"""What /proc says of processes that we started: who their children are, what they cost, what they hold."""

import os
import signal
import sys
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")  # clock ticks per second of CPU time


def stop_on_signals():
    """Let SIGTERM and a closed terminal end this script as Ctrl-C does, so that what it started is stopped too."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup
            signal.signal(number, lambda number, frame: sys.exit(128 + number))


def read_stat(pid):
    """Return the fields of /proc/<pid>/stat after the program's name, or None when the process is gone."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def family_of(pid):
    """Return `pid` and all processes below it, the parent first."""
    parents = {}
    for folder in PROC.iterdir():
        if folder.name.isdecimal() and (stat := read_stat(folder.name)):
            parents.setdefault(int(stat[1]), []).append(int(folder.name))
    family = [pid]
    for member in family:
        family += parents.get(member, [])
    return family


def cpu_seconds(pids):
    """Return the CPU time that `pids` have used (user and system, with children that ended), in seconds."""
    stats = [stat for pid in pids if (stat := read_stat(pid))]
    return sum(int(stat[place]) for stat in stats for place in (11, 12, 13, 14)) / TICKS


def memory_mb(pid):
    """Return the proportional set size of a process in MB (1,000,000 bytes); 0 when it is gone."""
    try:
        return parse_pss((PROC / str(pid) / "smaps_rollup").read_text())
    except OSError:
        return 0.0


def parse_pss(text):
    """Return the `Pss:` line of smaps_rollup, which is in KiB, as MB."""
    kib = next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return kib * 1024 / 1_000_000


def command_of(pid):
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
