"""Who is in the lists no more is still called by the name that the plan has."""

import datetime as dt
from pathlib import Path

from attrs import evolve
from replanned import TWO, anew, of_two
from small import small

from campaign.model.accounts import Account, Contact
from campaign.outputs.plan_table import encode, render_campaign
from campaign.outputs.proof import fingerprint
from campaign.planning import plan
from campaign.reading.plans.campaign_csv import read_plan
from campaign.replanning.telling import render_difference
from campaign.touches import Plan

DAY = dt.date(2027, 1, 5)
ANN = Contact("C-1", "A-1", name="Ann Lee", role="decision_maker")


def read_again(folder: Path, made: Plan, *accounts: Account) -> Plan:
    """The plan out of its file, with fewer accounts and no contact in the lists."""
    file = folder / "campaign.csv"
    file.write_bytes(encode(render_campaign(made)))
    found, findings = read_plan(file, small(*accounts))
    assert findings == ()
    return found


def test_a_removed_account_is_named_in_the_difference(tmp_path: Path) -> None:
    found = read_again(tmp_path, of_two(), TWO[0])
    told = render_difference(anew(found, DAY).difference)
    assert "Riverbend Mills, " in told
    assert "B-1" not in told


def test_a_removed_contact_is_named_in_the_difference(tmp_path: Path) -> None:
    made = plan(small(TWO[0], contacts=[ANN]), effort=0)
    told = render_difference(anew(read_again(tmp_path, made, TWO[0]), DAY).difference)
    assert "Cascade Dental, Ann Lee, " in told


def test_former_names_are_no_part_of_the_question(tmp_path: Path) -> None:
    found = read_again(tmp_path, of_two(), TWO[0]).territory
    assert found.former == {("B-1", "B-1"): "Riverbend Mills"}
    assert found == small(TWO[0])
    assert fingerprint(found) == fingerprint(evolve(found, former={}))


def test_a_list_that_is_whole_has_no_former_names(tmp_path: Path) -> None:
    assert read_again(tmp_path, of_two(), *TWO).territory.former == {}
