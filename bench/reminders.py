"""Prints the table of bench/reminders.sh: what ticks cost the app (the first process) and the server of its database (the second one)."""

import collections
import concurrent.futures
import datetime
import glob
import json
import os
import subprocess
import sys
import time
import urllib.request

BASE, PUSH, SECRET, DATABASE = (os.environ[name] for name in ("BASE_URL", "PUSH_URL", "CLOCK_SECRET", "DATABASE_URL"))
TICKS, REMINDERS = int(os.environ["TICKS"]), int(os.environ["REMINDERS"])
HERTZ = os.sysconf("SC_CLK_TCK")


def send(url, body=None, token=None, method="POST", cookie=""):
    headers = {"content-type": "application/json", "origin": BASE, "cookie": cookie} | ({"authorization": f"Bearer {token}"} if token else {})
    data = None if method == "GET" else json.dumps(body or {}).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=120) as response:
        return json.load(response), response.headers


def tick():
    return send(f"{BASE}/internal/tick", token=SECRET)[0]["sent"]


def sql(text):
    subprocess.run(["psql", DATABASE, "-qX", "-v", "ON_ERROR_STOP=1", "-c", text], check=True)


class Tasks:
    """Somebody with a subscribed browser, whose tasks remind when they are added."""

    def __init__(self):
        person = {"name": "Ann", "email": "ann@example.com", "password": "correct horse battery"}
        session, headers = send(f"{BASE}/api/auth/sign-up/email", person)
        self.user, self.last = session["user"]["id"], 0
        cookie = "; ".join(line.split(";")[0] for line in headers.get_all("set-cookie"))
        token = send(f"{BASE}/api/auth/token", method="GET", cookie=cookie)[0]["token"]
        browser, _ = send(f"{PUSH}/_browser")
        send(f"{BASE}/api/{self.user}/notifications/subscriptions", browser, token)

    def add(self, count):
        sql(f"""insert into todo.task (user_id, id, title, due_day, due_time, remind)
            select '{self.user}', {self.last} + n, 'Task ' || n, moment::date, moment::time, '{{0}}'
            from generate_series(1, {count}) as n, date_trunc('minute', now() at time zone 'utc') as moment""")
        self.last += count


def stat(process):
    with open(f"/proc/{process}/stat", encoding="utf-8") as file:
        return file.read().rpartition(")")[2].split()


def used(app, server):
    """The processor time of both so far, in microseconds: of the server with its children, those that ended too."""
    children = []
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            fields = stat(path.split("/")[2])
        except OSError:
            continue
        if fields[1] == server:
            children.append(int(fields[11]) + int(fields[12]))
    own = stat(server)
    ticks = sum(map(int, stat(app)[11:13])), sum(children) + sum(map(int, own[11:15]))
    return [ticks_used * 1_000_000 / HERTZ for ticks_used in ticks]


def measure(processes, times, before):
    """The mean of so many ticks, each after `before`."""
    spent = [0.0, 0.0]
    for _ in range(times):
        before()
        start = used(*processes)
        tick()
        spent = [total + end - begin for total, begin, end in zip(spent, start, used(*processes))]
    return [total / times for total in spent]


def measure_each(processes, request):
    """The mean of so many requests, one after the other."""
    start = used(*processes)
    for _ in range(TICKS):
        request()
    return [(end - begin) / TICKS for begin, end in zip(start, used(*processes))]


def idle_tick():
    assert tick() == 0


def health():
    send(f"{BASE}/health", method="GET")


def messages():
    return send(f"{PUSH}/_messages", method="GET")[0]


def send_all(tasks):
    """How many seconds three clocks, and that of the host, take to send all of them, and how many messages came again."""
    before = len(messages())
    tasks.add(REMINDERS)
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(3) as clocks:
        while sum(clocks.map(lambda _: tick(), range(3))) or len(messages()) < before + REMINDERS:
            pass
    seconds = time.monotonic() - start
    times = collections.Counter(message["payload"]["task"] for message in messages()[before:])
    assert len(times) == REMINDERS, "some are lost"
    return seconds, times.total() - REMINDERS


def main(app, server):
    tasks, processes = Tasks(), (app, server)
    nothing = measure_each(processes, health)
    idle = measure_each(processes, idle_tick)
    busy = measure(processes, max(TICKS // 10, 1), lambda: tasks.add(50))
    seconds, again = send_all(tasks)
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\n{datetime.date.today()}, {os.cpu_count()} cores shared with PostgreSQL and the stand-in, load average {load}.\n")
    print("| processor time of a tick, ms | app | PostgreSQL | target |\n|---|---:|---:|---:|")
    rows = (("nothing due", idle, "≤ 1"), ("50 reminders due, as push messages", busy, ""), ("for comparison: `GET /health`, which reads nothing", nothing, ""))
    for what, spent, target in rows:
        print(f"| {what} | {spent[0] / 1000:.2f} | {spent[1] / 1000:.2f} | {target} |")
    print(f"\n{REMINDERS:,} reminders due at once, three clocks: all are sent within {seconds:.1f} s (target: 60 s), {again} of them again.\n")


main(*sys.argv[1:])
