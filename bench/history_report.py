"""Prints the table of bench/history.sh from lines "what-with microseconds" and "what-without microseconds" in turn: medians of the rounds."""

import datetime
import os
import statistics
import sys

ROWS = [("add", "an addition"), ("complete", "a completion")]


def main(path):
    measured = {}
    for line in open(path, encoding="utf-8"):
        name, microseconds = line.split()
        measured.setdefault(name, []).append(int(microseconds))
    rounds = len(measured["add-with"])
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\n{datetime.date.today()}, {os.cpu_count()} cores, load average {load}; medians of {rounds} rounds, and the median of their ratios.\n")
    print("| processor time of PostgreSQL, µs | with the history | without | ratio | target |\n|---|---:|---:|---:|---:|")
    for name, what in ROWS:
        kept, bare = measured[f"{name}-with"], measured[f"{name}-without"]
        ratio = statistics.median(one / other for one, other in zip(kept, bare))
        print(f"| {what} | {statistics.median(kept):,.0f} | {statistics.median(bare):,.0f} | {ratio:.2f} | ≤ 1.2 |")


main(sys.argv[1])
