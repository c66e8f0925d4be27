"""Closed dates: spans, and what OpenStreetMap's notation closes."""

import datetime as dt

import pytest

from campaign import Account, Contact, InvalidInput
from campaign.model.hours import ClosedDays
from campaign.reading import cells
from campaign.workdays import Span, in_any


def closed_in_january(text: str) -> list[int]:
    days = (dt.date(2027, 1, number) for number in range(1, 32))
    return [
        day.day for day in days if in_any(day, Account("A", "A", closed_dates=text).closed_dates)
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2027-01-05/2027-01-07; 2027-01-11", [5, 6, 7, 11]),
        ("2027 Jan 18-20 off", [18, 19, 20]),
        ("Jan 18-20", [18, 19, 20]),
        ("We[1] off", [6]),
        ("week 01-53/2 Tu off", [5, 19]),
        ("Dec 24-Jan 02 closed; 2027-01-11", [1, 2, 11]),
        ("Mo[2] off; We[-1] off", [11, 27]),
    ],
)
def test_what_a_cell_closes(text: str, days: list[int]) -> None:
    assert closed_in_january(text) == days
    (account,) = [Account("A", "A", closed_dates=cells.closed(text))]
    again = "; ".join(map(str, account.closed_dates))
    assert closed_in_january(again) == days


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Fr 12:00-18:00 off", "names hours"),
        ("SH off", "school holidays"),
        ("Jan 45 off", "nor is it OpenStreetMap's opening_hours"),
        ("in summer", "is no span of dates"),
        ("2027-01-07/2027-01-05", "ends before it starts"),
    ],
)
def test_what_closes_nothing_is_refused(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        cells.closed(text)


def test_people_have_their_own() -> None:
    person = Contact("C", "A", name="Ada", closed_dates=["2027-01-05", "We[1] off"])
    assert person.closed_dates == (
        Span(dt.date(2027, 1, 5), dt.date(2027, 1, 5)),
        ClosedDays("We[1] off"),
    )
    with pytest.raises(InvalidInput):
        Contact("C", "A", name="Ada", closed_dates="sometimes")
