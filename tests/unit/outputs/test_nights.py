"""What each output says of nights away."""

from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
from attrs import evolve
from byhand import FAR_NORTH, a_plan, a_territory, an_account
from far import far_territory
from placing import put_in
from rows import a_touch, day

from campaign.explaining.single_change import Spot
from campaign.model.cadences import Step
from campaign.model.rep import Travel
from campaign.outputs.activities import activities
from campaign.outputs.agenda import render_agenda
from campaign.outputs.calendar import render_calendar
from campaign.outputs.coverage import keys_of
from campaign.outputs.json import records
from campaign.outputs.plan_table import CAMPAIGN_COLUMNS, render_campaign
from campaign.outputs.report import agenda
from campaign.outputs.report.territory_map import territory_map
from campaign.outputs.summary import summary
from campaign.outputs.workbook import render_workbook
from campaign.reading.parsing.table import parse_table
from campaign.reading.plans.campaign_csv import read_plan, read_touches
from campaign.rules import violations
from campaign.rules.facts import Facts
from campaign.touches import Plan

VISIT = Step("visit", ["visit", "call"], "listen")
WED, THU = day("01-20"), day("01-21")
OVERNIGHT = Travel(overnight=True)


def a_trip(travel: Travel = OVERNIGHT) -> Plan:
    """Out to A-1 and to the night near A-02; home from A-02 the next day."""
    of = a_territory(
        an_account(),
        an_account("A-02", city="Salem", **FAR_NORTH),
        an_account("A-3", **FAR_NORTH),
        steps=[VISIT],
        travel=travel,
    )
    times = {"start": 540, "end": 595}
    out = a_touch("A-1/A-1/visit", WED, "visit", of=of, night="A-02", **times)
    back = a_touch(
        "A-02/A-02/visit", THU, "visit", of=of, travel_minutes=5, home_minutes=29, **times
    )
    return a_plan(out, back, of=of)


def test_the_agenda_says_where_the_night_is_and_where_the_morning_starts() -> None:
    assert not violations(a_trip())
    lines = render_agenda(a_trip(), [WED, THU]).splitlines()
    drives = [
        line.strip() for line in lines if "drive" in line or "night" in line or "home" in line
    ]
    assert drives == [
        "08:40       leave home, drive 20 min",
        "09:55       drive 15 min to the night's place",
        "night near Firm A-02, Salem",
        "08:55       drive 5 min",
        "09:55       drive home 29 min",
        "10:24       home",
    ]


def test_calendars_tell_the_night_with_the_last_visit() -> None:
    first, second = activities(a_trip())
    assert "Then 15 min to the night's place." in first.details
    assert "Night near Firm A-02, Salem." in first.details
    assert "Then 29 min home." in second.details
    assert not [line for line in second.details if "night" in line.lower()]
    folded = render_calendar(a_trip()).replace(b"\r\n ", b"")
    assert folded.count(b"Night near Firm A-02") == 1


def test_the_report_and_the_summary_tell_the_nights() -> None:
    plan = a_trip()
    days = [one for week in agenda(plan, keys_of(plan))["weeks"] for one in week["days"]]
    assert [one["figures"].endswith("night near Firm A-02, Salem") for one in days] == [True, False]
    assert summary(plan).nights == 1
    assert "; 1 night away" in str(summary(plan))


def test_the_map_draws_a_day_to_the_night_s_place() -> None:
    first, second = territory_map(a_trip())["tours"]
    assert first["line"].split()[-1] == second["line"].split()[0] == second["line"].split()[1]
    assert first["line"].split()[0] == second["line"].split()[-1]


def test_the_column_stands_where_nights_are_asked_for_or_planned() -> None:
    for plan, has_it in (
        (a_trip(), True),
        (a_trip(Travel()), True),
        (evolve(a_trip(), touches=()), True),
        (evolve(a_trip(Travel()), touches=()), False),
    ):
        head = render_campaign(plan).splitlines()[0].split(",")
        assert head == [*CAMPAIGN_COLUMNS, *(["night"] if has_it else [])]
    assert [record["night"] for record in records(a_trip())] == ["A-02", ""]


def test_the_workbook_has_the_night_and_is_read_back(tmp_path: Path) -> None:
    plan = a_trip()
    path = tmp_path / "campaign.xlsx"
    path.write_bytes(render_workbook(plan, day=WED))
    read, findings = read_plan(path, plan.territory)
    assert not findings
    assert [(touch.touch_id, touch.night) for touch in read.touches] == [
        ("A-1/A-1/visit", "A-02"),
        ("A-02/A-02/visit", ""),
    ]
    week = openpyxl.load_workbook(path)["Week"]
    titles = [str(row[0].value) for row in week.rows if "Wednesday" in str(row[0].value)]
    assert [title.endswith("night near Firm A-02, Salem") for title in titles] == [True]


def test_nights_are_read_back_with_the_zeros_that_a_spreadsheet_took() -> None:
    of = evolve(a_trip().territory, accounts=[an_account("007")])
    table = parse_table(render_campaign(a_trip()).replace("A-02\n", "7\n").encode(), "c.csv")
    assert [touch.night for touch in read_touches(table, of.start, of).items] == ["007", ""]


def test_a_visit_put_into_a_trip_is_driven_between_its_nights() -> None:
    plan = a_trip()
    due = Facts(plan).dues["A-3/A-3/visit"]
    put = put_in(plan, due, Spot("visit", WED))
    there = sorted(put.by_date[put.touches[0].date], key=lambda touch: touch.stop)
    drives = [(t.account_id, t.travel_minutes, t.home_minutes, t.night) for t in there]
    assert drives == [("A-1", 20, 0, ""), ("A-3", 20, 0, "A-02")]
    assert not violations(put)


def test_a_plan_without_nights_tells_none() -> None:
    plan = evolve(Plan(far_territory(0.1, travel=Travel()), ()), touches=())
    assert summary(plan).nights == 0
    assert "Nights" not in str(summary(plan))
