"""The page on letters names every template, field and measure as they are."""

import re

import attrs
from documents import doc

from campaign.model.outcomes import OUTCOMES
from campaign.model.stationery import Colleague, Sender, Share
from campaign.outputs.letters import MERGE_COLUMNS, SHEETS

LETTERS = doc("reference/letters")


def lacking(names: object, text: str) -> list[str]:
    return [name for name in names if f"`{name}`" not in text]  # type: ignore[attr-defined]


def test_every_key_of_the_sender_is_shown() -> None:
    shown = re.findall(r"^(\w+) = ", LETTERS.section("The folder `letters`"), re.MULTILINE)
    sender = [field.name for field in attrs.fields(Sender)]
    team = [field.name for field in attrs.fields(Colleague)]
    assert shown == [*sender, "share", *team]


def test_every_key_of_a_share_is_shown() -> None:
    shown = re.findall(r"^(\w+) = ", LETTERS.section("The folder `shares`"), re.MULTILINE)
    assert shown == [field.name for field in attrs.fields(Share) if field.name != "name"]


def test_every_column_of_the_table_is_named() -> None:
    assert lacking(MERGE_COLUMNS, LETTERS.section("letters.csv")) == []


def test_every_sheet_has_its_measures() -> None:
    section = LETTERS.section("Sheets")
    for name, sheet in SHEETS.items():
        box = sheet.boxes[0]
        assert f"| `{name}` | {sheet.width} x {sheet.height} |" in section
        assert f"| {box.width} x {box.height} | {box.left}, {box.top} |" in section


def test_every_outcome_is_named() -> None:
    assert lacking(OUTCOMES, doc("how-to/log-what-happened").section("The outcomes")) == []
