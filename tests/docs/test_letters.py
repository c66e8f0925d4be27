"""The page on letters names every template, field and measure as they are."""

import re

import attrs
from documents import doc

from campaign.model.stationery import Sender
from campaign.outputs.letters import MERGE_COLUMNS, SHEETS
from campaign.outputs.letters.writing import shipped
from campaign.outputs.workbook.rows import OUTCOMES

LETTERS = doc("reference/letters")


def lacking(names: object, text: str) -> list[str]:
    return [name for name in names if f"`{name}`" not in text]  # type: ignore[attr-defined]


def test_every_template_that_ships_has_its_row() -> None:
    section = LETTERS.section("Which template a touch has")
    assert sorted(re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)) == sorted(shipped())


def test_every_key_of_the_sender_is_shown() -> None:
    shown = re.findall(r"^(\w+) = ", LETTERS.section("The folder `letters`"), re.MULTILINE)
    assert shown[:-1] == [field.name for field in attrs.fields(Sender)]


def test_every_column_of_the_table_is_named() -> None:
    assert lacking(MERGE_COLUMNS, LETTERS.section("letters.csv")) == []


def test_every_sheet_has_its_measures() -> None:
    section = LETTERS.section("Sheets")
    for name, sheet in SHEETS.items():
        box = sheet.boxes[0]
        assert f"| `{name}` | {sheet.width} x {sheet.height} |" in section
        assert f"| {box.width} x {box.height} | {box.left}, {box.top} |" in section


def test_every_outcome_is_named() -> None:
    assert lacking(OUTCOMES, doc("reference/commands").section("`--to xlsx`")) == []
