"""Prints the table for bench/README.md from lines "name requests/s p99": medians of the rounds, and ratios within the run."""

import datetime
import os
import statistics
import sys

ROWS = [
    ("empty", "an empty component", None),
    ("query", "a component with one bare query of 20 rows", None),
    ("list", "`GET …/tasks?limit=20`", 85),
    ("create", "`POST …/tasks` of 16 owners", 70),
    ("create_due", "the same with a due time and a repeat", None),
    ("complete", "`PATCH …/tasks/{id}/complete`", None),
    ("tool", "`tools/call` list_tasks, 20 tasks", 75),
    ("list10_of_few", "`GET …/tasks?limit=10` of an owner of 10 tasks", None),
    ("list10_of_many", "the same of an owner of 100,000", None),
    ("today_of_few", "`GET …/tasks?due=today&status=pending&sort=due&limit=7` of the owner of 10", None),
    ("today_of_many", "the same of the owner of 100,000", None),
]


def main(path):
    measured = {}
    for line in open(path, encoding="utf-8"):
        name, rate, p99 = line.split()
        measured.setdefault(name, []).append((float(rate), float(p99)))
    median = lambda name, index: statistics.median(values[index] for values in measured[name])
    bare = median("query", 0)
    rounds = len(measured["list"])
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\n{datetime.date.today()}, {os.cpu_count()} cores shared with wrk and PostgreSQL, load average {load}; medians of {rounds} rounds.\n")
    print("| what | requests/s | p99 ms | of the bare query | target |\n|---|---:|---:|---:|---:|")
    for name, what, target in ROWS:
        share = 100 * median(name, 0) / bare
        wanted = f"≥ {target} %" if target else ""
        print(f"| {what} | {median(name, 0):,.0f} | {median(name, 1):.1f} | {share:.0f} % | {wanted} |")


main(sys.argv[1])
