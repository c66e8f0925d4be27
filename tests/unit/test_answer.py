import datetime as dt
import hashlib
import json
import os
from pathlib import Path

import pendulum
import pytest
from attrs import evolve
from folders import sound_folder
from handmade import campaign

from campaign import (
    Account,
    Campaign,
    Rep,
    Territory,
    UnreadableFile,
    check,
    plan,
    verify,
)
from campaign import read as read_territory
from campaign.answer import can_be_written
from campaign.errors import WorkIsLogged
from campaign.model.accounts import Relationship
from campaign.planner.progress import EFFORTS
from campaign.reading import read_plan
from campaign.rules import violations


def test_the_example_of_the_contract_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    territory = Territory(
        rep=Rep("Rep", home=(44.94, -123.03), timezone="America/Los_Angeles"),
        accounts=[Account("A-1", "Cascade Dental", tier="A"), Account("A-2", "Riverbend Mills")],
        start=pendulum.date(2027, 1, 4),
    )
    monkeypatch.setitem(EFFORTS, "normal", 30)  # it is asked to run, not to search long
    found = plan(territory)
    assert isinstance(found, Campaign)
    assert not found.violations()
    found.write("campaign.csv")
    names = ["campaign.csv", "left-out.csv", "plan.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    again, findings = read_plan("campaign.csv", territory)
    assert not findings
    assert again.touches == found.touches


def test_writing_gives_back_the_paths_the_plan_first(tmp_path: Path) -> None:
    paths = campaign().write(tmp_path / "mine.csv")
    assert [path.name for path in paths] == ["mine.csv", "mine.left-out.csv", "mine.plan.json"]
    proof = json.loads(paths[2].read_text())
    assert proof["sha256"]["campaign"] == hashlib.sha256(paths[0].read_bytes()).hexdigest()
    assert proof["sha256"]["left_out"] == hashlib.sha256(paths[1].read_bytes()).hexdigest()


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in campaign().write(tmp_path / "campaign.csv")]
    assert [path.read_bytes() for path in campaign().write(tmp_path / "campaign.csv")] == first
    assert (tmp_path / "campaign.csv.bak").read_bytes() == first[0]


def test_a_plan_with_less_logged_work_is_not_written_over_one_with_more(tmp_path: Path) -> None:
    target = tmp_path / "campaign.csv"
    campaign().write(target)
    before = target.read_bytes()
    without = evolve(campaign(), touches=campaign().touches[:2])
    with pytest.raises(WorkIsLogged) as raised:
        without.write(target)
    assert (raised.value.path, raised.value.logged) == (target, 2)
    assert target.read_bytes() == before
    without.write(target, afresh=True)
    assert target.read_bytes() != before


@pytest.mark.parametrize("name", ["accounts.csv", "LEFT-OUT.csv", "plan.json", "campaign.toml"])
def test_a_plan_does_not_take_the_name_of_another_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        campaign().write(tmp_path / name)
    assert raised.value.problem == "is the name of another file of a campaign"
    assert not list(tmp_path.iterdir())


def test_a_folder_in_the_way_of_the_other_files_is_found_before(tmp_path: Path) -> None:
    (tmp_path / "plan.json").mkdir()
    with pytest.raises(UnreadableFile) as raised:
        can_be_written(tmp_path / "campaign.csv")
    assert raised.value.path == tmp_path / "plan.json"


def test_verify_and_the_campaign_itself_find_what_the_rules_find() -> None:
    broken = campaign()
    assert verify(broken) == broken.violations() == violations(broken)
    assert broken.violations()


def test_checking_a_folder_finds_errors_and_no_hours(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "mine", accounts="account_id,name,tier\nA-1,One,Z\n")
    found = check(folder)
    assert (2, "tier") in [(finding.row, finding.column) for finding in found.errors]
    assert found.feasibility is None


def test_checking_a_sound_folder_reckons_its_hours(tmp_path: Path) -> None:
    found = check(str(sound_folder(tmp_path / "mine")))
    assert found.errors == ()
    assert found.feasibility is not None
    assert found.feasibility.accounts == 2


def test_checking_a_list_takes_a_start(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("account_id,name\nA-1,One\n")
    assert check(tmp_path / "list.csv").errors
    assert not check(tmp_path / "list.csv", start=dt.date(2027, 1, 4)).errors


def test_checking_a_territory_names_its_doubts() -> None:
    angry = Account("A-1", "One", relationship=Relationship.GOOD, grievance="late")
    found = check(Territory(Rep("Rep"), [angry], start=dt.date(2027, 1, 4)))
    assert "relationship" in {finding.column for finding in found.notices}
    assert found.feasibility is not None


def test_a_territory_is_read_from_a_folder(tmp_path: Path) -> None:
    territory = read_territory(sound_folder(tmp_path / "mine"))
    assert [account.account_id for account in territory.accounts] == ["A-1", "A-2"]


def test_the_previous_three_files_are_kept(tmp_path: Path) -> None:
    paths = campaign().write(tmp_path / "campaign.csv")
    before = {f"{path.name}.bak": path.read_bytes() for path in paths}
    evolve(campaign(), left_out=()).write(tmp_path / "campaign.csv")
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert (tmp_path / "left-out.csv").read_bytes() != before["left-out.csv.bak"]


def test_plans_lie_side_by_side(tmp_path: Path) -> None:
    campaign().write(tmp_path / "campaign.csv")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    written = evolve(campaign(), left_out=()).write(tmp_path / "r2.csv")
    assert {path.name for path in written} == {"r2.csv", "r2.left-out.csv", "r2.plan.json"}
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("plan.json", "{", "is in the way, and it is no proof of a plan"),
        ("left-out.csv", "a,b\n", "is in the way, and it is no list of what a plan leaves out"),
    ],
)
def test_what_is_not_ours_beside_the_plan_is_spared(
    tmp_path: Path, name: str, content: str, problem: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(UnreadableFile) as raised:
        campaign().write(tmp_path / "campaign.csv")
    assert (raised.value.path, raised.value.problem) == (tmp_path / name, problem)
    campaign().write(tmp_path / "campaign.csv", afresh=True)
    assert (tmp_path / f"{name}.bak").read_text() == content


def test_the_proof_of_an_edited_plan_is_still_its_own(tmp_path: Path) -> None:
    target = campaign().write(tmp_path / "campaign.csv")[0]
    target.write_bytes(target.read_bytes() + b"\n")
    assert campaign().write(target)[0] == target


def test_a_folder_that_may_not_be_written_is_found_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != tmp_path)
    with pytest.raises(UnreadableFile) as raised:
        can_be_written(tmp_path / "campaign.csv")
    assert raised.value.path == tmp_path / "campaign.csv"
    assert raised.value.problem == "may not be written"


def test_a_folder_that_is_missing_is_named_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableFile) as raised:
        can_be_written(Path("no/campaign.csv"))
    assert str(raised.value).startswith("no/campaign.csv: there is no folder no; ")
    with pytest.raises(UnreadableFile) as raised:
        can_be_written(Path())
    assert str(raised.value).startswith(".: is a folder; ")
