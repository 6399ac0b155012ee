"""Prints, for each process, the microseconds of CPU that it and its descendants have used so far, those included that have ended."""

import os
import sys
from pathlib import Path

TICK = 1_000_000 // os.sysconf("SC_CLK_TCK")


def processes():
    """The parent and the CPU time of each process, with that of the children it waited for."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it has just ended
        yield int(stat.parent.name), int(fields[1]), sum(map(int, fields[11:15])) * TICK


def main():
    known = {process: (parent, used) for process, parent, used in processes()}

    def whole(process):
        return known[process][1] + sum(whole(child) for child, (parent, _) in known.items() if parent == process)

    print(*(whole(int(process)) for process in sys.argv[1:]))


main()
