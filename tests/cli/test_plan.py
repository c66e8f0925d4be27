import csv
import hashlib
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import click
import pytest
from attrs import evolve
from commands import lines, run
from folders import ACCOUNTS, sound_folder

import campaign.planning
from campaign import Campaign, Territory
from campaign.planner.progress import EFFORTS
from campaign.touches import Effort, Level, LevelName
from campaign_cli import options
from campaign_cli.commands import plan as plan_command

PLANNED = ["campaign.csv", "left-out.csv", "plan.json"]
JOURNAL = ".campaign.undo.jsonl"
INPUTS = ["accounts.csv", "campaign.toml", "contacts.csv", "promises.csv"]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def ticked_off(plan: Path) -> None:
    """The first row of a plan done, as a rep ticks it off in Excel."""
    plan.write_text(plan.read_text().replace(",planned,", ",done,", 1))


def test_a_folder_is_planned_into_itself(folder: Path) -> None:
    result = run("plan", folder, "--effort", "0")
    assert result.exit_code == 0, result.stderr
    assert names(folder) == sorted([*INPUTS, *PLANNED, JOURNAL])
    said = lines(result.stdout)
    assert any(line.startswith("Reached in every month  2 of 2 ") for line in said)
    assert any(line.startswith("Required touches") for line in said)
    assert any(line.startswith("How good it is") for line in said)
    assert f'See that day: campaign show "{folder}" --date 2027-01-04' in said


def test_a_bare_list_is_planned_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("account_id,name\nA-1,One\n")
    (tmp_path / "out").mkdir()
    target = tmp_path / "out" / "mine.csv"
    result = run(
        "plan", tmp_path / "list.csv", "--start", "2027-01-04", "-o", target, "--effort", "0"
    )
    assert result.exit_code == 0, result.stderr
    assert names(tmp_path / "out") == [
        ".mine.undo.jsonl",
        "mine.csv",
        "mine.left-out.csv",
        "mine.plan.json",
    ]
    rows = list(csv.DictReader(StringIO(target.read_text("utf-8-sig"))))
    assert {row["account_id"] for row in rows} == {"A-1"}
    assert run("verify", tmp_path / "list.csv", "--plan", target).exit_code == 0


def test_the_plan_option_names_the_target_too(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "other.csv"
    assert run("plan", folder, "--plan", target, "--effort", "0").exit_code == 0
    assert target.is_file()
    assert names(folder) == INPUTS


def test_the_same_command_twice_gives_the_same_bytes_and_keeps_the_first(planned: Path) -> None:
    before = {name: (planned / name).read_bytes() for name in PLANNED}
    assert run("plan", planned, "--effort", "0").exit_code == 0
    assert {name: (planned / name).read_bytes() for name in PLANNED} == before
    assert (planned / "campaign.csv.bak").read_bytes() == before["campaign.csv"]


def test_the_proof_holds_the_hash_of_the_plan_as_written(planned: Path) -> None:
    proof = json.loads((planned / "plan.json").read_text())
    plan = (planned / "campaign.csv").read_bytes()
    assert proof["sha256"]["campaign"] == hashlib.sha256(plan).hexdigest()


def test_a_plan_with_logged_work_is_not_written_over(planned: Path) -> None:
    ticked_off(planned / "campaign.csv")
    before = (planned / "campaign.csv").read_bytes()
    result = run("plan", planned, "--effort", "0")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "1 row of logged work" in result.stderr
    assert (planned / "campaign.csv").read_bytes() == before
    assert "campaign.csv.bak" not in names(planned)


def test_it_is_written_over_afresh_and_kept(planned: Path) -> None:
    ticked_off(planned / "campaign.csv")
    before = (planned / "campaign.csv").read_bytes()
    assert run("plan", planned, "--afresh", "--effort", "0").exit_code == 0
    assert (planned / "campaign.csv.bak").read_bytes() == before


def test_work_that_is_logged_while_planning_is_not_lost(
    planned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = campaign.planning.plan

    def slow(territory: Territory, *, effort: Effort | int, hint: None, progress: None) -> Campaign:
        ticked_off(planned / "campaign.csv")
        return search(territory, effort=effort, hint=hint, progress=progress)

    monkeypatch.setattr(campaign.planning, "plan", slow)
    result = run("plan", planned, "--effort", "0")
    assert result.exit_code == 1
    assert "1 row of logged work" in result.stderr


@pytest.mark.parametrize(
    "name", ["accounts.csv", "Campaign.toml", "left-out.csv", "plan.json", "promises.csv"]
)
def test_no_other_file_of_the_folder_is_written_over(folder: Path, name: str) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    result = run("plan", folder, "-o", folder / name, "--afresh")
    assert result.exit_code == 1
    assert "is the name of another file of a campaign" in result.stderr
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_list_itself_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(ACCOUNTS)
    (tmp_path / "link.csv").symlink_to(tmp_path / "list.csv")
    for name in ("list.csv", "link.csv"):
        result = run("plan", tmp_path / "list.csv", "-o", tmp_path / name, "--afresh")
        assert result.exit_code == 1
        assert (tmp_path / "list.csv").read_text() == ACCOUNTS


@pytest.mark.parametrize(
    ("target", "problem"),
    [("", "is a folder"), ("no/campaign.csv", "there is no folder"), ("a\0b", "cannot be written")],
)
def test_a_target_that_cannot_be_written_is_found_before_planning(
    folder: Path, monkeypatch: pytest.MonkeyPatch, target: str, problem: str
) -> None:
    def plan(*_arguments: object, **_keys: object) -> None:
        pytest.fail("planned for nothing")

    monkeypatch.setattr(plan_command, "plan", plan)
    result = run("plan", folder, "-o", folder / target)
    assert (result.exit_code, result.stdout) == (1, "")
    assert problem in result.stderr
    assert names(folder) == INPUTS


def test_a_file_that_is_no_plan_is_not_written_over(folder: Path) -> None:
    (folder / "campaign.csv").write_text("shopping\nmilk\n")
    result = run("plan", folder, "--effort", "0")
    assert result.exit_code == 1
    assert (folder / "campaign.csv").read_text() == "shopping\nmilk\n"
    assert names(folder) == sorted([*INPUTS, "campaign.csv"])


def changed(monkeypatch: pytest.MonkeyPatch, change: Callable[[Campaign], Campaign]) -> None:
    """Let the planner find something else than it does."""
    search = campaign.planning.plan
    monkeypatch.setattr(
        campaign.planning, "plan", lambda *args, **keys: change(search(*args, **keys))
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("floor", "Not every prioritised account is touched in every month: 75 % weighted by tier"),
        ("required", "Not every required touch is planned: 75 % weighted by tier"),
    ],
)
def test_under_strict_a_missing_level_ends_with_3_after_writing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: LevelName, words: str
) -> None:
    changed(monkeypatch, lambda found: evolve(found, levels=(Level(name, 3, possible=4),)))
    assert run("plan", folder, "--effort", "0").exit_code == 0
    result = run("plan", folder, "--effort", "0", "--strict")
    assert result.exit_code == 3
    assert any(line.startswith(words) for line in lines(result.stderr))
    assert "campaign.csv" in names(folder)


def test_under_strict_a_complete_plan_ends_with_0(folder: Path) -> None:
    assert run("plan", folder, "--effort", "5", "--strict").exit_code == 0


def test_a_search_that_was_stopped_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(monkeypatch, lambda found: evolve(found, stopped=True))
    result = run("plan", folder, "--effort", "0")
    assert result.exit_code == 0
    assert "Stopped: this is the best plan that was found until then." in lines(result.stderr)
    assert json.loads((folder / "plan.json").read_text())["stopped"] is True


def test_json_holds_the_summary_and_the_files(folder: Path) -> None:
    result = run("plan", folder, "--effort", "0", "--json")
    found = json.loads(result.stdout)
    assert found["files"] == [str(folder / name) for name in PLANNED]
    assert found["summary"]["every_month"] == {"reached": 2, "of": 2}
    assert found["summary"]["first_day"] == "2027-01-04"


def test_nobody_to_plan_for_is_a_plan_without_rows(tmp_path: Path) -> None:
    accounts = "account_id,name,do_not_contact\nA-1,One,yes\n"
    folder = sound_folder(tmp_path / "mine", accounts=accounts, contacts="", promises="")
    result = run("plan", folder, "--effort", "0")
    assert result.exit_code == 0, result.stderr
    assert "wants no contact" in result.stdout
    assert len((folder / "campaign.csv").read_text().splitlines()) == 1


def test_few_notices_are_said_and_the_others_counted(tmp_path: Path) -> None:
    accounts = "account_id,name,relationship,grievance\n" + "".join(
        f"A-{number},Name {number},good,angry\n" for number in range(12)
    )
    folder = sound_folder(tmp_path / "mine", accounts=accounts, contacts="", promises="")
    said = lines(run("plan", folder, "-o", folder / "accounts.csv").stderr)
    assert 1 < sum(line.startswith("notice: ") for line in said) <= 9


def test_the_named_efforts_are_those_of_the_planner() -> None:
    assert list(options.EFFORTS) == list(EFFORTS)


def test_without_a_terminal_there_is_no_bar(folder: Path) -> None:
    assert "Planning" not in run("plan", folder, "--effort", "0").stderr


def test_the_effort_is_handed_on_as_a_number(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []

    def plan(_territory: Territory, *, effort: object, progress: object) -> None:  # noqa: ARG001
        seen.append(effort)
        raise click.Abort

    monkeypatch.setattr(plan_command, "plan", plan)
    run("plan", folder, "--effort", "12")
    run("plan", folder)
    assert seen == [12, "normal"]
