"""What a rep ticks off in a spreadsheet, read back right or refused with its place."""

import datetime as dt
from collections.abc import Mapping

import pytest
from handmade import territory
from list_writing import write_rows

from campaign.model.outcomes import Outcome
from campaign.reading.lists.records import Records
from campaign.reading.parsing.table import parse_table
from campaign.reading.plans.campaign_csv import read_touches
from campaign.touches import Status, Touch

START = dt.date(2027, 1, 4)
ROW = {
    "touch_id": "0042/007/P-01",
    "day": "9",
    "date": "2027-01-12",
    "start": "08:30",
    "end": "08:46",
    "account_id": "0042",
    "contact_id": "007",
    "channel": "call",
    "cadence": "promises",
    "step": "P-01",
    "purpose": "promise",
    "required": "yes",
    "minutes": "16",
    "arrives": "",
    "status": "planned",
    "outcome": "",
    "done_on": "",
    "again_on": "",
    "planned_on": "2027-01-04",
    "note": "",
}


def saved(*changes: Mapping[str, str], separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    rows = ({**ROW, **change} for change in changes)
    return write_rows(list(ROW), rows, separator=separator, encoding=encoding)


def touches(data: bytes) -> Records[Touch]:
    return read_touches(parse_table(data, "campaign.csv"), START, territory())


def one(**change: str) -> Touch:
    records = touches(saved(change))
    assert [str(found) for found in records.all_findings] == []
    return records.items[0]


TICKED = {"outcome": "reached", "done_on": "2027-01-12", "note": "rather pleased"}
AS_US = {
    "date": "1/12/2027",
    "planned_on": "1/4/2027",
    "done_on": "1/12/2027",
    "start": "8:30",
    "end": "8:46 AM",
    "account_id": "42",
    "contact_id": "7",
}
AS_GERMAN = {
    "date": "12.01.2027",
    "planned_on": "04.01.2027",
    "done_on": "12.01.2027",
    "start": "08:30:00",
    "account_id": "42",
    "contact_id": "7",
}
AS_NUMBERS = {"date": "12/01/2027", "planned_on": "04/01/2027", "done_on": "12/01/2027"}
AS_LIBREOFFICE = {"start": "08:30:00 AM", "end": "08:46:00 AM"}


@pytest.mark.parametrize(
    ("change", "separator", "encoding"),
    [
        ({}, ",", "utf-8"),
        ({}, ";", "utf-8-sig"),
        (AS_US, ",", "cp1252"),
        (AS_GERMAN, ";", "cp1252"),
        (AS_NUMBERS, ";", "utf-8"),
        (AS_LIBREOFFICE, ",", "utf-8"),
    ],
    ids=["plain", "semicolons", "Excel US", "Excel German", "Numbers", "LibreOffice"],
)
def test_a_row_ticked_off_in_a_spreadsheet_is_read_as_it_was_meant(
    change: Mapping[str, str], separator: str, encoding: str
) -> None:
    records = touches(saved({**TICKED, **change}, separator=separator, encoding=encoding))
    assert [found for found in records.all_findings if found.is_error] == []
    (touch,) = records.items
    assert touch == one(**TICKED)
    assert (touch.status, touch.outcome, touch.done_on) == (
        Status.DONE,
        Outcome.REACHED,
        dt.date(2027, 1, 12),
    )
    assert (touch.account_id, touch.contact_id, touch.start) == ("0042", "007", 510)


def test_moved_columns_change_nothing() -> None:
    moved = write_rows(sorted(ROW, reverse=True), [{**ROW, **TICKED}])
    assert touches(moved).items == (one(**TICKED),)


def test_the_zeros_of_a_step_come_back_also_in_a_further_attempt() -> None:
    assert one(touch_id="0042/007/0815#2", step="815").step == "0815"


@pytest.mark.parametrize("tick", ["x", "X", "\u2713", "yes", "ja", "TRUE", "done", "Done"])
def test_a_tick_in_the_column_status_is_done(tick: str) -> None:
    assert one(status=tick).status is Status.DONE


@pytest.mark.parametrize("word", ["no answer", "No-answer", "NO_ANSWER"])
def test_an_outcome_may_be_spelt_with_spaces_and_capitals(word: str) -> None:
    touch = one(outcome=word)
    assert (touch.outcome, touch.status) == (Outcome.NO_ANSWER, Status.DONE)


def test_a_day_on_which_it_was_done_is_enough() -> None:
    assert one(done_on="2027-01-13").status is Status.DONE


@pytest.mark.parametrize(
    ("change", "column", "remedy"),
    [
        ({"outcome": "reachd"}, "outcome", "did you mean reached?"),
        ({"outcome": "later"}, "again_on", "write the date they asked for"),
        ({"outcome": "met", "status": "missed"}, "status", "write done, or empty that"),
        ({"done_on": "2027-01-12", "status": "skipped"}, "status", "write done, or empty that"),
        ({"status": "dunno"}, "status", "write one of planned, done, missed, skipped, cancelled"),
        ({"done_on": "45999"}, "done_on", "write 2025-12-08 if it is a spreadsheet's number"),
        ({"start": "25:00"}, "start", "write 09:00"),
        ({"start": "13:30 PM"}, "start", "write 09:00"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_place(
    change: Mapping[str, str], column: str, remedy: str
) -> None:
    (finding,) = touches(saved({}, change)).all_findings
    assert (finding.file, finding.row, finding.column) == ("campaign.csv", 3, column)
    assert remedy in finding.remedy


@pytest.mark.parametrize(
    ("channel", "outcome"),
    [
        ("letter", "no_answer"),
        ("letter", "met"),
        ("visit", "voicemail"),
        ("visit", "wrong_number"),
        ("call", "returned_mail"),
    ],
)
def test_an_outcome_that_its_channel_cannot_have_is_refused(channel: str, outcome: str) -> None:
    (finding,) = touches(saved({"channel": channel, "outcome": outcome})).all_findings
    assert (finding.row, finding.column) == (2, "outcome")
    assert finding.problem == f"{outcome} is no outcome of a {channel}"
