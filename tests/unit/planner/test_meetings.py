"""Tours that pass the meetings of the rep's own, and calls that keep clear of the drives."""

# ruff: noqa: ANN401 (a builder passes on whatever an account takes)

from typing import Any

import pytest
from attrs import evolve
from byhand import FAR_NORTH, ROBIN, SOUTH, a_territory, an_account

from campaign.model.busy import Busy
from campaign.model.cadences import Step
from campaign.model.rep import Courtesy
from campaign.model.territory import Territory
from campaign.outputs.agenda import render_agenda
from campaign.outputs.calendar import render_calendar
from campaign.outputs.timetable import day_record
from campaign.planning import plan
from campaign.rules import violations

VISIT = Step("visit", "visit", "listen", within=1, late=0)
CALL = Step("call", "call", "listen", within=1, late=0)
NEAR_FAR_NORTH = (45.19, -123.0)


def territory(step: Step, *meetings: str, **account: Any) -> Territory:
    """One account, and meetings near the far north on the first day of the campaign."""
    ends = [hours.split("-") for hours in meetings]
    busy = [
        Busy(f"2027-01-04T{start}", f"2027-01-04T{end}", what="Fair", place=NEAR_FAR_NORTH)
        for start, end in ends
    ]
    return a_territory(
        an_account(**(account or FAR_NORTH)),
        steps=[step],
        rep=evolve(ROBIN, busy=busy),
        courtesy=Courtesy(call_hours=""),
    )


def entries(of: Territory) -> list[tuple[object, object, object]]:
    found = plan(of, effort=0)
    assert violations(found) == ()
    record = day_record(found, of.start)["entries"]
    assert isinstance(record, list)
    return [(e["start"], e["end"], e["part"]) for e in record if e["part"] != "lunch"]


def test_a_visit_beside_a_meeting_is_driven_to_from_there() -> None:
    assert entries(territory(VISIT, "10:00-11:00")) == [
        ("09:27", "10:00", "drive"),
        ("10:00", "11:00", "meeting"),
        ("11:00", "11:07", "drive"),
        ("11:07", "12:02", "visit"),
        ("12:02", "12:31", "home"),
    ]


def test_a_visit_between_two_meetings_costs_the_two_short_drives_alone() -> None:
    found = plan(territory(VISIT, "09:00-10:00", "12:00-14:00"), effort=0)
    (visit,) = found.touches
    assert (visit.start, visit.travel_minutes, visit.home_minutes) == (607, 7, 7)
    assert violations(found) == ()


def test_a_visit_the_other_way_waits_until_the_rep_is_back() -> None:
    found = plan(territory(VISIT, "10:00-11:00", **SOUTH), effort=0)
    (visit,) = found.touches
    assert visit.start is not None
    assert visit.start >= 11 * 60
    assert violations(found) == ()


@pytest.mark.parametrize(("meeting", "starts"), [("10:00-17:00", 480), ("08:10-10:00", 628)])
def test_a_call_keeps_clear_of_the_drives_to_and_from_a_meeting(meeting: str, starts: int) -> None:
    found = plan(territory(CALL, meeting), effort=0)
    assert [touch.start for touch in found.touches] == [starts]
    assert violations(found) == ()


def test_there_is_no_call_where_the_drives_take_all_the_time() -> None:
    found = plan(territory(CALL, "08:40-10:00", "10:10-16:40"), effort=0)
    assert [(row.reason_code.value, row.step) for row in found.left_out] == [
        ("no_time_of_day", "call")
    ]


def test_the_same_territory_makes_the_same_plan() -> None:
    one, other = (plan(territory(VISIT, "10:00-11:00"), effort=20) for _ in range(2))
    assert one.touches == other.touches


def test_the_agenda_and_the_calendar_name_the_way_to_a_meeting() -> None:
    found = plan(territory(VISIT, "09:00-10:00", "12:00-14:00"), effort=0)
    agenda = render_agenda(found, [found.territory.start]).splitlines()
    assert "09:00-10:00 meeting: Fair" in agenda
    assert "10:00       drive 7 min" in agenda
    calendar = render_calendar(found).replace(b"\r\n ", b"").decode()
    assert "Drive 7 min: leave by 10:00.\\nThen 7 min to your next meeting." in calendar


def test_a_meeting_on_a_day_of_leave_is_no_stop_of_any_tour() -> None:
    busy = territory(VISIT, "10:00-11:00")
    away = evolve(busy, rep=evolve(busy.rep, leave=["2027-01-04"]))
    (left,) = plan(away, effort=0).left_out
    assert left.reason_code == "no_working_day"
