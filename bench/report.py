"""Prints the table for bench/README.md from lines "name requests/s p50 p99 CPU-of-the-server CPU-of-PostgreSQL": medians of the rounds, and medians of
the ratios of each round, because a machine that others use changes its pace within a run."""

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
    ("create", "`POST …/tasks`", 0.9),
    ("create_due", "the same with a due time and a repeat", None),
    ("complete", "`PATCH …/tasks/{id}/complete`", 0.85),
    ("tool", "`tools/call` list_tasks, 20 tasks", 0.85),
    ("session", "`GET /api/auth/get-session`", 0.6),
    ("fastapi", "for comparison: the list of 20 tasks in Python (`peers/fastapi`)", None),
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
    rounds = len(measured["list"])

    def ratio(name, indexes, other, other_indexes):
        """The median of the rounds' ratios between sums of columns. A row may be measured several times in a round."""

        def by_round(name, indexes):
            sums = [sum(values[index] for index in indexes) for values in measured[name]]
            times = len(sums) // rounds
            return [statistics.mean(sums[first : first + times]) for first in range(0, len(sums), times)]

        return statistics.median(one / two for one, two in zip(by_round(name, indexes), by_round(other, other_indexes)))

    cost = lambda name, other: ratio(name, (3, 4), other, (3, 4))
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\n{datetime.date.today()}, {os.cpu_count()} cores shared with wrk and PostgreSQL, load average {load}; medians of {rounds} rounds.\n")
    print("| what | requests/s | p50 ms | p99 ms | CPU µs, runtime | CPU µs, PostgreSQL | both, of the bare query | target |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, what, target in ROWS:
        rate, p50, p99, server, database = (median(name, index) for index in range(5))
        wanted = f"≤ {target}" if target else ""
        print(f"| {what} | {rate:,.0f} | {p50:.1f} | {p99:.1f} | {server:,.0f} | {database:,.0f} | {cost(name, 'query'):.2f} | {wanted} |")
    print(f"\nThe list costs Python {cost('fastapi', 'list'):.1f} times as much CPU as the app (target: ≥ 2.5).", end=" ")
    print(f"99 % of the lists take at most {ratio('list', (2,), 'list', (1,)):.1f} times the median (target: 4).")


main(sys.argv[1])
