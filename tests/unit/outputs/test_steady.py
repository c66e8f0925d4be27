"""After the campaign: recurring events that a calendar understands, and the same as a table."""

import csv
import datetime as dt
import io
from itertools import pairwise
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from attrs import evolve
from rows import a_touch
from small import small

from campaign.errors import InvalidInput
from campaign.model.accounts import Account, Contact
from campaign.model.cadences import Beat, Rhythm
from campaign.model.hours import OpeningHours
from campaign.model.policy import Policy
from campaign.model.priorities import Tier
from campaign.model.rep import Courtesy
from campaign.outputs.steady import COLUMNS, render_steady, render_steady_table, steady
from campaign.planning import plan
from campaign.touches import Plan, Status

END = dt.date(2027, 4, 3)
FLOOR_DAYS = 90


def plan_of(**account: Any) -> Plan:  # noqa: ANN401 (whatever an account takes)
    """One account of tier A whose last touch is a call on Wednesday, 24 March."""
    territory = small(Account("A-1", "Müller; Söhne, KG", **{"tier": "A", **account}))
    return Plan(territory, [a_touch("A-1/A-1/invite", "03-24", "call", of=territory)])


def days_of(plan: Plan, until: dt.date) -> list[tuple[dt.date, str]]:
    """What a calendar shows from the end of the campaign, read by another library."""
    calendar = icalendar.Calendar.from_ical(render_steady(plan))
    found = recurring_ical_events.of(calendar).between(END, until)
    return sorted((event["DTSTART"].dt, str(event["UID"])) for event in found)


def test_the_highest_tier_gets_a_touch_every_four_weeks_from_the_last_one_on() -> None:
    days = [day for day, _ in days_of(plan_of(), dt.date(2028, 4, 1))]
    first = dt.date(2027, 4, 21)
    assert days == [first + dt.timedelta(weeks=4 * number) for number in range(len(days))]
    assert len(days) == 13
    assert [one.channel.name for one in steady(plan_of())] == ["call", "postcard", "visit"]


@pytest.mark.parametrize("tier", Policy().tiers, ids=lambda tier: tier.name)
def test_no_tier_waits_longer_than_the_floor_of_90_days(tier: Tier) -> None:
    days = [day for day, _ in days_of(plan_of(tier=tier.name), dt.date(2029, 4, 1))]
    gaps = [later - earlier for earlier, later in pairwise([dt.date(2027, 3, 24), *days])]
    assert max(gaps).days <= FLOOR_DAYS


@pytest.mark.parametrize("rhythm", Policy().rhythms.values(), ids=lambda rhythm: rhythm.name)
def test_the_rhythms_that_ship_end_with_a_review(rhythm: Rhythm) -> None:
    assert rhythm.touches[-1].purpose == "review"
    assert rhythm.touches[-1].week == rhythm.weeks


def test_nothing_falls_into_the_campaign() -> None:
    territory = small()
    early = Plan(territory, [a_touch("A-1/A-1/hello", "01-04", "letter", of=territory)])
    assert all(one.first > END for one in steady(early))
    assert len(steady(early)) == 3


def test_without_a_touch_it_counts_from_the_last_day() -> None:
    first = steady(Plan(small(), ()))[0].first
    assert first == dt.date(2027, 5, 3)  # 1 May is a Saturday


def test_what_reached_nobody_is_no_last_touch() -> None:
    before = plan_of()
    territory = before.territory
    missed = a_touch(
        "A-1/A-1/review", "04-01", "call", of=territory, status=Status.DONE, outcome="no_answer"
    )
    after = evolve(before, touches=(*before.touches, missed))
    assert steady(after) == steady(before)


def test_a_channel_that_is_not_allowed_gives_way_to_the_next() -> None:
    person = Contact("P-1", "A-1", name="Ann", consents={"call": "no", "visit": "no"})
    territory, strict = (
        small(contacts=[person], courtesy=Courtesy(substitute=substitute))
        for substitute in (True, False)
    )
    as_owed = ["letter", "postcard", "letter"]
    assert [one.channel.name for one in steady(Plan(territory, ()))] == as_owed
    assert [one.channel.name for one in steady(Plan(strict, ()))] == as_owed[:2]


def test_a_visit_falls_on_a_day_on_which_they_are_open() -> None:
    hours = OpeningHours.parse("Fri 09:00-12:00")
    visits = [one for one in steady(plan_of(visit_hours=hours)) if one.channel.travels]
    assert [one.first for one in visits] == [dt.date(2027, 6, 18)]


@pytest.mark.parametrize("account", [{"do_not_contact": True}, {"status": "closed"}])
def test_who_is_not_to_be_touched_gets_nothing(account: dict[str, Any]) -> None:
    territory = small(Account("A-1", "One", tier="A", **account))
    assert steady(Plan(territory, ())) == ()
    assert days_of(Plan(territory, ()), dt.date(2028, 4, 1)) == []


def test_identities_are_unique_and_stay_when_the_plan_moves() -> None:
    territory = small(*(Account(f"A/{n}", f"One {n}", tier="ABC"[n]) for n in range(3)))
    made, empty = plan(territory, effort=0), Plan(territory, ())
    uids = [one.uid for one in steady(made)]
    assert len(set(uids)) == len(uids) == 8
    assert uids == [one.uid for one in steady(empty)]


def test_the_same_plan_gives_the_same_bytes_and_one_start_for_all_stamps() -> None:
    assert render_steady(plan_of()) == render_steady(plan_of())
    calendar = icalendar.Calendar.from_ical(render_steady(plan_of()))
    stamps = {event.DTSTAMP for event in calendar.events}
    assert stamps == {dt.datetime(2027, 1, 4, tzinfo=dt.UTC)}
    assert str(calendar.walk("VEVENT")[0]["SUMMARY"]) == "Call: Müller; Söhne, KG"


def test_the_table_says_the_same() -> None:
    text = render_steady_table(plan_of()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["first"], row["channel"], row["every_weeks"]) for row in rows] == [
        (one.first.isoformat(), one.channel.name, "12") for one in steady(plan_of())
    ]


def test_a_tier_may_have_a_rhythm_of_its_own_or_none() -> None:
    own = Rhythm("own", 2, [Beat(1, "email", "share")])
    tiers = (Tier("A", steady="own"), Tier("B", steady=""))
    accounts = (Account("A-1", "One", tier="A"), Account("A-2", "Two", tier="B"))
    territory = small(*accounts, tiers=tiers, rhythms={"own": own})
    found = steady(Plan(territory, ()))
    assert [(one.account.account_id, one.every_weeks) for one in found] == [("A-1", 2)]


def test_what_a_rhythm_names_has_to_be_defined() -> None:
    wrong = Rhythm("own", 2, [Beat(1, "fax", "shout")])
    with pytest.raises(InvalidInput) as raised:
        small(tiers=(Tier("A", steady="other"),), rhythms={"own": wrong})
    places = [finding.column for finding in raised.value.findings]
    assert places == ["tiers.A.steady", "rhythms.own.touches", "rhythms.own.touches"]


@pytest.mark.parametrize(
    ("weeks", "beats"),
    [(4, []), (4, [Beat(5, "call", "listen")]), (4, [Beat(2, "call", "x"), Beat(2, "call", "x")])],
)
def test_a_rhythm_that_contradicts_itself_is_none(weeks: int, beats: list[Beat]) -> None:
    with pytest.raises(ValueError, match=r"own"):
        Rhythm("own", weeks, beats)


def test_a_beat_without_a_channel_is_none() -> None:
    with pytest.raises(ValueError, match="no channel"):
        Beat(2, [], "listen")
