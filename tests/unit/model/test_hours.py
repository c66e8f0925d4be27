"""Hours of a day and of a week, as people write them."""

import pytest

from campaign.model.hours import Hours, OpeningHours, clock, parse_day


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
    assert [day for day in range(7) if opening.is_open(day)] == list(weekdays)
    assert {opening.on(day) for day in weekdays} == {hours}


def test_a_weekday_that_is_not_named_is_closed() -> None:
    opening = OpeningHours.parse("Mon-Fri 09:00-12:00")
    assert opening.on(5) == ()
    assert not opening.is_open(5)


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
