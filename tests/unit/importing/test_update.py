"""Importing again: what the rep has written stays, the rest is brought up."""

import csv
import errno
import json
from pathlib import Path

import exports
import pytest

from campaign import read
from campaign.errors import InvalidInput, UnreadableFile
from campaign.importing import Written, import_lists
from campaign.importing.update import MEMORY_FILE

FIRST = "id,name,city,phone,type\n1,Foo,Bend,111,\n2,Bar,Salem,222,\n"


def bring(folder: Path, text: str, people: str = "", *, update: bool = False) -> Written:
    export, contacts = folder / "export.csv", folder / "people.csv"
    export.write_text(text)
    contacts.write_text(people)
    found = import_lists(export, contacts if people else None, folder=folder)
    return found.write(folder, update=update)


def rows(folder: Path, name: str = "accounts") -> dict[str, dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


def edit(folder: Path, name: str, **cells: str) -> None:
    """What a rep does in a spreadsheet: cells as `id__column`."""
    records = rows(folder, name)
    for place, text in cells.items():
        identity, _, column = place.removeprefix("of_").partition("__")
        records[identity][column] = text
    heads = list(dict.fromkeys(head for record in records.values() for head in record))
    with (folder / f"{name}.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows(records.values())


def test_an_import_writes_lists_that_are_read_as_they_were_found(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(exports.SALESFORCE_CONTACT_REPORT)
    found = import_lists(path, folder=tmp_path)
    written = found.write(tmp_path)
    assert [one.name for one in written.files] == ["accounts.csv", "contacts.csv", MEMORY_FILE]
    (tmp_path / "campaign.toml").write_text("[campaign]\nstart = 2027-01-04\n")
    territory = read(tmp_path)
    assert territory.accounts == found.accounts
    assert territory.contacts == found.contacts


def test_the_same_export_again_changes_nothing(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    written = bring(tmp_path, FIRST)
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {name: data for name, data in after.items() if not name.endswith(".bak")} == before
    assert (written.accounts.unchanged, written.accounts.added) == (2, ())


def test_what_the_export_has_changed_is_changed(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    written = bring(tmp_path, FIRST.replace("111", "999").replace("2,Bar,Salem,222,", "3,Baz,,,"))
    found = rows(tmp_path)
    assert found["1"]["phone"] == "999"
    assert list(found) == ["1", "2", "3"]
    assert written.accounts.changed == ("1",)
    assert written.accounts.added == ("3",)
    assert written.accounts.gone == ("2",)
    assert any("no longer has them: 2" in line for line in written.said)


def test_what_the_rep_has_written_stays(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    edit(tmp_path, "accounts", of_1__tier="A", of_1__phone="777", of_2__Mood="sunny")
    written = bring(tmp_path, FIRST)
    found = rows(tmp_path)
    assert (found["1"]["tier"], found["1"]["phone"]) == ("A", "777")
    assert found["2"]["Mood"] == "sunny"
    assert written.accounts.kept == ()


def test_a_cell_that_both_have_changed_stays_the_reps_and_is_told(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    edit(tmp_path, "accounts", of_1__phone="777")
    written = bring(tmp_path, FIRST.replace("111", "999"))
    assert rows(tmp_path)["1"]["phone"] == "777"
    assert written.accounts.kept == (("1", "phone"),)
    assert any("1 phone" in line for line in written.said)
    edit(tmp_path, "accounts", of_1__phone="999")
    assert bring(tmp_path, FIRST.replace("111", "555")).accounts.changed == ("1",)


def test_an_empty_cell_of_the_export_changes_nothing(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    bring(tmp_path, "id,name\n1,Foo\n2,Bar\n")
    assert rows(tmp_path)["1"]["phone"] == "111"


def test_an_account_that_closes_is_no_longer_touched(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    bring(tmp_path, FIRST.replace("111,", "111,closed"))
    assert rows(tmp_path)["1"]["status"] == "closed"


def test_a_status_that_the_rep_has_set_stays(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    edit(tmp_path, "accounts", of_1__status="sleeping")
    bring(tmp_path, FIRST.replace("111,", "111,closed"))
    assert rows(tmp_path)["1"]["status"] == "sleeping"


PEOPLE = "id,account_id,name,Do Not Call\n9,1,Ann,{}\n"


def test_a_refusal_always_holds(tmp_path: Path) -> None:
    bring(tmp_path, FIRST, PEOPLE.format(""))
    edit(tmp_path, "contacts", of_9__call="yes", of_9__role="decision_maker")
    bring(tmp_path, FIRST, PEOPLE.format("true"))
    (ann,) = rows(tmp_path, "contacts").values()
    assert (ann["call"], ann["role"]) == ("no", "decision_maker")


def test_contacts_that_an_export_does_not_bring_stay(tmp_path: Path) -> None:
    bring(tmp_path, FIRST, PEOPLE.format(""))
    written = bring(tmp_path, FIRST)
    assert list(rows(tmp_path, "contacts")) == ["9"]
    assert written.contacts.gone == ("9",)


def test_a_report_with_short_ids_updates_what_long_ids_wrote(tmp_path: Path) -> None:
    bring(tmp_path, exports.SALESFORCE_API)
    report = exports.SALESFORCE_REPORT.replace("12 Sand Lane\nUnit 4", "9 Dune Ct")
    written = bring(tmp_path, report, exports.SALESFORCE_API_CONTACTS)
    found = rows(tmp_path)
    assert list(found) == ["001Aa00000BcDeFIAV", "001Aa00000BcDeGIAV"]
    assert found["001Aa00000BcDeFIAV"]["street"] == "9 Dune Ct"
    assert written.accounts.added == ()
    (ada,) = rows(tmp_path, "contacts").values()
    assert ada["account_id"] == "001Aa00000BcDeFIAV"


def test_dates_that_a_spreadsheet_has_saved_otherwise_are_still_the_imports(
    tmp_path: Path,
) -> None:
    text = "id,name,Last Activity\n1,Foo,2026-09-30\n"
    bring(tmp_path, text)
    edit(tmp_path, "accounts", of_1__last_contact="30.09.2026")
    bring(tmp_path, text.replace("2026-09-30", "2026-10-02"))
    assert rows(tmp_path)["1"]["last_contact"] == "2026-10-02"


def test_a_list_that_no_import_has_written_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account_id,name,tier\n1,My Foo,A\n")
    with pytest.raises(UnreadableFile, match="1 row that no import has written; give --update"):
        bring(tmp_path, FIRST)
    written = bring(tmp_path, FIRST, update=True)
    found = rows(tmp_path)
    assert (found["1"]["name"], found["1"]["tier"]) == ("My Foo", "A")
    assert (found["1"]["phone"], list(found)) == ("111", ["1", "2"])
    assert written.accounts.kept == (("1", "name"),)
    assert (tmp_path / "accounts.csv.bak").read_text().startswith("account_id,name,tier")


def test_empty_lists_are_filled(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account_id,name,tier\n")
    (tmp_path / "contacts.csv").write_text("contact_id,account_id,name\n")
    bring(tmp_path, FIRST)
    assert list(rows(tmp_path)) == ["1", "2"]


def test_the_export_of_another_territory_is_refused(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    with pytest.raises(UnreadableFile, match="has not one account of this export"):
        bring(tmp_path, "id,name\n8,Far\n9,Away\n")
    assert len(bring(tmp_path, "id,name\n8,Far\n9,Away\n", update=True).accounts.added) == 2


def test_lists_with_errors_are_not_updated(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    edit(tmp_path, "accounts", of_1__value="much")
    with pytest.raises(InvalidInput) as error:
        bring(tmp_path, FIRST)
    assert [(f.file, f.row, f.column) for f in error.value.findings] == [
        ("accounts.csv", 2, "value")
    ]


def test_an_export_with_errors_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        bring(tmp_path, "id,name\n1,\n")
    assert not (tmp_path / "accounts.csv").exists()


def test_an_export_that_lies_where_the_list_is_to_be_becomes_it(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("Id;Name\n1;Foo\n")
    import_lists(path, folder=tmp_path).write(tmp_path)
    assert rows(tmp_path)["1"]["name"] == "Foo"
    with pytest.raises(UnreadableFile, match="is the list of the campaign itself"):
        import_lists(path, folder=tmp_path).write(tmp_path)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"accounts": 1}', '{"accounts": {"columns": [], "rows": {"1": "a"}}}'],
)
def test_a_damaged_memory_is_said(tmp_path: Path, content: str) -> None:
    bring(tmp_path, FIRST)
    (tmp_path / MEMORY_FILE).write_text(content)
    with pytest.raises(UnreadableFile, match="is damaged; take it away"):
        bring(tmp_path, FIRST)


def test_the_memory_holds_no_texts(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    text = (tmp_path / MEMORY_FILE).read_text()
    assert list(json.loads(text)["accounts"]["rows"]) == ["1", "2"]
    assert "Bend" not in text


def test_a_folder_is_made_and_a_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text(FIRST)
    found = import_lists(tmp_path / "export.csv")
    assert found.write(tmp_path / "new" / "one").files[0].is_file()
    with pytest.raises(UnreadableFile):
        found.write(tmp_path / "export.csv")


def test_channels_and_tiers_of_the_folder_count(tmp_path: Path) -> None:
    (tmp_path / "campaign.toml").write_text("[channels.fax]\nminutes = 5\n")
    bring(tmp_path, FIRST, "id,account_id,name,HasOptedOutOfFax\n9,1,Ann,true\n")
    assert rows(tmp_path, "contacts")["9"]["fax"] == "no"


def test_what_cannot_be_written_is_said_without_an_option_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: object, _target: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(UnreadableFile) as error:
        bring(tmp_path, FIRST)
    assert error.value.remedy == "make room there, or choose another place for it"
