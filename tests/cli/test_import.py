import json
from pathlib import Path

import exports
import pytest
from commands import lines, run
from exports import workbook

FILES = ["accounts.csv", "contacts.csv", "imported.json"]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(exports.SALESFORCE_API)
    return path


def test_an_export_becomes_a_folder_that_is_planned_and_verified(
    export: Path, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text(exports.SALESFORCE_API_CONTACTS)
    folder = tmp_path / "mine"
    result = run("import", export, "--contacts", people, "-C", folder)
    assert result.exit_code == 0, result.stderr
    assert lines(result.stdout) == [
        "Read 2 accounts (1 active, 1 deleted) and 1 contact.",
        "Written to " + ", ".join(str(folder / name) for name in FILES),
    ]
    assert "Salesforce (API names)" in result.stderr
    assert "1 contact belongs to no account at all" in result.stderr
    assert run("plan", folder, "--effort", "0").exit_code == 0
    assert run("verify", folder).exit_code == 0


def test_the_folder_is_this_one(
    export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("import", export).exit_code == 0
    assert (tmp_path / "accounts.csv").is_file()


def test_notices_of_one_kind_are_one_line_with_a_count(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = "".join(f"{n},Foo,Bend,{n}\n" for n in range(10))
    path.write_text("id,name,city,phone\n" + rows)
    result = run("import", path, "-C", tmp_path / "mine")
    (line,) = (one for one in lines(result.stderr) if "under another id" in one)
    assert line.startswith("notice: list.csv:3 name: Foo in Bend stands in row 2 too")
    assert "; and 8 more like it, in rows 4, 5, 6, 7, 8 and 3 more; both are kept" in line
    assert "more notice" not in result.stderr


def test_errors_are_all_printed_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id,name,Last Activity\n1,,\n2,Foo,3/4/2026\n")
    result = run("import", path, "-C", tmp_path / "mine")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "list.csv:2 name: is empty" in result.stderr
    assert "--dates day-first" in result.stderr
    last = lines(result.stderr)[-1]
    assert last.startswith("error: nothing is written, for 2 errors; ")
    assert last.endswith("or leave those rows out with --skip-bad-rows")
    assert not (tmp_path / "mine").exists()
    again = run("import", path, "-C", tmp_path / "mine", "--skip-bad-rows", "--dates", "day-first")
    assert again.exit_code == 0
    assert "the row is left out" in again.stderr


def test_columns_rules_and_sheets_are_taken_from_the_command(tmp_path: Path) -> None:
    rows = [["Bezeichnung", "Lage = heute"], ["Foo", "offen"], ["Bar", "zu"]]
    other = [["Bezeichnung", "Lage"], ["Baz", ""]]
    path = workbook(tmp_path / "list.xlsx", {"Nord": rows, "Süd": other})
    result = run(
        *("import", path, "-C", tmp_path / "mine", "--sheet", "nord"),
        *("--map", "Bezeichnung=name", "--inactive", "Lage = heute=zu,pleite"),
    )
    assert result.exit_code == 0, result.stderr
    assert lines(result.stdout)[0] == "Read 2 accounts (1 active, 1 zu) and 0 contacts."


def test_no_rule_at_all(export: Path, tmp_path: Path) -> None:
    result = run("import", export, "-C", tmp_path / "mine", "--inactive", "none")
    assert "Read 2 accounts (2 active)" in result.stdout


def test_json_has_everything_for_a_program(export: Path, tmp_path: Path) -> None:
    result = run("import", export, "-C", tmp_path / "mine", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (found["dialect"], found["accounts"]) == ("Salesforce (API names)", 2)
    assert found["statuses"] == {"active": 1, "deleted": 1}
    assert found["columns"]["street"] == "BillingStreet"
    assert found["changes"]["accounts"]["added"] == [
        "001Aa00000BcDeFIAV",
        "001Aa00000BcDeGIAV",
    ]
    assert len(found["files"]) == 2


def test_json_of_errors_ends_with_1_and_names_them(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id,name\n1,\n")
    result = run("import", path, "-C", tmp_path / "mine", "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["errors"], found["files"]) == (1, 1, [])
    (error,) = [one for one in found["findings"] if one["severity"] == "error"]
    assert (error["row"], error["column"]) == (2, "name")


def test_a_second_import_says_what_it_has_changed(export: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    run("import", export, "-C", folder)
    export.write_text(exports.SALESFORCE_API.replace("5415550100", "5415550777"))
    result = run("import", export, "-C", folder)
    assert "accounts.csv: 0 added, 1 changed, 1 as before" in result.stderr
    assert "5415550100" in (folder / "accounts.csv.bak").read_text()


def test_a_list_made_by_hand_is_not_written_over(export: Path, folder: Path) -> None:
    before = (folder / "accounts.csv").read_bytes()
    result = run("import", export, "-C", folder)
    assert result.exit_code == 1
    assert "give --update" in result.stderr
    assert (folder / "accounts.csv").read_bytes() == before
    assert run("import", export, "-C", folder, "--update").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [("--map", "Kunde"), ("--map", "=name"), ("--inactive", "type"), ("--dates", "sideways")],
)
def test_options_that_are_none_are_wrong_usage(export: Path, arguments: tuple[str, ...]) -> None:
    assert run("import", export, *arguments).exit_code == 2


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = run("import", tmp_path / "none.csv")
    assert (result.exit_code, len(lines(result.stderr))) == (1, 1)
