"""Workbooks with real bytes: which sheet is read, what the cells become, what is refused."""

import datetime as dt
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import bombs
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from bombs import BOMBS
from exports import workbook
from python_calamine import PasswordError

from campaign.reading import load
from campaign.reading.parsing import workbook_process as confined
from campaign.reading.parsing.table import Table, parse_list, parse_table

LIST = [["Id", "Name"], [1, "Foo"]]
OTHER = [["Month", "Revenue so far"], ["May", 12]]


def table(path: Path, sheet: str = "") -> Table:
    return parse_list(path.read_bytes(), path.name, sheet=sheet)


def test_cells_become_the_texts_that_our_lists_have(tmp_path: Path) -> None:
    cells = [7, 7.25, True, False, "x", dt.date(2026, 3, 4), dt.datetime(2026, 3, 4, 9, 30)]  # noqa: DTZ001 (cells have no zone)
    path = workbook(tmp_path / "a.xlsx", {"S": [list("abcdefg"), cells]})
    (row,) = parse_table(path.read_bytes(), "a.xlsx").rows
    assert row.cells[:6] == ("7", "7.25", "yes", "no", "x", "2026-03-04")
    assert row.cells[6] == "2026-03-04 09:30:00"


def test_times_of_day_and_midnights_are_texts_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Day", "Time"])
        midnight = dt.datetime(2026, 3, 4)  # noqa: DTZ001 (cells have no zone)
        sheet.write_datetime(1, 0, midnight, book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        sheet.write_datetime(1, 1, dt.time(9, 30), book.add_format({"num_format": "hh:mm"}))
    (row,) = parse_table(path.read_bytes(), "a.xlsx").rows
    assert row.cells[:2] == ("2026-03-04", "09:30")


def test_rows_have_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"S": [[], [], ["Id", "Name"], [], [1, "Foo"]]})
    found = table(path)
    assert (found.heading_row, [row.number for row in found.rows]) == (3, [5])


def test_the_only_sheet_with_a_list_is_read_and_told(tmp_path: Path) -> None:
    found = table(workbook(tmp_path / "a.xlsx", {"Notes": OTHER, "Kunden": LIST}))
    assert [row.cells for row in found.rows] == [("1", "Foo")]
    assert found.said == ('a.xlsx: read sheet "Kunden"',)


def test_of_two_lists_the_user_has_to_name_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"North": LIST, "South": LIST})
    (error,) = table(path).findings
    assert 'several sheets: "North", "South"' in error.problem
    assert "--sheet" in error.remedy
    assert table(path, "south").rows[0].cells == ("1", "Foo")


def test_a_sheet_that_is_not_there_brings_those_that_are(tmp_path: Path) -> None:
    (error,) = table(workbook(tmp_path / "a.xlsx", {"North": LIST}), "West").findings
    assert str(error) == 'a.xlsx: has no sheet "West"; its sheets are "North"'
    (error,) = parse_list(b"id,name\n1,Foo\n", "a.csv", sheet="West").findings
    assert "plain text" in error.problem


def test_a_number_that_has_lost_digits_is_noticed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"S": [["Id", "Name"], [900000000000000128, "Foo"]]})
    (notice,) = table(path).rows[0].faults
    assert (notice.row, notice.is_error) == (2, False)


def test_a_bare_workbook_is_a_list(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"S": LIST})
    territory = load(path, start=dt.date(2027, 1, 4)).territory
    assert territory is not None
    assert [account.name for account in territory.accounts] == ["Foo"]


def packed(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"PK\x03\x04 and nothing more", "is damaged, or no workbook"),
        (packed(**{"a.txt": b"x"}), "is damaged, or no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is damaged, or no workbook"),
    ],
    ids=["cut", "another archive", "no XLS"],
)
def test_what_is_no_workbook_is_refused(data: bytes, problem: str) -> None:
    found = parse_list(data, "a.xlsx")
    assert [problem in finding.problem for finding in found.findings] == [True]
    assert found.rows == ()


def test_an_empty_workbook_is_an_empty_list(tmp_path: Path) -> None:
    assert table(workbook(tmp_path / "a.xlsx", {"S": []})).is_empty


class PanicException(BaseException):
    pass


def opened_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def load(_file: object) -> object:
        raise error

    monkeypatch.setattr("python_calamine.load_workbook", load)


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (PanicException("slice out of range"), {"problem": "is damaged, or no workbook"}),
        (PasswordError("locked"), {"problem": "is locked by a password"}),
        (ValueError("odd"), {"problem": "is damaged, or no workbook", "because": "odd"}),
    ],
)
def test_what_the_library_says_of_a_workbook_is_told(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, found: dict[str, str]
) -> None:
    opened_with(monkeypatch, error)
    assert list(confined.lines(b"")) == [found]


def test_ctrl_c_is_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    opened_with(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        list(confined.lines(b""))


@pytest.mark.parametrize(
    ("bound", "problem"),
    [
        ({"MOST_ROWS": 1}, confined.TOO_MANY),
        ({"MOST_CELLS": 3}, confined.TOO_MANY),
        ({"MOST_LETTERS": 8}, confined.TOO_LONG),
        ({}, ""),
    ],
)
def test_a_reader_stops_where_a_workbook_is_more_than_a_list(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bound: dict[str, int], problem: str
) -> None:
    for name, most in bound.items():
        monkeypatch.setattr(confined, name, most)
    found = list(confined.lines(workbook(tmp_path / "a.xlsx", {"S": LIST}).read_bytes()))
    problems = [one.get("problem") for one in found if isinstance(one, dict)]
    assert problems[-1] == (problem or None)


def test_a_reader_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    (error,) = parse_list(packed(a=b"x"), "a.xlsx").findings
    assert "needs a program of its own to read it" in error.problem


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded and counted there")
def test_no_hostile_workbook_takes_300_megabytes_or_ends_the_program(tmp_path: Path) -> None:
    for name, made in BOMBS.items():
        (tmp_path / f"{name}.xlsx").write_bytes(made())
    program = [sys.executable, bombs.__file__, str(tmp_path)]
    paths = os.pathsep.join(filter(None, sys.path))
    output = subprocess.run(
        program, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, check=True
    ).stdout
    found = json.loads(output)
    assert max(found["kilobytes"]) < 300_000
    rows = {name: (rows, findings) for name, rows, findings in found["read"]}
    assert set(rows) == set(BOMBS)
    read = {name for name, (_, findings) in rows.items() if not findings}
    assert read <= {"a million shared texts", "nested deeply", "repeated empty rows"}
    assert all(len(text) < 400 for _, findings in rows.values() for text in findings)
