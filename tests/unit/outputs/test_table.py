import csv
import io
from pathlib import Path

import pytest
from attrs import evolve
from handmade import FORMULA, LONG, QUOTED, RIGHT_TO_LEFT, START, TOUCHES, TWO_LINES, campaign
from hypothesis import given
from hypothesis import strategies as st

from campaign.outputs.plan_table import (
    CAMPAIGN_COLUMNS,
    LEFT_OUT_COLUMNS,
    encode,
    harmless,
    in_order,
    render_campaign,
    render_left_out,
    touch_record,
)
from campaign.reading import read_plan
from campaign.reading.parsing.table import parse_table
from campaign.touches import Plan, Touch

CONTRACT = (
    "touch_id day date start end stop account_id account tier contact_id contact channel cadence "
    "step purpose required minutes travel_minutes home_minutes arrives phone address status "
    "outcome done_on again_on planned_on due late told note say brief why pinned"
)


def rows_of(text: str) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {row["touch_id"].removeprefix("'"): row for row in rows}


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, str]]:
    return rows_of(render_campaign(campaign()))


def test_the_columns_are_those_of_the_contract() -> None:
    assert list(CAMPAIGN_COLUMNS) == CONTRACT.split()
    assert render_campaign(campaign()).splitlines()[0] == ",".join(CAMPAIGN_COLUMNS)
    assert render_left_out(campaign()).splitlines()[0] == ",".join(LEFT_OUT_COLUMNS)


def test_a_byte_order_mark_comes_first_and_lines_end_with_a_line_feed() -> None:
    content = encode(render_campaign(campaign()))
    assert content.startswith(b"\xef\xbb\xbftouch_id,day,")
    assert b"\r" not in content
    assert content.endswith(b"\n")


def test_rows_are_in_the_order_of_the_day_tour_first() -> None:
    assert [touch.touch_id for touch in in_order(reversed(TOUCHES))][:5] == [
        "A-2/A-2/go",
        "@3/@3/extra",
        "@3/@3/visit",
        "A-1/P-2/hello",
        "A-1/P-1/PR-1",
    ]


@pytest.mark.parametrize(
    ("touch_id", "column", "cell"),
    [
        ("A-2/A-2/go", "day", "1"),
        ("A-2/A-2/go", "start", "09:00"),
        ("A-2/A-2/go", "end", "09:55"),
        ("A-2/A-2/go", "stop", "1"),
        ("A-2/A-2/go", "home_minutes", ""),
        ("A-2/A-2/go", "contact_id", "A-2"),
        ("@3/@3/visit", "travel_minutes", "0"),
        ("@3/@3/extra", "home_minutes", "6"),
        ("@3/@3/extra", "required", "no"),
        ("A-1/P-2/hello", "stop", ""),
        ("A-1/P-2/hello", "travel_minutes", ""),
        ("A-1/P-2/hello", "arrives", "2027-01-11"),
        ("A-1/P-2/hello", "phone", "+49 89 123"),
        ("A-1/P-2/hello", "address", "Other Road 2, Keizer, OR"),
        ("A-1/P-1/PR-1", "phone", "'+1-503-555-0101"),
        ("A-1/P-1/PR-1", "address", "Hauptstraße 1, Salem, OR 97301"),
        ("A-1/P-1/PR-1", "note", "was glad\nsend more"),
        ("A-1/P-1/PR-1", "done_on", "2027-01-07"),
        ("A-1/P-1/PR-1", "again_on", "2027-02-01"),
        ("A-1/P-1/PR-1", "pinned", "yes"),
        ("A-1/P-1/PR-1", "account", QUOTED),
        ("A-1/P-2/hello", "pinned", ""),
        ("A-2/A-2/go", "account", f"'{FORMULA}"),
        ("@3/@3/visit", "account", RIGHT_TO_LEFT),
        ("A-5/A-5/hello", "account", LONG.strip()),
        ("A-5/A-5/hello", "planned_on", "2027-01-04"),
    ],
)
def test_a_cell_holds(
    rows: dict[str, dict[str, str]], touch_id: str, column: str, cell: str
) -> None:
    assert rows[touch_id][column] == cell


def test_what_is_left_out_keeps_its_order_and_names_its_reason() -> None:
    rows = rows_of(render_left_out(campaign()))
    assert list(rows) == ["A-4/A-4/hello", "A-5/A-5/more", "A-2/A-2/sorry"]
    assert rows["A-4/A-4/hello"]["reason_code"] == "do_not_contact"
    assert rows["A-4/A-4/hello"]["account"] == TWO_LINES
    assert rows["A-5/A-5/more"]["required"] == "no"


def test_a_record_for_programs_holds_numbers_and_none() -> None:
    record = touch_record(campaign(), TOUCHES[1])
    assert (record["stop"], record["minutes"], record["required"]) == (1, 55, True)
    assert (record["home_minutes"], record["arrives"], record["pinned"]) == (None, None, None)


def test_a_row_of_an_unknown_account_is_written_without_names() -> None:
    unknown = evolve(TOUCHES[0], account_id="A-9", contact_id="P-9")
    record = touch_record(campaign(), unknown)
    assert (record["account"], record["contact"], record["phone"]) == ("", "", "")


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "-",
        "+",
        "\uff1dHYPERLINK(1)",
        "\uff0b1",
        "\uff0d1",
        "\uff20SUM(1)",
        " =1+1",
        "\n@SUM(A1)",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    ["", "plain", "1=1", "+49 89 123", "+1 (503) 555-0100", "+1(503)555-0100", "-5", "-5.25",
     "+4989123", "-1,234.50", "'t Hof", "'"],
)  # fmt: skip
def test_what_no_spreadsheet_runs_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize("cell", ["+1-503-555-0100", "+ 49 89", "+49 89 x12", "-5-5", "+1 2=3"])
def test_a_number_that_would_be_reckoned_with_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_reading_takes_off_exactly_what_writing_put_on(text: str) -> None:
    plan = evolve(campaign(), touches=(evolve(TOUCHES[0], note=text),))
    table = parse_table(encode(render_campaign(plan)), "campaign.csv")
    note = CAMPAIGN_COLUMNS.index("note")
    assert [row.cells[note] for row in table.rows] == [text]


def read_back(plan: Plan, folder: Path) -> Plan:
    (folder / "campaign.csv").write_bytes(encode(render_campaign(plan)))
    (folder / "left-out.csv").write_bytes(encode(render_left_out(plan)))
    found, findings = read_plan(folder / "campaign.csv", plan.territory)
    assert not findings
    return found


def test_a_plan_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    plan = campaign()
    found = read_back(plan, tmp_path)
    assert found.touches == tuple(in_order(plan.touches))
    assert found.left_out == plan.left_out


@pytest.mark.parametrize(
    "text", [QUOTED, FORMULA, RIGHT_TO_LEFT, TWO_LINES, LONG.strip(), "'=1", "''+1 2", "a;b\tc,d"]
)
def test_any_note_is_read_back_as_it_was_written(tmp_path: Path, text: str) -> None:
    written = Touch(
        "A-1/P-1/hello",
        START,
        account_id="A-1",
        contact_id="P-1",
        channel="call",
        cadence="standard",
        step="hello",
        purpose="listen",
        required=True,
        minutes=16,
        planned_on=START,
        note=text,
        say=text,
        brief=text,
    )
    plan = evolve(campaign(), touches=(written,), left_out=())
    assert read_back(plan, tmp_path).touches == (written,)


def test_the_words_of_a_touch_stand_in_one_line_and_are_lines_again(tmp_path: Path) -> None:
    said = evolve(TOUCHES[0], say="Dear Ada,\n\nthank you.")
    plan = evolve(campaign(), touches=(said,), left_out=())
    assert "Dear Ada, ¶  ¶ thank you." in render_campaign(plan).splitlines()[1]
    assert read_back(plan, tmp_path).touches == (said,)
