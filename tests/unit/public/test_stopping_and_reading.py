"""Searches that are stopped, callbacks that fail, and the way back from files."""

import pickle
from pathlib import Path

import pytest
from attrs import evolve
from folders import sound_folder

from campaign import (
    CallbackFailed,
    Campaign,
    CampaignError,
    InvalidInput,
    Territory,
    UnreadableFile,
    explain,
    plan,
    read,
)
from campaign.outputs.json import render_json
from campaign.planner.progress import Progress
from campaign.rules.levels import levels
from campaign.touches import Status


@pytest.fixture(scope="module")
def crowded() -> Territory:
    """More than one week can hold, so that there is something to search for."""
    records = [
        {"account_id": f"A-{n}", "name": f"Firm {n}", "tier": "ABC"[n % 3], "latitude": 45 + n / 99}
        for n in range(16)
    ]
    rows = [{**row, "longitude": -123.0, "phone": "503 555 0101"} for row in records]
    return Territory.from_records(rows, start="2027-01-04")


def test_a_search_ends_when_it_is_told_to(crowded: Territory) -> None:
    asked: list[int] = []

    def enough() -> bool:
        asked.append(1)
        return len(asked) == 3

    found = plan(crowded, should_stop=enough)
    assert (len(asked), found.stopped) == (3, True)
    assert not found.violations()
    assert plan(crowded, should_stop=lambda: False, effort=20) == plan(crowded, effort=20)


def test_a_search_ends_after_some_seconds(crowded: Territory) -> None:
    found = plan(crowded, seconds=0, effort="thorough")
    assert found.stopped
    assert not found.violations()


def test_a_callback_that_fails_leaves_the_best_plan_at_hand(crowded: Territory) -> None:
    def watch(progress: Progress) -> None:
        assert 0 <= progress.share <= 1
        assert progress.levels
        raise OSError("the disk is full")

    with pytest.raises(CallbackFailed, match="the best plan until then") as caught:
        plan(crowded, progress=watch)
    assert str(caught.value.__cause__) == "the disk is full"
    best = caught.value.campaign
    assert isinstance(best, Campaign)
    assert best.stopped
    assert not best.violations()


def test_a_campaign_is_read_back_with_its_levels_and_bounds(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "mine")
    made = plan(read(folder), effort=0)
    made.write(folder / "campaign.csv")
    for path in (folder, str(folder), folder / "campaign.csv"):
        back = Campaign.read(path)
        assert back.touches == made.touches
        assert (back.left_out, back.levels) == (made.left_out, made.levels)
        assert (back.effort, back.stopped) == (made.effort, made.stopped)
        assert back.to_records() == made.to_records()


def test_bounds_of_another_plan_are_not_taken_over(tmp_path: Path) -> None:
    folder = sound_folder(tmp_path / "mine")
    made = plan(read(folder), effort=0)
    made.write(folder / "campaign.csv")
    proof = (folder / "plan.json").read_text(encoding="utf-8")
    (folder / "plan.json").write_text(proof.replace('"inputs": "', '"inputs": "0'), "utf-8")
    assert all(level.bound is None for level in Campaign.read(folder).levels)


def test_what_cannot_be_read_back_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        Campaign.read(tmp_path / "nowhere")
    folder = sound_folder(tmp_path / "mine")
    with pytest.raises(UnreadableFile, match=r"campaign\.csv"):
        Campaign.read(folder)
    (folder / "accounts.csv").write_text("account_id,name\n,x\n")
    (folder / "campaign.csv").write_text("touch_id\n")
    with pytest.raises(InvalidInput):
        Campaign.read(folder)


def test_a_name_that_is_not_there_is_an_error_of_the_library(crowded: Territory) -> None:
    campaign = plan(crowded, effort=0)
    for ask in (
        lambda: crowded.account("B-1"),
        lambda: explain(campaign, "B-1"),
        lambda: campaign.level("joy"),
    ):
        with pytest.raises(CampaignError) as caught:
            ask()
        assert isinstance(caught.value, KeyError)
        there = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 (our own)
        assert (type(there), str(there)) == (type(caught.value), str(caught.value))
    with pytest.raises(CampaignError, match='"joy" is no level; write one of owed, '):
        campaign.level("joy")


def test_a_campaign_comes_back_from_json_with_its_levels_and_bounds(crowded: Territory) -> None:
    campaign = plan(crowded, effort=0)
    done = evolve(
        campaign.touches[0],
        status=Status.DONE,
        outcome="done",
        done_on=campaign.touches[0].date,
        note="one\ntwo",
    )
    lived = evolve(campaign, touches=(done, *campaign.touches[1:]))
    lived = evolve(lived, levels=levels(lived))
    back = Campaign.from_json(render_json(lived), crowded)
    assert set(back.touches) == set(lived.touches)
    assert set(back.left_out) == set(lived.left_out)
    assert back.levels == lived.levels
    with_bounds = Campaign.from_json(render_json(campaign), crowded)
    assert with_bounds.levels == campaign.levels
    assert any(level.bound is not None for level in with_bounds.levels)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[]", "has no list of touches"),
        ('{"touches": [], "left_out": 3}', "has no list of left out"),
    ],
)
def test_what_is_no_campaign_in_json_is_said(text: str, words: str, crowded: Territory) -> None:
    with pytest.raises(UnreadableFile, match=words):
        Campaign.from_json(text, crowded)


def test_a_cell_of_json_that_cannot_be_read_is_a_finding(crowded: Territory) -> None:
    text = render_json(plan(crowded, effort=0)).replace("2027-01", "2027-31")
    with pytest.raises(InvalidInput, match="is not a date"):
        Campaign.from_json(text, crowded)
