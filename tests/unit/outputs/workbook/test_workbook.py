"""The workbook as a spreadsheet reader sees it: sheets, cells, drop-downs, print set-up."""

import datetime as dt
import io
import re
import zipfile

import openpyxl  # type: ignore[import-untyped]
import pytest
from attrs import evolve
from handmade import ACCOUNTS, FORMULA, LONG, QUOTED, START, campaign
from reports import hostile, large
from rows import a_touch, left

from campaign.model.accounts import Delivered
from campaign.model.outcomes import OUTCOMES
from campaign.model.rep import Rep
from campaign.outputs.plan_table import CAMPAIGN_COLUMNS, LEFT_OUT_COLUMNS
from campaign.outputs.workbook import (
    CAMPAIGN_SHEET_COLUMNS,
    LEFT_OUT_SHEET_COLUMNS,
    render_workbook,
)
from campaign.outputs.workbook.book import MOST_CHARACTERS, cell_text
from campaign.touches import HEARD, Plan, Status

Rows = list[tuple[object, ...]]


def book(plan: Plan, day: dt.date | None = None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render_workbook(plan, day=day)))


def rows(plan: Plan, sheet: str, day: dt.date | None = None) -> Rows:
    return [tuple(cell.value for cell in row) for row in book(plan, day)[sheet].rows]


def column(plan: Plan, name: str) -> list[object]:
    heads, *others = rows(plan, "Campaign")
    place = heads.index(name)
    return [row[place] for row in others]


def test_the_sheets_stand_in_the_order_of_use() -> None:
    assert book(campaign()).sheetnames == ["Today", "Week", "Campaign", "Coverage", "Left out"]


def test_the_sheets_have_every_column_of_the_files() -> None:
    assert sorted(CAMPAIGN_SHEET_COLUMNS) == sorted(CAMPAIGN_COLUMNS)
    assert sorted(LEFT_OUT_SHEET_COLUMNS) == sorted(LEFT_OUT_COLUMNS)


def test_dates_are_dates_numbers_are_numbers_and_texts_are_texts() -> None:
    plan = campaign()
    assert column(plan, "Date")[0] == dt.datetime(2027, 1, 4)  # noqa: DTZ001 (cells have no zone)
    assert set(column(plan, "Minutes")) == {0, 4, 15, 16, 55}
    assert column(plan, "Done on").count(None) == len(plan.touches) - 1
    assert set(column(plan, "Required")) == {"yes", "no"}
    assert len(column(plan, "Touch id")) == len(plan.touches)


def test_what_is_typed_into_an_empty_cell_stays_a_date_or_a_text() -> None:
    sheet = book(campaign())["Campaign"]
    heads = [cell.value for cell in sheet[1]]
    formats = {head: cell.number_format for head, cell in zip(heads, sheet[2], strict=True)}
    assert sheet[2][heads.index("Done on")].value is None
    assert {formats[name] for name in ("Done on", "Again on")} == {"yyyy-mm-dd"}
    assert {formats[name] for name in ("Note", "Outcome", "Account id", "Phone")} == {"@"}
    assert formats["Minutes"] == "General"


def test_no_cell_is_a_formula_and_none_would_become_one() -> None:
    for plan in (campaign(), hostile()):
        content = render_workbook(plan)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
            assert not any(
                b"<f>" in re.sub(rb"<(cond|dataVal).*?</\1[^>]*>", b"", packed.read(s))
                for s in sheets
            )
            assert not any(
                "externalLink" in name or "hyperlink" in name for name in packed.namelist()
            )
        for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
            texts = [c.value for row in sheet.rows for c in row if isinstance(c.value, str)]
            assert texts
            assert not [text for text in texts if text.startswith(("=", "@", "\t", "\r"))]
    assert f"'{FORMULA}" in column(campaign(), "Account")


def test_hard_names_are_right() -> None:
    found = {str(name).removeprefix("'") for name in column(campaign(), "Account")}
    assert found == {account.name for account in ACCOUNTS if account.account_id != "A-4"}
    assert {QUOTED, LONG.strip()} < found


def test_what_excel_cannot_hold_is_cut_and_control_signs_are_shown() -> None:
    assert cell_text("a\x07b") == "a\ufffdb"
    assert cell_text("\ud800") == "\ufffd"
    assert len(cell_text("x" * 40_000)) == MOST_CHARACTERS
    note = a_touch("A-1/A-1/x", note="n" * 40_000)
    assert len(str(column(evolve(campaign(), touches=(note,)), "Note")[0])) == MOST_CHARACTERS


def test_what_is_ticked_off_is_chosen_from_lists() -> None:
    sheet = book(campaign())["Campaign"]
    heads = {cell.column_letter: cell.value for cell in sheet[1]}
    found = {heads[str(one.sqref)[0]]: one for one in sheet.data_validations.dataValidation}
    assert found["Status"].formula1 == f'"{",".join(Status)}"'
    assert found["Outcome"].formula1 == f'"{",".join(OUTCOMES)}"'
    assert {name: one.type for name, one in found.items()} == {
        "Status": "list",
        "Outcome": "list",
        "Pinned": "list",
        "Done on": "date",
        "Again on": "date",
    }
    last = len(campaign().touches) + 1
    assert all(str(one.sqref).endswith(str(last)) for one in found.values())


def test_the_campaign_has_filters_and_its_head_stays_in_sight() -> None:
    sheet = book(campaign())["Campaign"]
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.print_title_rows == "$1:$1"
    assert "$A$1:$P$" in sheet.print_area


def test_channels_have_colours_of_their_own() -> None:
    sheet = book(campaign())["Campaign"]
    heads = [cell.value for cell in sheet[1]]
    place = heads.index("Channel")
    colours = {row[place].value: row[place].fill.fgColor.rgb for row in list(sheet.rows)[1:]}
    assert set(colours) == {"letter", "visit", "call", "postcard"}
    assert len(set(colours.values())) == 4


def text_of(plan: Plan, sheet: str, day: dt.date | None = None) -> str:
    return "\n".join(str(cell) for row in rows(plan, sheet, day) for cell in row if cell)


def test_today_is_the_day_that_is_asked_for() -> None:
    first = text_of(campaign(), "Today")
    assert "Monday 4 January 2027, 2 h 54 min" in first
    assert "Grievance: wrong varnish. Listen first." in first
    assert [word for word in first.split("\n") if word in ("Visits", "Calls", "Writing")] == [
        *("Visits", "Writing")
    ]
    sixth = text_of(campaign(), "Today", dt.date(2027, 1, 6))
    assert "Wednesday 6 January 2027" in sixth
    assert "✓" in sixth
    assert "Note: was glad\nsend more" in sixth
    empty = text_of(campaign(), "Today", dt.date(2027, 1, 5))
    assert "Nothing planned." in empty


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (dt.date(2026, 1, 1), "Monday 4 January 2027"),
        (dt.date(2030, 1, 1), "Saturday 3 April 2027"),
    ],
)
def test_a_day_outside_the_campaign_is_the_nearest_inside(day: dt.date, shown: str) -> None:
    assert shown in text_of(campaign(), "Today", day)


def test_the_week_has_its_working_days() -> None:
    week = text_of(campaign(), "Week", dt.date(2027, 1, 6))
    days = [line for line in week.split("\n") if line.startswith(("Mon", "Tue", "Wed", "Sat"))]
    assert [day[:9] for day in days] == ["Monday 4 ", "Tuesday 5", "Wednesday"]


@pytest.mark.parametrize(("country", "paper"), [("US", "1"), ("DE", "9")])
def test_it_prints_on_the_paper_of_the_country_as_wide_as_a_page(country: str, paper: str) -> None:
    plan = campaign()
    rep = Rep("Robin", home=(44.93, -123.03), country=country)
    found = book(evolve(plan, territory=evolve(plan.territory, rep=rep)))
    for sheet in found.worksheets:
        assert str(sheet.page_setup.paperSize) == paper
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.page_setup.orientation == "landscape"


def test_the_coverage_names_the_channels_of_each_month_and_marks_a_month_missed() -> None:
    heads, *others = rows(campaign(), "Coverage")
    assert heads == ("Account", "Tier", "City", "Account id", "Month 1", "Month 2", "Month 3")
    by_id = {row[3]: row for row in others if row[3]}
    assert by_id["A-5"][4:] == ("letter", "postcard", "letter")
    assert by_id["A-1"][4:] == ("letter, call", "missed", "missed")
    assert any(str(row[0]).startswith("Tier A") for row in others)


def test_a_month_of_the_delivery_team_or_of_who_wants_no_contact_is_not_missed() -> None:
    plan = campaign()
    there = Delivered("A-1", dt.date(2027, 2, 9))
    changed = evolve(plan.territory, delivered=(there,))
    by_id = {row[3]: row for row in rows(evolve(plan, territory=changed), "Coverage") if row[3]}
    assert by_id["A-1"][4:] == ("letter, call", "team", "missed")
    assert by_id["A-4"][4:] == ("no contact", "no contact", "no contact")


def test_a_month_that_is_not_owed_is_not_missed() -> None:
    plan = campaign()
    tiers = [evolve(tier, floor=tier.name != "A") for tier in plan.territory.tiers]
    found = evolve(plan, territory=evolve(plan.territory, tiers=tuple(tiers)))
    by_id = {row[3]: row for row in rows(found, "Coverage") if row[3]}
    assert by_id["A-1"][4:] == ("letter, call", None, None)
    assert any(str(row[0]) == "Tier A (no month is owed)" for row in rows(found, "Coverage"))


def test_what_is_left_out_has_its_reason() -> None:
    heads, *others = rows(campaign(), "Left out")
    place = heads.index("Reason")
    assert [row[place] for row in others] == [
        "Wants none.",
        "The week is full.",
        "The week is full.",
    ]
    whole = evolve(campaign(), left_out=())
    assert len(rows(whole, "Left out")) == 1
    odd = evolve(campaign(), left_out=(left("A-1/A-1/q", channel='"x'),))
    assert rows(odd, "Left out")[1][3] == '"x'


def test_the_same_plan_and_day_give_the_same_bytes() -> None:
    assert render_workbook(campaign()) == render_workbook(campaign())
    assert render_workbook(campaign(), day=START) == render_workbook(campaign())


def test_three_hundred_accounts_stay_small() -> None:
    assert len(render_workbook(large())) < 1_000_000


def test_a_month_of_many_touches_has_a_row_as_high_as_its_lines() -> None:
    many = [a_touch(f"A-1/A-1/{number}", channel="postcard") for number in range(9)]
    plan = evolve(campaign(), touches=(*campaign().touches, *many))
    sheet = book(plan)["Coverage"]
    (place,) = [row[0].row for row in sheet.iter_rows() if row[3].value == "A-1"]
    words = max(len(str(cell.value or "")) for cell in sheet[place])
    assert words > 4 * 24
    assert sheet.row_dimensions[place].height >= 15 * (words // 24)


def test_what_was_heard_of_an_account_stands_there_without_a_channel() -> None:
    heard = a_touch(
        "A-1/A-1/heard", cadence=HEARD, step=HEARD, channel="", status="done", outcome="complaint"
    )
    plan = evolve(campaign(), touches=(heard,))
    assert column(plan, "Channel") == [None]
    assert column(plan, "Outcome") == ["complaint"]
