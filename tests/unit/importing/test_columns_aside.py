"""Columns that cannot be read, columns that are left out, and encodings that are named."""

import pytest
from exports import imported

HEAD = "Account ID,Account Name,Last Activity,Annual Revenue,Opening Hours\n"


def listed(*cells: str) -> str:
    return HEAD + "".join(f"A-{n},Firm {n},{cell}\n" for n, cell in enumerate(cells, 1))


def test_a_column_of_which_most_cells_cannot_be_read_is_one_error() -> None:
    text = listed("Q1,5,", "Q2,6,", "Q3,x,", "2026-11-03,7,", ",8,")
    errors = imported(text).errors
    assert [(one.row, one.column) for one in errors] == [(1, "last_contact"), (4, "potential")]
    told = str(errors[0])
    assert '3 of 4 cells cannot be read; the first, in row 2: "Q1" is not a date' in told
    assert "--without last_contact" in told


@pytest.mark.parametrize("name", ["last_contact", "Last Activity", "last activity"])
def test_a_column_is_left_out_by_either_name_and_told(name: str) -> None:
    found = imported(listed("Q1,5,", "Q2,6,", "Q3,7,"), without=(name,))
    assert found.errors == ()
    assert [account.last_contact for account in found.accounts] == [None] * 3
    assert not any("Last Activity" in account.extra for account in found.accounts)
    assert 'export.csv: "Last Activity" is left out, as you say' in found.said


def test_a_column_of_people_is_left_out_too() -> None:
    people = "Id,Name,Account ID,Since\n" + "".join(f"P-{n},N,A-1,soon\n" for n in range(4))
    assert [one.column for one in imported(listed(",,"), people).errors] == ["since"]
    assert imported(listed(",,"), people, without=("since",)).errors == ()


def test_a_column_to_leave_out_that_is_not_there_is_an_error() -> None:
    (error,) = imported(listed(",,"), without=("Last Activty",)).errors
    assert (error.file, error.remedy) == ("--without", "did you mean Last Activity?")


def test_rows_that_cannot_be_read_stay_single_where_most_can() -> None:
    errors = imported(listed("Q1,5,", "Q2,6,", "Q3,7,", *["2026-11-03,7,"] * 5)).errors
    assert [one.row for one in errors] == [2, 3, 4]


NAMES = {
    "cp1250": "Dvořák, Győr",
    "mac_roman": "Müller & Söhne",
    "iso8859_2": "Łódź",
    "cp932": "東京",
}


@pytest.mark.parametrize("encoding", NAMES)
def test_an_encoding_that_is_named_is_taken(encoding: str) -> None:
    text = f'Account ID,Account Name\n1,"{NAMES[encoding]}"\n'.encode(encoding)
    found = imported(text, encoding=encoding)
    assert [account.name for account in found.accounts] == [NAMES[encoding]]


@pytest.mark.parametrize(
    ("encoding", "file"),
    [("cp99999", "--encoding"), ("utf-8", "export.csv"), ("ascii", "export.csv")],
)
def test_an_encoding_that_does_not_fit_is_an_error(encoding: str, file: str) -> None:
    errors = imported(
        "Account ID,Account Name\n1,Łódź\n".encode("cp1250"), encoding=encoding
    ).errors
    assert errors[0].file == file
