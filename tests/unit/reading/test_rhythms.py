"""Rhythms of campaign.toml: read right, or a finding at their key."""

import pytest

from campaign.model.cadences import Beat, Rhythm
from campaign.model.policy import Policy
from campaign.reading.settings.campaign_toml import Settings, read_settings
from campaign.reading.settings.document import parse_document

BEAT = '{ week = 3, channel = ["call"], purpose = "share" }'
OWN = f"[rhythms.own]\nweeks = 6\ntouches = [ {BEAT} ]\n"


def settings(text: str) -> Settings:
    return read_settings(parse_document(text.encode(), "campaign.toml"))


def test_an_own_rhythm_stands_beside_those_that_ship() -> None:
    found = settings(f'[tiers.A]\nsteady = "own"\n{OWN}')
    assert found.findings == ()
    assert found.policy.rhythms == {
        **Policy().rhythms,
        "own": Rhythm("own", 6, [Beat(3, ["call"], "share")]),
    }
    assert found.policy.tiers[0].steady == "own"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("weeks = 6", "rhythms.own.touches"),
        ("weeks = 0\ntouches = []", "rhythms.own.weeks"),
        ("touches = [ 3 ]", "rhythms.own.touches"),
        ('touches = [ { week = 3, channel = "call" } ]', "rhythms.own.touches"),
        (
            'weeks = 2\ntouches = [ { week = 3, channel = "call", purpose = "share" } ]',
            "rhythms.own.touches",
        ),
        (
            'week = 2\ntouches = [ { week = 3, channel = "call", purpose = "share" } ]',
            "rhythms.own.week",
        ),
    ],
)
def test_what_is_wrong_is_found_at_its_key(text: str, column: str) -> None:
    found = settings(f"[rhythms.own]\n{text}\n").findings
    assert [finding.column for finding in found] == [column]
    assert all(finding.remedy for finding in found)
    assert "own" in settings(f"[rhythms.own]\n{text}\n").policy.rhythms
