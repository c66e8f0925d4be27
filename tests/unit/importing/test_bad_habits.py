"""Lists as people and spreadsheets leave them: read right, or refused with what to do."""

import datetime as dt
from pathlib import Path

import pytest
from exports import imported, workbook

from campaign.errors import Severity
from campaign.importing import Choices, import_lists

HEAD = "account_id,name,city,postal_code,country,value,last_contact\n"
ROW = "A-1,Öhl & Söhne,Köln,50667,DE,10,2026-09-30\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "cp1252"], ids=str
)
def test_an_encoding_is_found_and_the_letters_are_right(encoding: str) -> None:
    if encoding == "utf-16-le-bom":
        data = b"\xff\xfe" + (HEAD + ROW).encode("utf-16-le")
    else:
        data = (HEAD + ROW).encode(encoding)
    (account,) = imported(data).accounts
    assert (account.name, account.city) == ("Öhl & Söhne", "Köln")


def test_windows_letters_are_noticed() -> None:
    found = imported((HEAD + ROW).encode("cp1252")).findings
    assert [f.severity for f in found if "Windows-1252" in f.problem] == [Severity.NOTICE]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("first", ["", "sep={}\r\n"])
def test_a_separator_is_found_or_named(separator: str, first: str) -> None:
    text = first.format(separator) + (HEAD + ROW).replace(",", separator)
    (account,) = imported(text).accounts
    assert (account.account_id, account.postal_code) == ("A-1", "50667")


def test_a_title_with_commas_above_a_list_with_semicolons_is_told_and_not_read() -> None:
    text = "Customers, north, as of today\n\n" + (HEAD + ROW).replace(",", ";")
    found = imported(text)
    assert [account.account_id for account in found.accounts] == ["A-1"]
    (said,) = [line for line in found.said if "headings stand on row 3" in line]
    assert '"Customers, north, as of today"' in said


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("1.234,50 €", "250.000 €"), (1234.5, 250000)),
        (("$1,234.50", "USD 250,000"), (1234.5, 250000)),
        (("CHF 1'234.50", "(100.00)"), (1234.5, -100)),
    ],
)
def test_money_is_read_with_its_signs(cells: tuple[str, str], values: tuple[float, float]) -> None:
    rows = "".join(f'A-{n};Foo {n};"{cell}"\n' for n, cell in enumerate(cells))
    found = imported("account_id;name;value\n" + rows)
    assert tuple(account.value for account in found.accounts) == values


def dated(*cells: str) -> str:
    return "id,name,Last Activity\n" + "".join(f"{n},Foo {n},{c}\n" for n, c in enumerate(cells))


def test_a_column_of_dates_settles_its_own_order() -> None:
    found = imported(dated("3/4/2026", "13/4/2026"))
    assert [account.last_contact for account in found.accounts] == [
        dt.date(2026, 4, 3),
        dt.date(2026, 4, 13),
    ]


def test_dates_that_can_be_two_are_refused_with_the_option_that_settles_them() -> None:
    (error,) = imported(dated("3/4/2026", "5/4/2026")).errors
    assert error.column == "last_contact"
    assert "--dates day-first" in error.remedy
    assert "--dates month-first" in error.remedy


@pytest.mark.parametrize(
    ("dates", "read"), [("day-first", dt.date(2026, 4, 3)), ("month-first", dt.date(2026, 3, 4))]
)
def test_an_order_that_is_named_settles_them(dates: str, read: dt.date) -> None:
    found = imported(dated("3/4/2026"), dates=dates)
    assert found.accounts[0].last_contact == read
    assert any("as you say" in line for line in found.said)


def test_an_order_that_is_named_does_not_go_before_what_the_cells_show() -> None:
    found = imported(dated("3/4/2026", "13/4/2026"), dates="month-first")
    assert found.accounts[0].last_contact == dt.date(2026, 4, 3)


def test_an_order_that_is_none_is_no_choice() -> None:
    with pytest.raises(ValueError, match="day-first or month-first"):
        Choices(dates="backwards")


@pytest.mark.parametrize(
    ("country", "code", "whole"),
    [
        ("DE", "1099", "01099"),
        ("US", "2139", "02139"),
        ("US", "2139-4307", "02139-4307"),
        ("US", "501", "00501"),
        ("AT", "1010", "1010"),
        ("CA", "K1A 0B1", "K1A 0B1"),
        ("", "2139", "02139"),
        ("DE", "12", "12"),
        ("SG", "18956", "018956"),
        ("KR", "3187", "03187"),
        ("ZA", "1", "0001"),
        ("MX", "6700", "06700"),
        ("MY", "1000", "01000"),
        ("RO", "10011", "010011"),
        ("JP", "600001", "060-0001"),
        ("JP", "60-0001", "060-0001"),
        ("JP", "1000001", "1000001"),
        ("BR", "1310200", "01310-200"),
        ("BR", "1310-200", "01310-200"),
        ("PL", "624", "00-624"),
        ("DE", "1099.0", "01099"),
    ],
)
def test_zeros_that_a_postal_code_has_lost_come_back(country: str, code: str, whole: str) -> None:
    found = imported(f"id,name,country,zip\n1,Foo,{country},{code}\n")
    assert found.accounts[0].postal_code == whole
    assert any("lost zeros" in line for line in found.said) is (code != whole)


@pytest.mark.parametrize(
    ("code", "whole"), [("-97070", "97070"), ("-2139", "02139"), ("-97070-1234", "97070-1234")]
)
def test_a_sign_before_a_postal_code_is_taken_off(code: str, whole: str) -> None:
    found = imported(f"id,name,country,zip\n1,Foo,US,{code}\n")
    assert found.accounts[0].postal_code == whole
    (said,) = (line for line in found.said if "postal_code:" in line)
    assert said.endswith(f"1 postal code has a sign before, taken off: {code} is {whole}")


def test_a_postal_code_of_which_no_country_is_known_stays() -> None:
    (account,) = imported("id,name,PLZ\n1,Foo,1099\n").accounts
    assert account.postal_code == "1099"


def test_a_postal_code_without_a_country_goes_by_the_country_of_most() -> None:
    found = imported("id,name,country,zip\n1,Foo,DE,04109\n2,Bar,,1099\n")
    assert found.accounts[1].postal_code == "01099"


def test_line_breaks_in_cells_are_kept_in_notes_and_joined_in_streets() -> None:
    (account,) = imported('id,name,street,notes\n1,Foo,"1 Oak St\nUnit 2","a\nb"\n').accounts
    assert (account.street, account.notes) == ("1 Oak St Unit 2", "a\nb")


def test_short_rows_are_filled_and_long_ones_refused_with_their_row() -> None:
    found = imported("id,name,city\n1,Foo\n2,Bar, Inc.,Bend\n3,Baz,Bend\n")
    shapes = [finding for finding in found.findings if finding.row and not finding.column]
    assert [(f.row, f.is_error) for f in shapes] == [(2, False), (3, True)]
    kept = imported("id,name,city\n1,Foo\n2,Bar, Inc.,Bend\n3,Baz,Bend\n", skip_bad_rows=True)
    assert [account.account_id for account in kept.accounts] == ["1", "3"]
    assert kept.errors == ()
    assert any("the row is left out" in finding.problem for finding in kept.findings)


@pytest.mark.parametrize("label", ["Total", "Grand Total", "Subtotal", "Summe:", "TOTALS (2)"])
def test_a_sum_is_no_account(label: str) -> None:
    found = imported(f"name,id,value\nFoo,1,10\n{label},,20\nBar,2,10\n")
    assert [account.name for account in found.accounts] == ["Foo", "Bar"]
    (notice,) = [finding for finding in found.findings if finding.row == 3]
    assert notice.severity is Severity.NOTICE


def test_an_account_that_is_called_total_is_one() -> None:
    found = imported("name,id,city\nTotal,1,Bend\nTotal Wine,2,\n")
    assert [account.name for account in found.accounts] == ["Total", "Total Wine"]


def test_one_id_and_one_name_are_one_account_and_told() -> None:
    found = imported("id,name,phone,city\n1,Foo,,Bend\n1,FOO,555,Salem\n")
    (account,) = found.accounts
    assert (account.name, account.phone, account.city) == ("Foo", "555", "Bend")
    (notice,) = [finding for finding in found.findings if finding.row == 3]
    assert "city as in row 2" in notice.remedy


def test_one_id_and_two_names_are_an_error() -> None:
    assert [(f.row, f.column) for f in imported("id,name\n1,Foo\n1,Bar\n").errors] == [
        (3, "account_id")
    ]


def test_one_name_in_one_city_under_two_ids_is_kept_twice_and_told() -> None:
    found = imported("id,name,city\n1,Foo Inc.,Bend\n2,FOO INC,bend\n3,Foo Inc.,Salem\n")
    assert len(found.accounts) == 3
    (notice,) = [f for f in found.findings if "under another id" in f.problem]
    assert (notice.row, notice.severity) == (3, Severity.NOTICE)


def test_ids_are_made_of_name_and_city_whatever_the_order_of_the_rows() -> None:
    rows = ["Foo,Bend,1 Oak St\n", "Foo,Bend,2 Elm St\n", "Bär,Salem,\n"]
    one = imported("name,city,street\n" + "".join(rows))
    other = imported("name,city,street\n" + "".join(reversed(rows)))
    made = {account.account_id for account in one.accounts}
    assert made == {"foo-bend-1-oak-st", "foo-bend-2-elm-st", "bar-salem"}
    assert made == {account.account_id for account in other.accounts}
    assert any("no column holds ids" in line for line in one.said)


def test_an_id_that_a_spreadsheet_has_shortened_is_an_error() -> None:
    (error,) = imported("Record ID,Company name\n9.001E+12,Foo\n").errors
    assert (error.row, error.column) == (2, "account_id")
    assert "as text" in error.remedy


def test_columns_that_the_user_names_are_read_so() -> None:
    found = imported(
        "Nr;Bezeichnung;Chefin;Handy der Chefin;name\n7;Foo;Ann Lee;555;x\n",
        columns={
            "Nr": "account_id",
            "bezeichnung": "name",
            "Chefin": "contact.name",
            "Handy der Chefin": "contact.phone",
        },
    )
    assert [(a.account_id, a.name) for a in found.accounts] == [("7", "Foo")]
    assert found.accounts[0].extra == {"name (in the list)": "x"}
    assert [(c.name, c.phone) for c in found.contacts] == [("Ann Lee", "555")]
    assert sum("as you say" in line for line in found.said) == 4


def test_columns_of_separate_contacts_can_be_named_too() -> None:
    found = imported(
        "id,name\n7,Foo\n", "K,Wer\n7,Ann Lee\n", columns={"K": "contact.account_id", "Wer": "name"}
    )
    assert [(c.name, c.account_id) for c in found.contacts] == [("Ann Lee", "7")]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"Kunden": "name"}, 'there is no column "Kunden"; did you mean Kunde?'),
        ({"Kunde": "nmae"}, '"nmae" is no column of ours; did you mean name?'),
        ({"Kunde": "contact.nmae"}, "did you mean contact.name?"),
    ],
)
def test_a_name_that_does_not_fit_is_an_error(columns: dict[str, str], sentence: str) -> None:
    (error,) = imported("id,Kunde\n1,Foo\n", columns=columns).errors
    assert error.file == "--map"
    assert sentence in str(error)


def test_columns_with_nothing_in_them_are_named() -> None:
    found = imported("id,name,Fax,Fleet\n1,Foo,,3\n")
    assert any("nothing stands under Fax" in line for line in found.said)
    assert found.accounts[0].extra == {"Fleet": "3"}


def test_a_list_of_people_without_their_accounts_is_refused() -> None:
    (error,) = imported("Id,AccountId,FirstName,LastName\n3,1,Ann,Lee\n").errors
    assert "list of contacts" in error.problem


def test_a_workbook_is_read_with_its_types(tmp_path: Path) -> None:
    rows = [
        ["Customers"],
        [],
        ["Id", "Name", "Zip", "Country", "Last Activity", "Annual Revenue", "Active"],
        [7, "Foo", 1099, "DE", dt.date(2026, 3, 4), 1234.5, True],
        ["0008", "Bar", "04109", "DE", "13.4.2026", "1.234,50 €", False],
    ]
    found = import_lists(workbook(tmp_path / "list.xlsx", {"Sheet1": rows}), folder=tmp_path)
    foo, bar = found.accounts
    assert (foo.account_id, foo.postal_code, foo.potential) == ("7", "01099", 1234.5)
    assert (bar.account_id, bar.postal_code, bar.potential) == ("0008", "04109", 1234.5)
    assert [one.last_contact for one in (foo, bar)] == [dt.date(2026, 3, 4), dt.date(2026, 4, 13)]
    assert [one.status for one in (foo, bar)] == ["active", "inactive"]
    assert found.errors == ()


@pytest.mark.parametrize(
    "line", ["Total customers: 2", "2 records exported", "Generated on 11/2/2026"]
)
def test_a_footer_in_a_list_without_ids_is_no_account(line: str) -> None:
    found = imported(f"Customer,Town\nFoo,Bend\n,\n{line},\n")
    assert [account.name for account in found.accounts] == ["Foo"]


def test_who_has_no_name_goes_by_the_address_and_is_told() -> None:
    people = "Record ID,First Name,Last Name,Email,Company ID\n7,,,info@foo.example,1\n8,A,B,,1\n"
    found = imported("id,name\n1,Foo\n", people)
    assert [contact.name for contact in found.contacts] == ["info@foo.example", "A B"]
    assert any("1 contact without a name" in line for line in found.said)
    assert found.errors == ()


def test_the_sums_of_a_report_made_for_printing_are_no_accounts() -> None:
    found = imported("Name,Id,Billing City,Employees\nFoo,1,Bend,3\nTotal,Count,,1\n,Sum,,3\n")
    assert [account.name for account in found.accounts][:1] == ["Foo"]
    assert [finding.row for finding in found.findings if "total" in finding.problem] == [3]


def test_a_column_that_is_named_the_contacts_is_so_whatever_it_holds() -> None:
    found = imported("id,name,Wer\n1,Foo,Team 7\n", columns={"Wer": "contact.name"})
    assert [contact.name for contact in found.contacts] == ["Team 7"]


def test_two_headings_that_are_to_be_one_column_are_refused() -> None:
    both = {"Art": "notes", "Seite": "notes"}
    (error,) = imported("id,name,Art,Seite\n1,Foo,Pub,x.com\n", columns=both).errors
    assert error.problem == '"Art" and "Seite" are both to be notes'
    of_two_lists = imported(
        "id,Kunde\n7,Foo\n",
        "K,Wer\n7,Ann Lee\n",
        columns={"Kunde": "name", "K": "contact.account_id", "Wer": "name"},
    )
    assert of_two_lists.errors == ()
    assert of_two_lists.contacts[0].name == "Ann Lee"


def test_a_heading_that_is_not_there_gets_the_headings_that_are() -> None:
    heads = ",".join(f"Feld{n}" for n in range(14))
    (error,) = imported(f"id,name,{heads}\n1,Foo\n", columns={"Zyx": "notes"}).errors
    assert error.remedy.endswith("Feld9 and 4 more")


def test_a_column_of_a_contact_without_a_name_is_an_error() -> None:
    (error,) = imported("id,name,Handy\n1,Foo,555\n", columns={"Handy": "contact.phone"}).errors
    assert error.problem == "contact.phone belongs to nobody"


def test_contacts_that_name_no_account_in_any_column_are_refused() -> None:
    errors = imported("id,name\n1,Foo\n", "id,First Name,Last Name\n7,Ann,Lee\n").errors
    assert [(error.file, error.column) for error in errors] == [("people.csv", "account_id")]


def test_an_account_of_a_name_that_two_have_is_not_guessed() -> None:
    found = imported(
        "id,name,city\n1,Foo,Bend\n2,Foo,Salem\n3,Bar,Bend\n",
        "id,First Name,Last Name,Company\n7,Ann,Lee,Foo\n8,Bob,Ray,BAR\n",
    )
    assert [(contact.name, contact.account_id) for contact in found.contacts] == [("Bob Ray", "3")]
    assert any("belongs to no account at all (row 2)" in f.problem for f in found.findings)


def test_columns_of_ids_with_nothing_in_them_are_filled() -> None:
    found = imported("Account ID,Contact ID,First Name,Last Name,Company\n,,Ann,Lee,Foo\n")
    assert [account.account_id for account in found.accounts] == ["foo"]
    assert [contact.contact_id for contact in found.contacts] == ["foo-ann-lee"]


def test_a_row_that_cannot_be_taken_apart_stays_an_error() -> None:
    found = imported('Kunde,Ansprechpartner\nFoo,Ann\n"Bar"x,Bob\nBaz,Cy\n')
    assert [error.row for error in found.errors] == [3]
    assert [account.name for account in found.accounts] == ["Foo", "Baz"]


def test_columns_of_separate_contacts_with_nothing_in_them_are_named_too() -> None:
    found = imported(
        "Id,Name,Fleet\nA-1,Juniper Works,7\n",
        "Id,Name,AccountId,Jigsaw,Shoe\nC-1,Ada Okafor,A-1,,38\n",
    )
    assert found.said[-3:] == (
        "export.csv: 1 further column is kept as it stands",
        "people.csv: 1 further column is kept as it stands",
        "people.csv: nothing stands under Jigsaw",
    )


def test_the_words_of_a_system_for_nothing_are_nothing() -> None:
    found = imported("Record ID,Company name,Last Activity Date\n9,Juniper Works,(No value)\n")
    assert found.errors == ()
    assert found.accounts[0].last_contact is None
