#!/usr/bin/env python3
"""Writes the tables of docs/capacity.md: what a number of users needs, from the measured cost of requests and the assumptions below.

--check  fails if the document does not have these tables

The cost of a request is read from bench/README.md, section "Requests on Spin": the CPU of the runtime and that of PostgreSQL. How full a pod may be
follows from a simulation of its queue.
"""

import heapq
import pathlib
import random
import re
import sys

ROOT = pathlib.Path(__file__).parent.parent
DOCUMENT = ROOT / "docs/capacity.md"
USERS = (1_000, 100_000, 10_000_000)

# Assumptions about people, each in the document.
ACTIVE = 0.3  # of all users, on a day
PER_DAY = {"list": 40, "create": 6, "complete": 8, "tool": 15, "turn": 4, "page": 6, "session": 20}
SIGN_INS = 0.1  # of an active user, a day
PEAK = 4.0  # the busiest minute of a day against its mean
TASKS_PER_USER = 300

# Measured figures that bench/README.md has in other tables or other units.
TURN_MODEL_TOKENS = (4_000, 150)  # read and written: what a running turn reserves, and one tool call with a sentence
PRICES = (0.30, 2.50)  # dollars for a million tokens read, written (GEMINI_PRICES)
SIGN_IN_CPU = 0.128  # core-seconds, by bench/auth.sh
TASK_BYTES = 420  # with its indexes, by bench/partitions.sh

POD_CORES, POD_CONNECTIONS, NODE_PODS, DATABASE_CORES, DATABASE_GB = 1.0, 64, 30, 16, 500


class Cost:
    """Core-seconds of the runtime and of PostgreSQL."""

    def __init__(self, runtime=0.0, database=0.0):
        self.runtime, self.database = runtime, database

    def __add__(self, other):
        return Cost(self.runtime + other.runtime, self.database + other.database)

    def __mul__(self, count):
        return Cost(self.runtime * count, self.database * count)


def costs(text):
    """The cost of each kind of request, from the table of requests on Spin."""
    table = text.split("## Requests on Spin")[1]
    row = r"^\| (.+?) \| [\d,]+ \| [\d.]+ \| [\d.]+ \| ([\d,]+) \| ([\d,]+) \|"
    found = {name: Cost(*(float(value.replace(",", "")) / 1e6 for value in values)) for name, *values in re.findall(row, table, re.MULTILINE)}
    by_kind = {
        "list": "`GET …/tasks?limit=20`",
        "create": "`POST …/tasks`",
        "complete": "`PATCH …/tasks/{id}/complete`",
        "tool": "`tools/call` list_tasks, 20 tasks",
        "page": "an empty component, warm instances",
        "session": "`GET /api/auth/get-session`",
    }
    cost = {kind: found[row] for kind, row in by_kind.items()}
    # A turn: its own request, one tool call, and four statements beside them.
    cost["turn"] = cost["create"] + cost["tool"] + found["the same with one bare query of 20 rows"] * 4
    return cost


def slowest(load, requests=60_000, servers=2, seed=1):
    """Simulates the queue of a pod with two threads: random arrivals, random work (exponential, mean 1). Returns the 99th percentile of
    waiting and working, in mean works."""
    chance = random.Random(seed)
    free = [0.0] * servers
    now, spent = 0.0, []
    for _ in range(requests):
        now += chance.expovariate(load * servers)
        begin = max(now, heapq.heappop(free))
        end = begin + chance.expovariate(1.0)
        heapq.heappush(free, end)
        spent.append(end - now)
    spent.sort()
    return spent[int(requests * 0.99)]


def needs(users, cost, load):
    """What this many users need at the busiest minute."""
    active = users * ACTIVE
    requests = active * sum(PER_DAY.values()) / 86_400 * PEAK
    cpu = sum((cost[kind] * count for kind, count in PER_DAY.items()), Cost()) + Cost(SIGN_IN_CPU * SIGN_INS)
    cpu *= active / 86_400 * PEAK
    runtime, database = cpu.runtime, cpu.database
    pods = max(2, -(-runtime // (POD_CORES * load)))
    gigabytes = users * TASKS_PER_USER * TASK_BYTES / 1e9
    turns = active * PER_DAY["turn"] * 30
    tokens = sum(count * price for count, price in zip(TURN_MODEL_TOKENS, PRICES, strict=True)) / 1e6
    return {
        "requests a second": f"{requests:,.0f}",
        "cores, components": f"{runtime:,.1f}",
        "pods of the backend": f"{pods:,.0f}",
        "nodes": f"{max(2, -(-pods // NODE_PODS)):,.0f}",
        "connections to the pooler": f"{pods * POD_CONNECTIONS:,.0f}",
        "cores, PostgreSQL": f"{database:,.1f}",
        "GB of tasks": f"{gigabytes:,.1f}",
        "servers of PostgreSQL": f"{max(1, -(-database // (DATABASE_CORES * load)), -(-gigabytes // DATABASE_GB)):,.0f}",
        "dollars a month for the model": f"{turns * tokens:,.0f}",
    }


def tables():
    """The generated part of the document, by the name of its marker."""
    cost = costs((ROOT / "bench/README.md").read_text())
    loads = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
    spread = {load: slowest(load) for load in loads}
    load = max(load for load in loads if spread[load] <= 8)
    columns = [needs(users, cost, load) for users in USERS]
    need = "| what | " + " | ".join(f"{users:,} users" for users in USERS) + " |\n|---|---:|---:|---:|\n"
    need += "".join(f"| {name} | " + " | ".join(column[name] for column in columns) + " |\n" for name in columns[0])
    queue = "| load of a pod | 99th percentile, times the mean work |\n|---:|---:|\n"
    queue += "".join(f"| {at:.0%} | {ratio:.1f} |\n" for at, ratio in spread.items())
    queue += f"\nThe tables plan with {load:.0%}.\n"
    request = "| request | CPU µs, runtime | CPU µs, PostgreSQL | a day and active user |\n|---|---:|---:|---:|\n"
    for kind, count in PER_DAY.items():
        request += f"| {kind} | {cost[kind].runtime * 1e6:,.0f} | {cost[kind].database * 1e6:,.0f} | {count} |\n"
    request += f"| sign-in | {SIGN_IN_CPU * 1e6:,.0f} | | {SIGN_INS} |\n"
    return {"requests": request, "queue": queue, "needs": need}


def main():
    before = text = DOCUMENT.read_text()
    for name, table in tables().items():
        text = re.sub(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", lambda m, table=table: f"{m[1]}\n{table}\n{m[2]}", text, flags=re.DOTALL)
    if "--check" in sys.argv:
        sys.exit(0 if text == before else "docs/capacity.md is older than its figures: run `bench/capacity.py` and commit what changes.")
    DOCUMENT.write_text(text)


if __name__ == "__main__":
    main()
