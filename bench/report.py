"""Prints the table for bench/README.md from lines "name requests/s p99 CPU-of-the-app CPU-of-PostgreSQL": medians of the rounds, and ratios of the
CPU within the run."""

import datetime
import os
import statistics
import sys

ROWS = [
    ("empty", "an empty component, an instance for each request", None),
    ("query", "the same with one bare query of 20 rows", None),
    ("empty_warm", "an empty component, warm instances", None),
    ("query_warm", "the same with that query", None),
    ("list", "`GET …/tasks?limit=20`", 0.75),
    ("create", "`POST …/tasks` of 16 owners", 0.9),
    ("create_due", "the same with a due time and a repeat", None),
    ("complete", "`PATCH …/tasks/{id}/complete`", 0.85),
    ("tool", "`tools/call` list_tasks, 20 tasks", 0.85),
    ("list10_of_few", "`GET …/tasks?limit=10` of an owner of 10 tasks", None),
    ("list10_of_many", "the same of an owner of 100,000", None),
    ("today_of_few", "`GET …/tasks?due=today&status=pending&sort=due&limit=7` of the owner of 10", None),
    ("today_of_many", "the same of the owner of 100,000", None),
]


def main(path):
    measured = {}
    for line in open(path, encoding="utf-8"):
        name, *figures = line.split()
        measured.setdefault(name, []).append([float(figure) for figure in figures])
    median = lambda name, index: statistics.median(values[index] for values in measured[name])
    both = lambda name: median(name, 2) + median(name, 3)
    rounds = len(measured["list"])
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\n{datetime.date.today()}, {os.cpu_count()} cores shared with wrk and PostgreSQL, load average {load}; medians of {rounds} rounds.\n")
    print("| what | requests/s | p99 ms | CPU µs, runtime | CPU µs, PostgreSQL | both, of the bare query | target |\n|---|---:|---:|---:|---:|---:|---:|")
    for name, what, target in ROWS:
        rate, p99, app, database = (median(name, index) for index in range(4))
        wanted = f"≤ {target}" if target else ""
        print(f"| {what} | {rate:,.0f} | {p99:.1f} | {app:,.0f} | {database:,.0f} | {both(name) / both('query'):.2f} | {wanted} |")


main(sys.argv[1])
