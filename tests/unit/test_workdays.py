"""Business days, working days, weeks and months of a campaign."""

import datetime as dt

import pytest

from campaign.workdays import (
    Calendar,
    Span,
    country_weekend,
    each_day,
    holidays_are_known,
    in_any,
    public_holidays,
)

MONDAY = dt.date(2027, 1, 4)
MLK_DAY = dt.date(2027, 1, 18)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2027-{text}")


CALENDAR = Calendar(
    MONDAY,
    90,
    holidays=frozenset({MLK_DAY}),
    leave=(Span(day("02-15"), day("02-19")),),
)


def test_a_campaign_ends_on_its_last_day_and_has_an_eve() -> None:
    assert CALENDAR.end == day("04-03")
    assert CALENDAR.eve == day("01-03")


def test_business_days_leave_out_weekends_and_holidays_but_not_leave() -> None:
    assert len(CALENDAR.business_days) == 13 * 5 - 1
    assert MLK_DAY not in CALENDAR.business_days
    assert day("02-16") in CALENDAR.business_days


def test_working_days_leave_out_leave_too() -> None:
    assert len(CALENDAR.working_days) == 13 * 5 - 1 - 5
    assert not CALENDAR.is_working_day(day("02-16"))


def test_working_days_are_those_on_which_the_rep_has_hours() -> None:
    mondays = Calendar(MONDAY, 30, weekdays=frozenset({0}), holidays=frozenset({MLK_DAY}))
    assert mondays.working_days == (MONDAY, day("01-11"), day("01-25"), day("02-01"))
    assert len(mondays.business_days) == 21


def test_a_rep_who_works_on_saturdays_does_not_make_them_business_days() -> None:
    calendar = Calendar(MONDAY, 30, weekdays=frozenset({5}))
    assert calendar.working_days == ()


@pytest.mark.parametrize(
    ("date", "position"),
    [
        ("01-03", 0),
        ("01-04", 1),
        ("01-08", 5),
        ("01-10", 5),
        ("01-11", 6),
        ("01-18", 10),
        ("01-19", 11),
    ],
)
def test_positions_count_business_days_from_the_start(date: str, position: int) -> None:
    assert CALENDAR.position(day(date)) == position


def test_days_before_the_start_count_backwards() -> None:
    assert CALENDAR.position(dt.date(2027, 1, 1)) == 0
    assert CALENDAR.position(dt.date(2026, 12, 31)) == -1
    assert CALENDAR.position(dt.date(2026, 12, 28)) == -4


@pytest.mark.parametrize(
    ("earlier", "later", "gap"),
    [
        ("01-05", "01-05", 0),
        ("01-05", "01-06", 1),
        ("01-08", "01-11", 1),
        ("01-15", "01-19", 1),
        ("01-15", "01-18", 0),
        ("02-12", "02-22", 6),
        ("01-12", "01-11", -1),
    ],
)
def test_gaps_leap_over_weekends_and_holidays_and_not_over_leave(
    earlier: str, later: str, gap: int
) -> None:
    assert CALENDAR.gap(day(earlier), day(later)) == gap


def test_a_gap_may_start_before_the_campaign() -> None:
    assert CALENDAR.gap(dt.date(2026, 12, 30), day("01-05")) == 4


@pytest.mark.parametrize(
    ("date", "number", "after"),
    [
        ("01-05", 0, "01-05"),
        ("01-05", 1, "01-06"),
        ("01-08", 1, "01-11"),
        ("01-15", 1, "01-19"),
        ("01-09", 1, "01-11"),
        ("01-09", 0, "01-09"),
        ("01-04", 5, "01-11"),
    ],
)
def test_the_date_after_so_many_business_days(date: str, number: int, after: str) -> None:
    assert CALENDAR.after(day(date), number) == day(after)


@pytest.mark.parametrize("number", range(12))
def test_after_adds_to_the_position(number: int) -> None:
    for date in CALENDAR.business_days:
        later = CALENDAR.after(date, number)
        assert CALENDAR.position(later) == CALENDAR.position(date) + number


@pytest.mark.parametrize(
    ("date", "number", "month"),
    [("01-04", 1, 1), ("02-02", 30, 1), ("02-03", 31, 2), ("03-05", 61, 3), ("04-03", 90, 3)],
)
def test_a_month_is_thirty_days_from_the_start(date: str, number: int, month: int) -> None:
    assert CALENDAR.day_number(day(date)) == number
    assert CALENDAR.month(day(date)) == month


@pytest.mark.parametrize(("days", "months"), [(30, 1), (60, 2), (90, 3)])
def test_a_campaign_has_a_month_for_every_thirty_days(days: int, months: int) -> None:
    assert Calendar(MONDAY, days).months == months


def test_weeks_run_from_monday_to_sunday_and_count_from_the_starts_week() -> None:
    midweek = Calendar(day("01-06"), 30)
    assert [midweek.week(day(date)) for date in ("01-06", "01-10", "01-11", "01-18")] == [
        0,
        0,
        1,
        2,
    ]


def test_another_weekend_moves_the_business_days() -> None:
    calendar = Calendar(day("01-03"), 30, weekend=frozenset({4, 5}), weekdays=frozenset(range(7)))
    assert calendar.is_business_day(day("01-03"))
    assert not calendar.is_business_day(day("01-08"))
    assert calendar.after(day("01-07"), 1) == day("01-10")
    assert calendar.working_days == calendar.business_days


def test_countries_have_weekends_of_their_own() -> None:
    assert country_weekend("US") == frozenset({5, 6})
    assert country_weekend("SA") == frozenset({4, 5})
    assert country_weekend("") == frozenset({5, 6})


def test_public_holidays_are_those_of_country_and_region() -> None:
    assert MLK_DAY in public_holidays("US", "", 2027)
    assert day("01-06") not in public_holidays("DE", "", 2027)
    assert day("01-06") in public_holidays("DE", "BY", 2027)


def test_without_a_country_there_are_no_public_holidays() -> None:
    assert public_holidays("", "", 2027) == frozenset()


@pytest.mark.parametrize(
    ("country", "region", "known"),
    [("US", "", True), ("US", "OR", True), ("", "", True), ("XX", "", False), ("US", "XX", False)],
)
def test_whether_public_holidays_are_known(country: str, region: str, known: bool) -> None:  # noqa: FBT001 (a column of the table above)
    assert holidays_are_known(country, region, 2027) is known


@pytest.mark.parametrize(("country", "region"), [("XX", ""), ("US", "XX")])
def test_an_unknown_country_or_region_is_refused(country: str, region: str) -> None:
    with pytest.raises(ValueError, match="XX"):
        public_holidays(country, region, 2027)


def test_a_span_holds_both_its_ends() -> None:
    span = Span(day("02-15"), day("02-19"))
    assert day("02-15") in span
    assert day("02-19") in span
    assert day("02-20") not in span
    assert str(span) == "2027-02-15/2027-02-19"
    assert str(Span(MONDAY, MONDAY)) == "2027-01-04"


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="2027-02-19/2027-02-15 ends before it starts"):
        Span(day("02-19"), day("02-15"))


def test_a_day_is_in_any_of_several_spans() -> None:
    spans = (Span(day("01-05"), day("01-06")), Span(day("01-08"), day("01-08")))
    assert [in_any(day(f"01-0{number}"), spans) for number in (4, 5, 7, 8)] == [
        False,
        True,
        False,
        True,
    ]


def test_each_day_from_the_first_to_the_last() -> None:
    assert list(each_day(day("01-30"), day("02-01"))) == [
        day("01-30"),
        day("01-31"),
        day("02-01"),
    ]
    assert list(each_day(day("02-01"), day("01-30"))) == []
