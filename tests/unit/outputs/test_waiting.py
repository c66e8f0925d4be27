"""What is not to be made as things stand goes into no calendar and no customer system."""

import csv
import io

import pytest
from icalendar import Calendar
from replanned import logged, of_two

from campaign.outputs.activities import activities, waiting
from campaign.outputs.calendar import render_calendar
from campaign.outputs.crm import hubspot
from campaign.touches import Plan, Touch

BEFORE = of_two()
COMPLAINED = logged(BEFORE, "A-1/A-1/hello", "complaint")


def still_planned(plan: Plan, account_id: str) -> list[Touch]:
    return [one for one in plan.touches if one.account_id == account_id and not one.is_done]


def test_what_pauses_for_a_complaint_is_no_activity_and_what_is_done_stays() -> None:
    made = [touch.touch_id for one in activities(COMPLAINED) for touch in one.touches]
    assert [one for one in made if one.startswith("A-1/")] == ["A-1/A-1/hello"]
    others = {touch.touch_id for touch in still_planned(BEFORE, "B-1")}
    assert {one for one in made if one.startswith("B-1/")} == others
    rows = csv.DictReader(io.StringIO(hubspot.render_tasks(COMPLAINED).decode("utf-8-sig")))
    assert {row["Touch ID"] for row in rows} == {*others, "A-1/A-1/hello"}


def test_the_event_of_an_earlier_export_is_cancelled() -> None:
    before = render_calendar(BEFORE)
    after = render_calendar(COMPLAINED, previous=before)
    found = {
        one.get("summary"): one.get("status") for one in Calendar.from_ical(after).walk("VEVENT")
    }
    assert {found[name] for name in found if "Visit: Cascade Dental" in name} == {"CANCELLED"}


def test_a_notice_counts_what_waits() -> None:
    (notice,) = waiting(COMPLAINED)
    number = len(still_planned(COMPLAINED, "A-1"))
    assert not notice.is_error
    assert notice.problem.startswith(f"{number} planned touches are not to be made as things stand")
    assert "Cascade Dental" in notice.problem
    assert "(a complaint is open)" in notice.problem


@pytest.mark.parametrize("plan", [BEFORE, logged(BEFORE, "A-1/A-1/hello")])
def test_where_nothing_waits_nothing_is_said(plan: Plan) -> None:
    assert waiting(plan) == []
    assert sum(len(one.touches) for one in activities(plan)) == len(plan.touches)
