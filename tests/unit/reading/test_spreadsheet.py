"""A plan as a spreadsheet saves it: dates in its own order, ids without their zeros."""

import datetime as dt
from collections.abc import Mapping, Sequence

import pytest
from list_writing import write_rows

from campaign.errors import Severity
from campaign.reading.findings import few_of_each_kind
from campaign.reading.lists.records import Records
from campaign.reading.parsing.table import parse_table
from campaign.reading.plans.campaign_csv import read_left_out, read_touches
from campaign.touches import Touch

START = dt.date(2027, 1, 4)
ROW = {
    "touch_id": "A-1/C-1/visit",
    "day": "",
    "date": "2027-01-11",
    "account_id": "A-1",
    "contact_id": "C-1",
    "channel": "visit",
    "cadence": "key-account",
    "step": "visit",
    "purpose": "listen",
    "required": "yes",
    "minutes": "55",
    "arrives": "",
    "done_on": "",
    "planned_on": "",
    "again_on": "",
    "note": "",
}


def plan(*changes: Mapping[str, str], separator: str = ",", encoding: str = "utf-8") -> bytes:
    rows = ({**ROW, **change} for change in changes)
    return write_rows(list(ROW), rows, separator=separator, encoding=encoding)


def touches(data: bytes) -> Records[Touch]:
    return read_touches(parse_table(data, "campaign.csv"), START)


def dates(records: Records[Touch]) -> Sequence[dt.date]:
    return [touch.date for touch in records.items]


@pytest.mark.parametrize("midnight", ["", " 0:00", " 00:00:00"])
@pytest.mark.parametrize(("first", "second"), [("2/3/2027", "2/4/2027"), ("3/2/2027", "4/2/2027")])
def test_the_column_day_settles_the_order_of_the_dates(
    first: str, second: str, midnight: str
) -> None:
    records = touches(
        plan({"day": "31", "date": first + midnight}, {"day": "32", "date": second + midnight})
    )
    assert dates(records) == [dt.date(2027, 2, 3), dt.date(2027, 2, 4)]
    assert [(one.column, one.severity) for one in records.findings] == [("date", Severity.NOTICE)]


def test_without_days_one_cell_settles_the_order_of_its_column() -> None:
    records = touches(plan({"date": "1/4/2027"}, {"date": "1/13/2027"}))
    assert dates(records) == [dt.date(2027, 1, 4), dt.date(2027, 1, 13)]
    assert "as 1/13/2027 shows" in records.findings[0].problem


def test_a_moved_row_whose_day_no_longer_fits_does_not_unsettle_the_others() -> None:
    records = touches(plan({"day": "31", "date": "2/3/2027"}, {"day": "99", "date": "2/5/2027"}))
    assert dates(records) == [dt.date(2027, 2, 3), dt.date(2027, 2, 5)]


def test_dates_that_nothing_settles_are_one_finding_for_the_column() -> None:
    records = touches(plan({"date": "2/3/2027"}, {"date": "2/4/2027"}, {"date": "2/5/2027"}))
    (finding,) = few_of_each_kind(records.all_findings)
    assert (finding.column, finding.row, finding.is_error) == ("date", 2, True)
    assert "3 dates" in finding.problem
    assert "rows 2, 3, 4" in finding.problem
    assert records.items == ()


def test_two_orders_in_one_column_settle_nothing() -> None:
    records = touches(
        plan({"date": "1/13/2027"}, {"date": "14/1/2027"}, {"date": "1/5/2027"}),
    )
    assert dates(records) == [dt.date(2027, 1, 13), dt.date(2027, 1, 14)]
    assert [one.row for one in records.all_findings] == [4]


def test_days_that_contradict_the_dates_settle_nothing() -> None:
    records = touches(plan({"date": "1/13/2027"}, {"day": "31", "date": "3/2/2027"}))
    assert [(one.row, one.is_error) for one in records.all_findings] == [(3, True)]


@pytest.mark.parametrize("column", ["planned_on", "arrives", "done_on", "again_on"])
def test_every_date_of_the_plan_is_read_as_the_column_date_is(column: str) -> None:
    records = touches(plan({"day": "1", "date": "1/4/2027", column: "1/5/2027"}))
    (touch,) = records.items
    assert getattr(touch, column) == dt.date(2027, 1, 5)


def test_what_a_column_shows_itself_goes_before_the_column_date() -> None:
    records = touches(
        plan(
            {"day": "1", "date": "1/4/2027", "done_on": "13/1/2027"},
            {"day": "1", "date": "1/4/2027", "done_on": "5/1/2027"},
        )
    )
    assert [touch.done_on for touch in records.items] == [
        dt.date(2027, 1, 13),
        dt.date(2027, 1, 5),
    ]


def test_a_plan_from_a_german_spreadsheet_is_read() -> None:
    row = {"day": "1", "date": "04.01.2027", "done_on": "05.01.2027 00:00", "note": "fällt aus"}
    records = touches(plan({**row, "required": "WAHR"}, separator=";", encoding="cp1252"))
    (touch,) = records.items
    assert (touch.date, touch.done_on) == (START, dt.date(2027, 1, 5))
    assert (touch.note, touch.required) == ("fällt aus", True)


def test_leading_zeros_come_back_from_the_touch_id() -> None:
    records = touches(plan({"touch_id": "00101/007/visit", "account_id": "101", "contact_id": "7"}))
    assert [(one.account_id, one.contact_id) for one in records.items] == [("00101", "007")]


def test_an_id_that_differs_from_the_touch_id_in_more_than_zeros_stands() -> None:
    records = touches(plan({"touch_id": "00101/007/visit", "account_id": "102", "contact_id": "8"}))
    assert [(one.account_id, one.contact_id) for one in records.items] == [("102", "8")]


def test_leading_zeros_come_back_in_what_was_left_out() -> None:
    text = (
        "touch_id,account_id,contact_id,channel,cadence,step,required,reason_code,reason\n"
        "00101/007/news,101,7,letter,key-account,news,no,capacity,full\n"
    )
    records = read_left_out(parse_table(text.encode(), "left-out.csv"))
    assert [(one.account_id, one.contact_id) for one in records.items] == [("00101", "007")]
