"""Prints the table of bench/history.sh from lines "what-with microseconds": medians of the rounds, and their ratio."""

import datetime
import os
import sys

ROWS = [("add", "an addition"), ("complete", "a completion")]


def main(path):
    measured = {}
    for line in open(path, encoding="utf-8"):
        name, microseconds = line.split()
        measured.setdefault(name, []).append(int(microseconds))
    rounds = len(measured["add-with"])
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\n{datetime.date.today()}, {os.cpu_count()} cores, load average {load}; the least of {rounds} rounds, since other work on the machine only adds.\n")
    print("| processor time of PostgreSQL, µs | with the history | without | ratio | target |\n|---|---:|---:|---:|---:|")
    for name, what in ROWS:
        kept, bare = (min(measured[f"{name}-{how}"]) for how in ("with", "without"))
        print(f"| {what} | {kept:,.0f} | {bare:,.0f} | {kept / bare:.2f} | ≤ 1.2 |")


main(sys.argv[1])
