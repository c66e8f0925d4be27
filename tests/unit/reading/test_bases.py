"""Bases, closed days of the campaign, and hours of dates, from campaign.toml."""

import datetime as dt
from pathlib import Path

import pytest
from folders import SETTINGS, sound_folder

from campaign.reading import load

DAYS = ("01-11", "01-12", "01-14", "01-19", "03-18")


def test_bases_closed_days_and_hours_of_dates(tmp_path: Path) -> None:
    settings = """
[campaign]
start = 2027-01-04
closed = ["2027-02-15/2027-02-19", 2027-03-01]
[rep]
name = "Ann"
home = { latitude = 44.94, longitude = -123.03 }
country = "US"
hours = "Mo-Th 08:00-17:00; week 01-53/2 We off"
bases = [
  { on = ["Th", 2027-01-12], place = { city = "Eugene", region = "OR" } },
  { from = "2027-03-15", place = { latitude = 44.56, longitude = -123.26 } },
  { on = "Mon-Tue", place = "Nowhere at all, OR" },
]
"""
    reading = load(sound_folder(tmp_path / "t", settings=settings))
    assert reading.territory is not None, reading.findings
    rep, calendar = reading.territory.rep, reading.territory.calendar
    places = {day: rep.place_on(dt.date.fromisoformat(f"2027-{day}")).name for day in DAYS}
    assert places == dict(zip(DAYS, ("home", "base-1", "base-1", "home", "base-2"), strict=True))
    working = [day.isoformat()[5:] for day in calendar.working_days[:6]]
    assert working == ["01-04", "01-05", "01-07", "01-11", "01-12", "01-13"]
    assert not [
        day for day in calendar.working_days if day.isoformat() in ("2027-02-16", "2027-03-01")
    ]
    assert "Nowhere at all" in next(
        one.problem for one in reading.findings if "bases" in one.column
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('bases = [{ on = "Th" }]', "does not say where and when"),
        ('bases = [{ place = "Leeds" }]', "does not say where and when"),
        ('bases = [{ on = "someday", place = "Leeds" }]', "is no weekday"),
        ('bases = [{ on = "2027-02-40", place = "Leeds" }]', "is no span of dates"),
        ('bases = [{ on = "Th", place = "Leeds", at = 3 }]', "is no base"),
        ('hours = "whenever"', "name"),
    ],
)
def test_bases_and_hours_that_say_nothing_are_errors(
    tmp_path: Path, line: str, problem: str
) -> None:
    found = load(sound_folder(tmp_path / "t", settings=f"{SETTINGS}{line}\n")).findings
    (wrong,) = [one for one in found if one.is_error]
    assert problem in wrong.problem
