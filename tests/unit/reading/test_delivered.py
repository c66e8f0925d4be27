"""The delivery team's touches are read from delivered.csv, or refused with the row."""

from pathlib import Path

from folders import sound_folder, write_folder

from campaign.model.accounts import Delivered
from campaign.reading import load, read

HEADS = "account_id,date,channel,who,note\n"


def folder_with(tmp_path: Path, text: str) -> Path:
    return write_folder(sound_folder(tmp_path / "mine"), {"delivered.csv": text})


def findings(folder: Path) -> list[tuple[str, int, str]]:
    found = load(folder).findings
    return [(f.file, f.row, f.column) for f in found if f.is_error]


def test_a_folder_without_the_file_has_none(tmp_path: Path) -> None:
    assert read(sound_folder(tmp_path / "mine")).delivered == ()


def test_every_row_is_a_touch(tmp_path: Path) -> None:
    text = f"{HEADS}A-1,2027-01-12,Visit,Ben,fitted the pump\nA-2,2027-02-01,,,\n"
    assert read(folder_with(tmp_path, text)).delivered == (
        Delivered("A-1", "2027-01-12", channel="visit", who="Ben", note="fitted the pump"),
        Delivered("A-2", "2027-02-01"),
    )


def test_the_headings_and_dates_of_a_german_list_are_understood(tmp_path: Path) -> None:
    text = "Kundennummer;Datum;Mitarbeiter;Bemerkung\nA-1;31.01.2027;Ben;Pumpe\n"
    assert read(folder_with(tmp_path, text)).delivered == (
        Delivered("A-1", "2027-01-31", who="Ben", note="Pumpe"),
    )


def test_bad_rows_are_found_all_at_once(tmp_path: Path) -> None:
    text = f"{HEADS}A-1,31/04/2027,,,\n,2027-01-05,,,\nA-9,2027-01-05,,,\nA-1,,,,\n"
    assert findings(folder_with(tmp_path, text)) == [
        ("delivered.csv", 2, "date"),
        ("delivered.csv", 3, "account_id"),
        ("delivered.csv", 4, "account_id"),
        ("delivered.csv", 5, "date"),
    ]


def test_bad_rows_can_be_left_out(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, f"{HEADS}A-9,2027-01-05,,,\nA-1,2027-01-06,,,\n")
    reading = load(folder, skip_bad_rows=True)
    assert reading.territory is not None
    assert [touch.account_id for touch in reading.territory.delivered] == ["A-1"]


def test_a_list_without_dates_is_refused(tmp_path: Path) -> None:
    assert findings(folder_with(tmp_path, "account_id,who\nA-1,Ben\n")) == [
        ("delivered.csv", 1, "date")
    ]


def test_minutes_by_date_are_read_from_the_settings(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "mine")
    settings = (folder / "campaign.toml").read_text(encoding="utf-8")
    more = "[capacity]\nmore = { 2027-01-12 = 20, 2027-02-01 = 15 }\n"
    (folder / "campaign.toml").write_text(settings + more, encoding="utf-8")
    found = read(folder).capacity.more
    assert {str(day): minutes for day, minutes in found.items()} == {
        "2027-01-12": 20,
        "2027-02-01": 15,
    }


def test_minutes_by_date_that_are_none_are_found(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "mine")
    settings = (folder / "campaign.toml").read_text(encoding="utf-8")
    for wrong in ("more = 20", "more = { monday = 20 }", "more = { 2027-01-12 = -3 }"):
        text = f"{settings}[capacity]\n{wrong}\n"
        (folder / "campaign.toml").write_text(text, encoding="utf-8")
        assert [column for _, _, column in findings(folder)] == ["capacity.more"]
