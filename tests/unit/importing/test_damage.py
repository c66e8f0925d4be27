"""What spreadsheets have done to a list before it came: told, and put right where it can be."""

from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from exports import imported

from campaign.importing import Imported, import_lists
from campaign.reading import load
from campaign.reading.columns.damage import is_spoilt
from campaign.reading.exports.codes import loose_id

HEAD = "Account ID,Account Name,Phone,E-Mail,Annual Revenue,Last Activity,No Contact\n"


def notices(found: Imported, column: str) -> list[str]:
    return [one.problem for one in found.findings if one.column == column and not one.is_error]


@pytest.mark.parametrize(
    "cell",
    [
        *("#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#N/A", "#NUM!", "#SPILL!", "#ERROR!", "####"),
        *("#NV", "#WERT!", "#BEZUG!", "#VALEUR!", "#NOM?", "#¡VALOR!", "#¿NOMBRE?", "#RIF!"),
        *("#VERW!", "#N/B", "#ARG!", "#NAZWA?", "Err:502", "##########"),
        *("#N/A N/A", "#GETTING_DATA", "#LOADING...", "#ЗНАЧ!"),
    ],
)
def test_an_error_of_a_spreadsheet_is_known_in_its_languages(cell: str) -> None:
    assert is_spoilt(cell)


@pytest.mark.parametrize("cell", ["#1 Plumbing", "# 12", "#5", "Error", "##", "E+5", "#hash"])
def test_what_only_looks_alike_is_no_error(cell: str) -> None:
    assert not is_spoilt(cell)


def test_errors_in_any_column_are_empty_and_told_once_a_column() -> None:
    rows = "1,Alder,#ERROR!,#NAME?,#REF!,########,no\n2,Birch,####,b@x.example,5,2026-11-03,\n"
    found = imported(HEAD + rows)
    assert found.errors == ()
    alder, birch = found.accounts
    assert (alder.phone, alder.email, alder.potential, alder.last_contact) == ("", "", None, None)
    assert (birch.phone, birch.potential) == ("", 5)
    assert notices(found, "phone")[-1] == "2 cells hold an error of the spreadsheet, as #ERROR!"
    for column, cell in (("email", "#NAME?"), ("potential", "#REF!"), ("last_contact", "########")):
        assert f"1 cell holds an error of the spreadsheet, as {cell}" in notices(found, column)


def test_an_error_in_place_of_a_name_is_an_error_of_that_row() -> None:
    found = imported(f"{HEAD}1,#VALUE!,5,,,,\n#REF!,Birch,5,,,,\n")
    faults = {(one.row, one.column, one.problem) for one in found.errors}
    assert faults == {
        (2, "name", "is an error of the spreadsheet"),
        (3, "account_id", "is an error of the spreadsheet"),
    }


@pytest.mark.parametrize("cell", ["#N/A", "#VALUE!", "#NV", "####"])
def test_an_error_in_place_of_a_refusal_is_never_read_as_free(cell: str) -> None:
    (error,) = imported(f"{HEAD}1,Alder,5,,,,{cell}\n2,Birch,5,,,,no\n").errors
    assert (error.row, error.column) == (2, "do_not_contact")
    assert "may stand for a refusal" in error.problem


@pytest.mark.parametrize("heading", ["Do Not Call", "Email Opt Out", "letter"])
def test_an_error_in_place_of_a_consent_is_told(heading: str) -> None:
    people = f"Contact ID,Account ID,Name,{heading}\n9,1,Ann,#N/A\n8,1,Bo,no\n"
    (error,) = imported(f"{HEAD}1,Alder,5,,,,\n", people).errors
    assert (error.row, error.column) == (2, heading)


def test_an_error_in_a_refusal_of_a_whole_account_is_told() -> None:
    (error,) = imported("Account ID,Account Name,Do Not Call\n1,Alder,#REF!\n2,Birch,\n").errors
    assert (error.row, error.column) == (2, "Do Not Call")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("5035550101.0", "5035550101"),
        ("+4915112345678,0", "+4915112345678"),
        ("4.91711E+11", ""),
        ("5,04E+09", ""),
        ("none", ""),
        ("0", ""),
        ("TBD", ""),
        ("503 555 0101", "503 555 0101"),
        ("089.123.0", "089.123.0"),
    ],
)
def test_a_number_to_call_is_whole_or_empty(cell: str, number: str) -> None:
    found = imported(f'{HEAD}1,Alder,"{cell}",,,,\n')
    assert found.accounts[0].phone == number
    lost = [one for one in notices(found, "phone") if "made of a long number" in one]
    assert bool(lost) == ("E+" in cell)


def test_the_next_column_of_numbers_stands_in_for_a_spoilt_one() -> None:
    found = imported("Account ID,Account Name,Phone,Mobile\n1,Alder,#REF!,503 555 0111\n")
    assert found.accounts[0].phone == "503 555 0111"


def test_a_guarded_text_is_the_text_in_any_column() -> None:
    rows = '="00123","=""Al """"der""""""",="+1 503 555",,,,\n'
    (account,) = imported(HEAD + rows).accounts
    assert (account.account_id, account.name, account.phone) == ("00123", 'Al "der"', "+1 503 555")


def test_headings_that_stand_again_are_passed_over_and_told() -> None:
    found = imported(f"{HEAD}1,Alder,5,,,,\n{HEAD.upper()}2,Birch,5,,,,\n{HEAD}3,Cedar,5,,,,\n")
    assert [account.account_id for account in found.accounts] == ["1", "2", "3"]
    again = [one.row for one in found.findings if "stand here again" in one.problem]
    assert again == [3, 5]


def test_an_account_that_is_called_as_the_heading_is_one() -> None:
    found = imported("Account ID,Account Name,City\n1,Account Name,City\n")
    assert [account.name for account in found.accounts] == ["Account Name"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0012345", "12345"),
        ("0012345", "12345.0"),
        ("abc-7", "ABC-7"),
        ("A\u200b-7", "a-7"),
        ("\ufeffA-7", "A-7\u00a0"),
        ("\uff21-7", "a-7"),
    ],
)
def test_ids_that_a_spreadsheet_writes_otherwise_are_joined_and_told(one: str, other: str) -> None:
    accounts = f"Account ID,Account Name\n{one},Alder\nX-9,Birch\n"
    found = imported(accounts, f"Contact ID,Account ID,Name\n1,{other},Ann\n")
    assert [person.account_id for person in found.contacts] == [found.accounts[0].account_id]
    assert any("1 id is written otherwise" in line for line in found.said)
    assert loose_id(one) == loose_id(other)


def test_an_id_that_two_accounts_share_but_for_zeros_is_not_guessed() -> None:
    accounts = "Account ID,Account Name\n0012,Alder\n012,Birch\n"
    found = imported(accounts, "Contact ID,Account ID,Name\n1,12,Ann\n")
    assert found.contacts == ()
    assert "1 contact belongs to an account that is not in the list" in str(found.findings)


def test_the_lists_of_a_folder_are_joined_too(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account_id,name\n0012,Alder\n")
    (tmp_path / "contacts.csv").write_text("contact_id,account_id,name\nP-1,12,Ann\n")
    promises = "promise_id,account_id,what,due\nPR-1,12,the list,2027-01-20\n"
    (tmp_path / "promises.csv").write_text(promises)
    (tmp_path / "campaign.toml").write_text("[campaign]\nstart = 2027-01-04\n")
    reading = load(tmp_path)
    assert reading.territory is not None
    people, owed = reading.territory.contacts, reading.territory.promises
    ids = {*(one.account_id for one in people), *(one.account_id for one in owed)}
    assert ids == {"0012"}
    assert sum("written otherwise" in line for line in reading.said) == 2


def marked(path: Path) -> Path:
    """A workbook whose list begins at C3, with errors in cells and a row hidden by a filter."""
    rows = (
        ("account_id", "name", "phone", "No Contact"),
        ("A-1", "Acme", "5", "#N/A"),
        ("A-2", "Bolt", "#REF!", ""),
        ("A-3", "Cid", "7", ""),
    )
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Accounts & Co")
        for down, row in enumerate(rows, 2):
            for right, cell in enumerate(row, 2):
                if cell.startswith("#"):
                    sheet.write_formula(down, right, "=X", None, cell)
                else:
                    sheet.write_string(down, right, cell)
        sheet.set_row(5, None, None, {"hidden": True})
    return path


def test_error_cells_of_a_workbook_are_errors_and_hidden_rows_are_told(tmp_path: Path) -> None:
    found = import_lists(marked(tmp_path / "list.xlsx"))
    (error,) = found.errors
    assert (error.row, error.column) == (4, "do_not_contact")
    assert '"#N/A" is an error of the spreadsheet' in error.problem
    assert notices(found, "phone")[-1] == "1 cell holds an error of the spreadsheet, as #REF!"
    (hidden,) = (one for one in found.findings if "hidden" in one.problem)
    assert hidden.problem == "1 row is hidden in the sheet, as a filter hides them (row 6)"
    assert [account.account_id for account in found.accounts] == ["A-1", "A-2", "A-3"]


def test_numbers_as_java_writes_them_keep_their_digits_where_they_are_all_there() -> None:
    rows = "1.5035550101E10,Alder,5.035550101E9,,,,\n2,Birch,4.91711E11,,,,\n"
    found = imported(HEAD + rows)
    assert found.errors == ()
    alder, birch = found.accounts
    assert (alder.account_id, alder.phone, birch.phone) == ("15035550101", "5035550101", "")


def test_ids_may_differ_by_dashes_points_and_the_sign_of_a_text() -> None:
    assert {loose_id(one) for one in ("AB-07", "ab\u201307", "\uff21\uff22-07")} == {"ab-07"}
    assert {loose_id(one) for one in ("0012", "12.0", "'0012", "\u200b12")} == {"12"}
    found = imported(f"{HEAD}'00124,Elm,,,,,\n")
    assert [one.account_id for one in found.accounts] == ["00124"]


def test_headings_that_stand_again_in_part_and_pages_are_passed_over() -> None:
    again = "Account ID,Account Name,,,,,\n"
    found = imported(f"{HEAD}1,Alder,,,,,\n{again}Page 2 of 3\n2,Birch,,,,,\nSeite 3/3\n")
    assert [one.name for one in found.accounts] == ["Alder", "Birch"]
    told = [one.problem for one in found.findings if one.row in (3, 4, 6)]
    assert "the headings stand here again" in told
    assert any("Page 2 of 3" in one for one in told)
