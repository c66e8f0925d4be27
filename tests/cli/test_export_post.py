"""`campaign export` of what is printed: the workbook, letters, labels."""

import json
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
from click.testing import Result
from commands import lines, run
from folders import write_folder

LETTERS = ("letters.html", "cards.html", "letters.csv", "calls.html")
UNSIGNED = (
    "letters/letters.toml sender.firm: letters and cards go out without your firm, phone, email, "
    'address; write firm = "..." under [sender], and so on'
)
ALL = ("--from", "2027-01-04", "--until", "2027-04-03")


def export(folder: Path, to: str, *options: str | Path) -> Result:
    return run("export", folder, "--to", to, *options)


def test_a_workbook_is_written_beside_the_plan_and_read_as_one(planned: Path) -> None:
    result = export(planned, "xlsx")
    assert (result.exit_code, result.stderr) == (0, "")
    book = planned / "campaign.xlsx"
    assert lines(result.stdout) == [f"Written to {book}"]
    verified = run("verify", planned, "--plan", book)
    assert (verified.exit_code, verified.stderr) == (0, "")
    assert verified.stdout == run("verify", planned).stdout


def test_what_is_ticked_off_in_the_workbook_is_shown(planned: Path) -> None:
    export(planned, "xlsx")
    path = planned / "campaign.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Campaign"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for name, value in {"Status": "done", "Outcome": "done", "Note": "was glad"}.items():
        sheet.cell(2, heads[name]).value = value
    touch_id = sheet.cell(2, heads["Touch id"]).value
    book.save(path)
    shown = run("show", planned, "--plan", path, "--json", "--account", touch_id.split("/")[0])
    (found,) = (t for t in json.loads(shown.stdout)["touches"] if t["touch_id"] == touch_id)
    assert (found["status"], found["outcome"], found["note"]) == ("done", "done", "was glad")


def test_work_that_is_ticked_off_is_not_written_over(planned: Path) -> None:
    export(planned, "xlsx")
    assert export(planned, "xlsx").exit_code == 0
    path = planned / "campaign.xlsx"
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book["Campaign"][1]}
    book["Campaign"].cell(3, heads["Note"]).value = "was glad"
    book.save(path)
    before = path.read_bytes()
    result = export(planned, "xlsx")
    assert (result.exit_code, path.read_bytes()) == (1, before)
    problem = "1 row of work ticked off there would be written over"
    assert lines(result.stderr) == [
        f"error: {path}: {problem}; name another file with -o, or move it away"
    ]
    assert export(planned, "xlsx", "-o", planned / "anew.xlsx").exit_code == 0


def test_a_file_that_is_no_such_workbook_is_not_written_over(planned: Path) -> None:
    (planned / "campaign.xlsx").write_bytes(b"mine")
    result = export(planned, "xlsx")
    assert result.exit_code == 1
    assert "it is no plan that can be read" in result.stderr
    assert (planned / "campaign.xlsx").read_bytes() == b"mine"


def test_the_day_of_the_workbook_is_the_one_asked_for(planned: Path) -> None:
    export(planned, "xlsx", "--from", "2027-01-13")
    book = openpyxl.load_workbook(planned / "campaign.xlsx")
    texts = [cell.value for row in book["Today"].rows for cell in row]
    assert any(str(text).startswith("Wednesday 13 January 2027") for text in texts)


def test_letters_are_written_beside_the_plan(planned: Path) -> None:
    result = export(planned, "letters", *ALL)
    assert result.exit_code == 0
    assert lines(result.stderr) == [f"notice: {UNSIGNED}"]
    assert lines(result.stdout) == [f"Written to {planned / name}" for name in LETTERS]
    text = (planned / "letters.html").read_text(encoding="utf-8")
    assert "Dear Dr. Ito," in text
    assert "Ann" in text


def test_without_days_it_is_the_first_week_while_it_has_not_begun(planned: Path) -> None:
    whole = export(planned, "letters", "--json")
    assert [one["sentence"] for one in json.loads(whole.stdout)["findings"]] == [UNSIGNED]
    soon = (planned / "letters.csv").read_bytes()
    export(planned, "letters", "--from", "2027-01-04", "--until", "2027-01-10")
    assert (planned / "letters.csv").read_bytes() == soon


def test_labels_go_into_the_folder_that_is_named(planned: Path, tmp_path: Path) -> None:
    target = write_folder(tmp_path / "print", {})
    result = export(planned, "labels", *ALL, "--sheet", "dl", "--pdf", "-o", target)
    assert result.exit_code == 0
    assert sorted(path.name for path in target.iterdir()) == ["labels.html", "labels.pdf"]
    assert "<title>DL envelope</title>" in (target / "labels.html").read_text(encoding="utf-8")


def test_own_templates_and_the_sender_come_from_the_folder_of_letters(planned: Path) -> None:
    settings = '[sender]\nfirm = "Willamette Supply"\n'
    own = {"introduce.txt": "Hello {{ account.name }}", "letters.toml": settings}
    write_folder(planned / "letters", own)
    assert export(planned, "letters", *ALL).exit_code == 0
    text = (planned / "letters.html").read_text(encoding="utf-8")
    assert "Hello Cascade Dental" in text
    assert "Willamette Supply" in text


def test_a_template_that_reaches_for_a_file_ends_with_1_and_writes_nothing(planned: Path) -> None:
    write_folder(planned / "letters", {"introduce.txt": "{% include '/etc/passwd' %}"})
    result = export(planned, "letters", *ALL)
    assert result.exit_code == 1
    problem = "reaches for another file by {% include %}, and no letter may have one"
    wanted = f"letters/introduce.txt:1: {problem}; write its text here"
    assert lines(result.stderr) == [f"error: {wanted}"]
    assert not (planned / "letters.html").exists()


def test_a_letter_that_lacks_a_field_is_told_and_the_others_are_written(planned: Path) -> None:
    write_folder(planned / "letters", {"introduce.txt": "Dear {{ contact.name }}"})
    result = export(planned, "letters", *ALL, "--json")
    findings = json.loads(result.stdout)["findings"][:1]
    assert [(one["file"], one["column"]) for one in findings] == [("contacts.csv", "name")]
    assert "A-2 (Riverbend Mills) has none" in findings[0]["sentence"]
    assert "None" not in (planned / "letters.html").read_text(encoding="utf-8")
    said = export(planned, "letters", *ALL)
    assert lines(said.stderr) == [f"notice: {findings[0]['sentence']}", f"notice: {UNSIGNED}"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--to", "html", "--pdf"), "--pdf goes with --to letters, labels, not with --to html"),
        (
            ("--to", "xlsx", "--until", "2027-02-01"),
            "--until goes with --to letters, labels, not with --to xlsx",
        ),
        (
            ("--to", "letters", "--sheet", "10"),
            "--sheet goes with --to labels, not with --to letters",
        ),
        (("--to", "letters", "--channel", "fax"), "is none of letter, postcard"),
        (
            ("--to", "letters", "--from", "2027-02-01", "--until", "2027-01-01"),
            "--until Friday 1 January 2027 is before Monday 1 February 2027, the first day",
        ),
        (("--to", "labels", "--sheet", "A3"), "is not one of"),
    ],
)
def test_options_that_mean_nothing_are_wrong_usage(
    planned: Path, options: tuple[str, ...], sentence: str
) -> None:
    result = run("export", planned, *options)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())


def test_days_without_letters_end_with_1(planned: Path) -> None:
    result = export(planned, "letters", "--from", "2028-01-01")
    assert result.exit_code == 1
    assert "no letter is planned in these days" in result.stderr
