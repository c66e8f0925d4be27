"""Files of any size: a sentence, soon and within bounds."""

import datetime as dt
import time

import pytest

from campaign.reading.calendars import read_calendar
from campaign.reading.parsing.table import parse_table
from campaign.reading.settings.campaign_toml import read_settings
from campaign.reading.settings.document import parse_document
from campaign.workdays import Span

QUARTER = Span(dt.date(2027, 1, 4), dt.date(2027, 4, 3))
HEAD = b"account_id,name\n"


@pytest.fixture(autouse=True)
def soon() -> "object":
    """A second is plenty for any of them; half a minute says that it is not the machine."""
    start = time.monotonic()
    yield
    assert time.monotonic() - start < 30


@pytest.mark.parametrize(
    ("data", "row", "problem"),
    [
        (HEAD + b"A,b\n" * 210_000, 200_002, "spans more than 200,000 rows or 1,000,000 cells"),
        (b"\n" * 210_000, 200_002, "spans more than 200,000 rows or 1,000,000 cells"),
        (HEAD + b'A,"b"x\n' * 210_000, 200_002, "spans more than 200,000 rows"),
        ((b"," * 1000 + b"\n") * 1010, 1001, "spans more than 200,000 rows or 1,000,000 cells"),
        (HEAD + b"," * 4_100_000, 2, "a line is longer than 4,000,000 characters"),
        (HEAD + b"A," + b"x" * 140_000, 2, "a cell is longer than 131,072 characters"),
        (HEAD + b'"' + b"A,b\n" * 210_000, 2, "a cell is longer than 131,072 characters"),
    ],
    ids=["rows", "blank rows", "bad rows", "cells", "line", "cell", "open quote"],
)
def test_a_list_that_is_too_long_is_refused(data: bytes, row: int, problem: str) -> None:
    table = parse_table(data, "a.csv")
    faults = [fault for line in table.rows[-1:] for fault in line.faults]
    found = [str(one) for one in (*table.findings, *faults) if one.is_error]
    assert any(one.startswith(f"a.csv:{row}: {problem}") for one in found), found[:3]
    assert len(found) <= 2


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"# " + b"x" * 600_000, "is 0.6 MB large"),
        (b"a." * 200_000 + b"a = 1", "is nested too deeply"),
        (b"a = { " + b'"a" . ' * 50 + b"a = 1 }", "is nested too deeply"),
        (b"a = " + b"[" * 200_000, "is nested too deeply"),
        (b'a = "' + b"x" * 450_000, "cannot be read as TOML"),
    ],
    ids=["large", "dotted", "dotted within", "lists", "text"],
)
def test_settings_that_are_too_long_or_deep_are_refused(data: bytes, problem: str) -> None:
    (found,) = parse_document(data, "campaign.toml").findings
    assert found.problem.startswith(problem)


def test_settings_may_be_as_deep_as_anybody_writes_them() -> None:
    text = b'[rep]\nname = "' + b"a." * 60 + b'"\nhome.latitude = 44.9\nhome.longitude = -123.0\n'
    assert read_settings(parse_document(text, "campaign.toml")).findings == ()


def calendar(events: int, more: str = "") -> bytes:
    each = f"BEGIN:VEVENT\r\nDTSTART:20270105T090000Z\r\nDURATION:PT1H\r\n{more}END:VEVENT\r\n"
    return f"BEGIN:VCALENDAR\r\n{each * events}END:VCALENDAR\r\n".encode()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (calendar(10) + b" " * 9_000_000, "is 9 MB large"),
        (calendar(300, "RRULE:FREQ=DAILY\r\n"), "takes more than 20,000 times in the campaign"),
    ],
    ids=["large", "often"],
)
def test_a_calendar_of_too_much_is_refused(data: bytes, problem: str) -> None:
    found = read_calendar(data, "c.ics", QUARTER)
    assert ([one.problem for one in found.findings], found.busy) == ([problem], ())
