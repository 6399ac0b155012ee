"""The calendar feed and the export as programs read them that others wrote: icalendar, recurring-ical-events and ical.js. They must see
each occurrence where PostgreSQL puts it, which completing a task shows."""

import datetime
import pathlib
import subprocess

import icalendar
import pytest
import recurring_ical_events
import requests
from conftest import User, ensure_ok, running

HERE = pathlib.Path(__file__).resolve().parent
FROM, TO = datetime.date(2027, 1, 1), datetime.date(2028, 12, 31)
# Only what is before this day is compared, since the readers see the days of a zone or of UTC.
END = "2028-12-30"
# How many occurrences are compared.
MANY = 26
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kolkata", "UTC"]

# Days and times around both changes of the clocks, and months that are too short.
TASKS = [
    {"due": "2027-03-20T06:45", "repeat": "FREQ=DAILY"},
    {"due": "2027-10-24T06:45", "repeat": "FREQ=DAILY;INTERVAL=2"},
    {"due": "2027-03-08T23:30", "repeat": "FREQ=WEEKLY;BYDAY=MO,TH"},
    {"due": "2027-01-31T09:00", "repeat": "FREQ=MONTHLY"},
    {"due": "2027-01-30", "repeat": "FREQ=MONTHLY"},
    {"due": "2027-01-29", "repeat": "FREQ=MONTHLY;INTERVAL=2"},
    {"due": "2027-01-15", "repeat": "FREQ=MONTHLY;BYMONTHDAY=15,30,31"},
    {"due": "2027-01-06", "repeat": "FREQ=WEEKLY;BYDAY=MO"},
    {"due": "2027-02-26T17:00", "repeat": "FREQ=MONTHLY;BYDAY=-1FR"},
    {"due": "2027-02-01", "repeat": "FREQ=MONTHLY;BYDAY=5MO"},
    {"due": "2027-03-01T08:00", "repeat": "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU"},
    {"due": "2027-03-25T12:00", "repeat": "FREQ=DAILY;COUNT=7"},
    {"due": "2027-10-29T12:00", "repeat": "FREQ=DAILY;UNTIL=20271104"},
    {"due": "2027-03-27T20:15"},
    {"due": "2027-03-28"},
]


@pytest.fixture(scope="module")
def users():
    """A user in each of these zones, with the tasks and the address of the feed."""
    with running(rate_limit_per_minute=0) as base:
        yield {zone: prepared(User(base, f"user{number}"), zone) for number, zone in enumerate(ZONES)}


def prepared(user, zone):
    address = f"{user.base}/api/{user.id}"
    ensure_ok(user.http.patch(f"{address}/settings", json={"time_zone": zone}))
    for number, task in enumerate(TASKS):
        added = user.http.post(f"{address}/tasks", json={"title": f"Task {number}", "remind": [30], **task})
        ensure_ok(added)
    # The 31st of January is over: the next occurrence is counted from it all the same.
    ensure_ok(user.http.patch(f"{address}/tasks/4/complete"))
    url = ensure_ok(user.http.post(f"{address}/calendar")).json()["url"]
    return user, user.base + "/api/calendar/" + url.rsplit("/", 1)[1]


def read(url):
    response = ensure_ok(requests.get(url))
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["content-encoding"] == "gzip"
    return response.text


def expected(user):
    """When PostgreSQL has each occurrence: by title, instants or days."""
    found = {}
    for task in user.get("tasks"):
        seen = found.setdefault(task["title"], [])
        while task["due"] and not task["completed"] and len(seen) < MANY:
            if task["due"] >= END:
                break
            seen.append(task["due_at"][:19] if task["due_at"] else task["due"])
            done = user.http.patch(f"{user.base}/api/{user.id}/tasks/{task['id']}/complete")
            task = ensure_ok(done).json()
    return found


def by_icalendar(text):
    """When recurring-ical-events has each occurrence."""
    calendar = icalendar.Calendar.from_ical(text)
    assert not [error for part in calendar.walk() for error in part.errors]
    found = {}
    for event in recurring_ical_events.of(calendar).between(FROM, TO):
        start = event["DTSTART"].dt
        if isinstance(start, datetime.datetime):
            start = start.astimezone(datetime.UTC).replace(tzinfo=None)
        found.setdefault(str(event["SUMMARY"]), []).append(start.isoformat())
    return {title: sorted(days) for title, days in found.items()}


def by_ical_js(text):
    """When ical.js has each occurrence."""
    command = ["node", HERE / "expand.mjs", FROM.isoformat(), TO.isoformat()]
    printed = subprocess.run(command, input=text, stdout=subprocess.PIPE, text=True, check=True).stdout
    titles = {event["UID"]: str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}
    found = {}
    for line in printed.splitlines():
        uid, start = line.split(" ")
        found.setdefault(titles[uid], []).append(start)
    return {title: sorted(days) for title, days in found.items()}


@pytest.mark.parametrize("zone", ZONES)
def test_programs_see_each_occurrence_where_postgresql_has_it(users, zone):
    user, url = users[zone]
    text = read(url)
    readings = {"icalendar": by_icalendar(text), "ical.js": by_ical_js(text)}
    known = expected(user)
    assert len(known) == len(TASKS) and len(known["Task 0"]) == MANY
    for program, reading in readings.items():
        for title, days in known.items():
            assert reading[title][: len(days)] == days, (program, title)
            if len(days) < MANY:
                assert len([day for day in reading[title] if day < END]) == len(days), (program, title)


def test_lines_are_folded_and_names_are_there_once(users):
    user, url = users["Europe/Berlin"]
    text = read(url)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")) and "\n" not in text.replace("\r\n", "")
    uids = [str(event["UID"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]
    assert len(uids) == len(set(uids)) and user.id not in text
