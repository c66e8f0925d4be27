"""Hours of a day and of a week, as people write them."""

import copy
import datetime as dt
import pickle

import pytest

from campaign.model.hours import Hours, OpeningHours, parse_day
from campaign.phrases import clock


def test_hours_are_minutes_after_midnight() -> None:
    assert Hours.parse("09:00-12:30") == Hours(540, 750)
    assert Hours.parse("9:00-12:30").minutes == 210
    assert str(Hours(540, 750)) == "09:00-12:30"
    assert clock(65) == "01:05"


def test_a_dash_of_print_is_a_dash() -> None:
    assert Hours.parse("09:00\u201312:00") == Hours(540, 720)


@pytest.mark.parametrize("text", ["", "9-12", "09:00", "09:60-10:00", "25:00-26:00", "a-b"])
def test_what_is_no_hours_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(ValueError, match="write as 09:00-12:00"):
        Hours.parse(text)


@pytest.mark.parametrize("text", ["12:00-09:00", "09:00-09:00", "09:00-24:01"])
def test_hours_that_do_not_end_after_they_start_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="does not end after it starts"):
        Hours.parse(text)


def test_a_day_may_have_several_spans_in_any_order() -> None:
    assert parse_day("13:00-17:00, 08:00-12:00") == (Hours(480, 720), Hours(780, 1020))
    assert parse_day("") == ()


def test_spans_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="08:00-12:00 and 11:00-17:00 overlap"):
        parse_day("08:00-12:00 11:00-17:00")


WEEK = [dt.date(2027, 1, 4 + number) for number in range(7)]
MORNING, AFTERNOON = Hours(540, 720), Hours(780, 960)


@pytest.mark.parametrize(
    ("text", "weekdays", "hours"),
    [
        ("Mon-Fri 09:00-12:00 13:00-16:00", range(5), (MORNING, AFTERNOON)),
        ("09:00-12:00", range(5), (MORNING,)),
        ("Tue,Thu 09:00-12:00", (1, 3), (MORNING,)),
        ("Sat-Mon 09:00-12:00", (0, 5, 6), (MORNING,)),
        ("monday 09:00-12:00", (0,), (MORNING,)),
        ("Mon 09:00-12:00; Mon 13:00-16:00", (0,), (MORNING, AFTERNOON)),
    ],
)
def test_opening_hours_are_read_by_weekday(
    text: str, weekdays: range, hours: tuple[Hours, ...]
) -> None:
    opening = OpeningHours.parse(text)
    assert [day for day in range(7) if opening.is_open(WEEK[day])] == list(weekdays)
    assert {opening.on(WEEK[day]) for day in weekdays} == {hours}


def test_a_weekday_that_is_not_named_is_closed() -> None:
    opening = OpeningHours.parse("Mon-Fri 09:00-12:00")
    assert opening.on(WEEK[5]) == ()
    assert not opening.is_open(WEEK[5])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no hours are named"),
        (" ; ", "no hours are named"),
        ("Mon-Fri", "names no hours"),
        ("Xyz 09:00-12:00", '"Xyz" is no weekday'),
        ("Mon 9-5", "are no hours"),
    ],
)
def test_opening_hours_that_are_none_are_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        OpeningHours.parse(text)


@pytest.mark.parametrize(
    "text",
    ["Mon-Fri 09:00-12:00 13:00-16:00; Sat 09:00-12:00", "Tue 09:00-12:00", "Sun-Mon 10:00-11:00"],
)
def test_opening_hours_read_what_they_write(text: str) -> None:
    opening = OpeningHours.parse(text)
    assert OpeningHours.parse(str(opening)) == opening


def open_dates(text: str) -> list[str]:
    opening = OpeningHours.parse(text)
    dates = (dt.date(2027, 1, 4) + dt.timedelta(days=number) for number in range(90))
    return [f"{date:%m-%d}" for date in dates if opening.is_open(date)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Mo[1] 09:00-11:00", ["01-04", "02-01", "03-01"]),
        ("We[1],We[3] 09:00-12:00", ["01-06", "01-20", "02-03", "02-17", "03-03", "03-17"]),
        ("Fr[-1] 09:00-12:00", ["01-29", "02-26", "03-26"]),
        ("week 01-53/4 Th 09:00-12:00", ["01-07", "02-04", "03-04", "04-01"]),
        ("week 02-52/4 Th 09:00-12:00", ["01-14", "02-11", "03-11"]),
        ("2027 Feb 01-03 09:00-12:00", ["02-01", "02-02", "02-03"]),
        ("Tu 09:00-12:00; 2027 Jan 18-Mar 22 off", ["01-05", "01-12", "03-23", "03-30"]),
        ("Feb-Mar: Mo[2] 09:00-12:00", ["02-08", "03-08"]),
        ("Tu 09:00-10:00; Jan-Feb off; PH off", ["03-02", "03-09", "03-16", "03-23", "03-30"]),
    ],
)
def test_hours_may_be_of_dates_in_the_notation_of_openstreetmap(
    text: str, dates: list[str]
) -> None:
    assert open_dates(text) == dates


def test_hours_of_a_date_are_spans_of_its_minutes() -> None:
    opening = OpeningHours.parse("Mo[1] 09:00-12:00,13:00-16:00")
    assert opening.on(dt.date(2027, 2, 1)) == (MORNING, AFTERNOON)
    assert opening.on(dt.date(2027, 2, 8)) == ()
    assert [opening.may_open(day) for day in range(7)] == [True] * 7
    late = OpeningHours.parse("Mo[1] 22:00-02:00")
    assert late.on(dt.date(2027, 1, 4)) == (Hours(1320, 1440),)
    assert late.on(dt.date(2027, 1, 5)) == (Hours(0, 120),)


def test_hours_of_dates_are_values_that_travel() -> None:
    opening = OpeningHours.parse("Mo[1]  09:00-11:00")
    assert str(opening) == "Mo[1] 09:00-11:00"
    assert OpeningHours.parse(str(opening)) == opening
    assert pickle.loads(pickle.dumps(opening)) == copy.deepcopy(opening) == opening  # noqa: S301 (our own)
    assert len({opening, OpeningHours.parse("Mo[1] 09:00-11:00")}) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mo[1] 09:00-12:00 || 13:00-14:00", r"names hours with \|\|"),
        ('"by appointment"', "has a comment in place of hours"),
        ('Mo[1] 09:00-12:00; "by appointment"', "has a comment in place of hours"),
        ("Mo[1] 17:00+", "has an end that is left open"),
        ("SH off; Mo[1] 09:00-12:00", "names school holidays"),
        ("Mo[9] 09:00-12:00", r"nor is it OpenStreetMap's opening_hours, as Mo\[1\]"),
        ("week Th 09:00", "nor is it OpenStreetMap's opening_hours"),
        ("Blursday 09:00-12:00", "is no weekday"),
        ("", "no hours are named"),
    ],
)
def test_hours_that_nobody_can_keep_are_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        OpeningHours.parse(text)
