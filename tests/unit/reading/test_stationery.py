"""The folder of letters: templates, sender and words, and what is wrong in it."""

from pathlib import Path

from folders import Content, write_folder

from campaign.model.stationery import Sender, Stationery
from campaign.reading.settings.letterhead import read_stationery


def folder(path: Path, **files: Content) -> Path:
    names = {"settings": "letters.toml"}
    write_folder(path / "letters", {names.get(k, f"{k}.txt"): v for k, v in files.items()})
    return path


def test_without_a_folder_it_is_what_ships(tmp_path: Path) -> None:
    assert read_stationery(tmp_path) == (Stationery(), ())


def test_templates_sender_and_words_are_read(tmp_path: Path) -> None:
    settings = '[sender]\nname = "Ann"\nfirm = "Firm"\n[words]\nshare = " News "\n'
    own = folder(tmp_path, settings=settings, thank=b"\xef\xbb\xbfDear\r\nyou")
    assert read_stationery(own) == (
        Stationery(
            {"thank": "Dear\nyou"}, sender=Sender("Ann", firm="Firm"), words={"share": "News"}
        ),
        (),
    )


def test_a_misspelt_key_is_an_error_with_its_place(tmp_path: Path) -> None:
    _stationery, (error,) = read_stationery(folder(tmp_path, settings='[sender]\nfrim = "F"\n'))
    assert (error.file, error.row, error.column) == ("letters/letters.toml", 2, "sender.frim")
    assert error.is_error


def test_what_is_no_text_is_an_error(tmp_path: Path) -> None:
    _stationery, findings = read_stationery(
        folder(tmp_path, settings="[words]\nshare = 7\n", thank=b"%PDF-1.7")
    )
    assert [(error.file, error.is_error) for error in findings] == [
        ("letters/letters.toml", True),
        ("letters/thank.txt", True),
    ]


def test_settings_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    _stationery, findings = read_stationery(folder(tmp_path, settings="[sender\n"))
    assert [error.file for error in findings] == ["letters/letters.toml"]
