"""A plan that was ticked off in its workbook is read again."""

import datetime as dt
import io
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from exports import workbook
from handmade import campaign, territory

from campaign.errors import Finding
from campaign.outputs.workbook import render_workbook
from campaign.reading import read_plan
from campaign.touches import Plan, Status, Touch

ID = "A-5/A-5/hello"


def written(path: Path) -> Path:
    path.write_bytes(render_workbook(campaign()))
    return path


def ticked(path: Path, sheet: str = "Campaign", **cells: object) -> Path:
    """The workbook with some cells of one touch filled in, as a person does."""
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(campaign())))
    rows = list(book[sheet].rows)
    heads = [cell.value for cell in rows[0]]
    (row,) = (row for row in rows if row[heads.index("Touch id")].value == ID)
    for name, value in cells.items():
        row[heads.index(name.replace("_", " ").capitalize())].value = value
    book.save(path)
    return path


def read(path: Path) -> tuple[Plan, tuple[Finding, ...]]:
    return read_plan(path, territory())


def touch_of(path: Path) -> Touch:
    plan, findings = read(path)
    assert not findings
    assert len(plan.touches) == len(campaign().touches)
    return next(touch for touch in plan.touches if touch.touch_id == ID)


def test_a_workbook_gives_back_the_whole_plan(tmp_path: Path) -> None:
    plan, findings = read(written(tmp_path / "campaign.xlsx"))
    assert not findings
    assert sorted(plan.touches, key=hash) == sorted(campaign().touches, key=hash)
    assert plan.left_out == campaign().left_out


def test_what_was_ticked_off_is_there(tmp_path: Path) -> None:
    found = touch_of(
        ticked(
            tmp_path / "a.xlsx",
            status="done",
            outcome="reached",
            done_on=dt.date(2027, 1, 13),
            again_on=dt.datetime(2027, 2, 1),  # noqa: DTZ001 (cells have no zone)
            note="=1+1 they said\nsecond line",
            pinned="yes",
        )
    )
    assert (found.status, found.outcome, found.pinned) == (Status.DONE, "reached", True)
    assert (found.done_on, found.again_on) == (dt.date(2027, 1, 13), dt.date(2027, 2, 1))


@pytest.mark.parametrize("note", ["- was glad", "'=quoted", "+49 89 1", "00123", "@home", "א 🥐"])
def test_a_note_is_the_note_that_was_written(tmp_path: Path, note: str) -> None:
    assert touch_of(ticked(tmp_path / "a.xlsx", note=note)).note == note.removeprefix("'")


def test_a_cell_that_cannot_be_read_is_found_with_its_sheet_and_row(tmp_path: Path) -> None:
    _plan, (finding,) = read(ticked(tmp_path / "a.xlsx", done_on="last week"))
    assert (finding.file, finding.column) == ('a.xlsx, sheet "Campaign"', "done_on")
    assert finding.row > 1


def test_without_the_sheet_of_what_is_left_out_the_file_beside_it_is_read(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(campaign())))
    del book["Left out"]
    book.save(tmp_path / "campaign.xlsx")
    assert read(tmp_path / "campaign.xlsx")[0].left_out == ()
    campaign().write(tmp_path / "campaign.csv")
    assert read(tmp_path / "campaign.xlsx")[0].left_out == campaign().left_out


def test_a_workbook_without_a_plan_is_refused(tmp_path: Path) -> None:
    other = workbook(tmp_path / "a.xlsx", {"S": [["Month", "Revenue"], ["May", 12]]})
    _plan, (finding,) = read(other)
    assert (finding.file, finding.problem) == ("a.xlsx", "has no sheet with a plan")


def test_two_plans_in_one_workbook_are_refused(tmp_path: Path) -> None:
    heads = ["touch_id", "date", "purpose"]
    two = workbook(tmp_path / "a.xlsx", {"One": [heads], "Two": [heads]})
    _plan, (finding,) = read(two)
    assert finding.problem == 'has several sheets with a plan: "One" and "Two"'


def test_a_damaged_workbook_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(render_workbook(campaign())[:2000])
    _plan, (finding,) = read(tmp_path / "a.xlsx")
    assert "is damaged, or no workbook" in finding.problem
