"""The days of repeat rules as python-dateutil gives them. The crate `recurrence` is tested against the same table. A case with
`differs` says why we give other days; then dateutil must give other days indeed."""

import json
from datetime import datetime
from itertools import islice
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr

CASES = json.loads((Path(__file__).resolve().parents[2] / "fixtures" / "recurrence.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']} from {case['anchor']}")
def test_days(case: dict) -> None:
    # An end with a zone is compared with days without one.
    rule = rrulestr(case["rule"].replace("Z", ""), dtstart=datetime.fromisoformat(case["anchor"]))
    days = [day.date().isoformat() for day in islice(rule, max(len(case["days"]), 6))]
    assert (days == case["days"]) is ("differs" not in case), days


def test_there_are_100_judged_cases() -> None:
    assert sum("differs" not in case for case in CASES) >= 100
