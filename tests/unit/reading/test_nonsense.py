"""Cells that can be read and mean nothing: told once a column, never taken in silence."""

from pathlib import Path

import pytest
from folders import sound_folder

from campaign.reading import load
from campaign.reading.cells.countries import country_code

HEADINGS = "account_id,name,latitude,longitude,value,last_contact,email,timezone\n"
SOUND = ["44.9", "-123.0", "100", "2026-01-05", "a@b.example", "UTC"]


def found(tmp_path: Path, column: int, *cells: str) -> list[str]:
    """What is found on a list whose rows hold these in a column."""
    rows = [[*SOUND[:column], cell, *SOUND[column + 1 :]] for cell in cells]
    if column < 2:
        rows = [[cell, cell, *SOUND[2:]] for cell in cells]
    lines = [f"A-{n},Mill {n},{','.join(row)}\n" for n, row in enumerate(rows)]
    folder = sound_folder(
        tmp_path / "mine", accounts=HEADINGS + "".join(lines), contacts="", promises=""
    )
    return [str(one) for one in load(folder).findings]


@pytest.mark.parametrize(
    ("column", "cells", "sentence"),
    [
        (0, ["nan", "NULL"], "accounts.csv:2 latitude: 2 cells hold no number, as nan"),
        (1, ["inf"], "accounts.csv:2 longitude: 1 cell holds no number, as inf"),
        (2, ["1e308"], 'accounts.csv:2 value: "1e308" is no amount that an account is worth'),
        (3, ["1927-01-05"], "accounts.csv:2 last_contact: 1 date lies before 1970, as 1927-01-05"),
        (4, ["foo at bar", "@"], "accounts.csv:2 email: 2 cells are no address for email, as"),
        (5, ["localtime"], 'accounts.csv:2 timezone: "localtime" is no time zone; it is another'),
        (5, ["posix/Europe/Berlin"], "it is another on each machine"),
    ],
)
def test_nonsense_is_told_once_a_column(
    tmp_path: Path, column: int, cells: list[str], sentence: str
) -> None:
    assert sum(sentence in one for one in found(tmp_path, column, *cells)) == 1


@pytest.mark.parametrize("text", ["%s%n", "{{country}}", "<us>", "D=E", "U$"])
def test_what_a_template_has_left_is_no_country(text: str) -> None:
    assert country_code(text) == text


def test_a_country_is_known_all_the_same() -> None:
    assert [country_code(text) for text in ("sn", "U.S.", "Korea, Republic of")] == [
        "SN",
        "US",
        "KR",
    ]
