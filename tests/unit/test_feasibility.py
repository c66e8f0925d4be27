import datetime as dt
from functools import cache
from math import floor, inf

import pytest
from attrs import evolve
from small import PACED, small

from campaign.demand import demand
from campaign.feasibility import (
    ChannelUse,
    Feasibility,
    Repair,
    RepairCode,
    Week,
)
from campaign.feasibility import feasibility as worked_out
from campaign.model.accounts import Account, Consent, Contact, Promise
from campaign.model.cadences import Cadence, Step
from campaign.model.channels import Channel
from campaign.model.priorities import Tier
from campaign.model.rep import OFFICE_HOURS, Capacity, Rep
from campaign.model.territory import Territory
from campaign.workdays import Span

PLENTY = Capacity(ramp=())
feasibility = cache(worked_out)


def accounts(number: int, tier: str = "B") -> tuple[Account, ...]:
    return tuple(Account(f"{tier}-{n}", f"Firm {n}", tier=tier) for n in range(number))


def repair(territory: Territory, code: RepairCode) -> Repair:
    return {found.code: found for found in feasibility(territory).repairs}[code]


def crowded(**keys: object) -> Territory:
    """Forty B accounts with two contacts each and ten C accounts, in four hours a week."""
    people = [
        Contact(f"{account.account_id}-{n}", account.account_id, name=f"Person {n}")
        for account in accounts(40)
        for n in range(2)
    ]
    values = {"contacts": people, "capacity": Capacity(minutes_per_week=240), **keys}
    return small(*accounts(40), *accounts(10, "C"), **values)


def test_needed_are_the_minutes_of_all_touches_and_25_of_travel_a_visit() -> None:
    found = feasibility(small(*accounts(1), cadences=PACED))
    # A letter, a visit with its drive, a card, a card, a call.
    assert found.needed == 15 + (55 + 25) + 4 + 4 + 16
    assert found.accounts == 1


def test_a_promise_is_part_of_what_is_needed() -> None:
    promise = Promise("P-1", "B-0", what="call back", due=dt.date(2027, 1, 15))
    with_promise = feasibility(small(*accounts(1), promises=[promise]))
    assert with_promise.needed == feasibility(small(*accounts(1))).needed + 16


def test_a_touch_is_reckoned_by_the_first_channel_that_the_person_allows() -> None:
    shy = Contact("C-1", "B-0", name="Ann", consents={"visit": Consent.NO})
    found = feasibility(small(*accounts(1), contacts=[shy], cadences=PACED))
    assert found.needed == 15 + 16 + 4 + 4 + 16


def test_a_week_holds_what_its_days_do_at_most_what_the_week_does() -> None:
    rep = Rep("Ann", leave=[Span(dt.date(2027, 1, 19), dt.date(2027, 1, 22))])
    found = feasibility(small(*accounts(1), rep=rep, days=30))
    # A ramp of a half and three quarters; then one day of work, then whole weeks, then 2 days.
    assert [week.available for week in found.weeks] == [360, 540, 360, 720, 720]
    assert found.available == 2700


def test_the_rep_s_own_hours_limit_a_day() -> None:
    rep = Rep("Ann", hours={0: OFFICE_HOURS[0][:1]}, lunch_minutes=530)
    found = feasibility(small(*accounts(1), rep=rep, days=30, capacity=PLENTY))
    assert found.available == 5 * 10


def test_load_is_infinite_without_any_time_and_nothing_where_nothing_is_owed() -> None:
    idle = Capacity(minutes_per_week=0)
    gone = Account("A-1", "Gone", tier="A", status="closed")
    assert feasibility(small(*accounts(1), capacity=idle)).load == inf
    assert feasibility(small(gone, capacity=idle)).load == 0


def test_the_weeks_share_out_all_that_is_needed() -> None:
    found = feasibility(crowded())
    assert sum(week.needed for week in found.weeks) == pytest.approx(found.needed, abs=10)


def test_a_promise_falls_into_the_week_in_which_it_is_due_and_an_overdue_one_into_the_first() -> (
    None
):
    bare = Tier("A", cadence="once", others="")
    once = Cadence("once", [Step("late", "letter", "share", gap=[60, 60])])
    promises = [
        Promise("P-1", "A-0", what="a", due=dt.date(2027, 1, 20)),
        Promise("P-2", "A-0", what="b", due=dt.date(2026, 12, 1)),
    ]
    territory = small(
        *accounts(1, "A"),
        promises=promises,
        tiers=[bare],
        cadences={"once": once},
        relationships={},
    )
    needed = [week.needed for week in feasibility(territory).weeks]
    assert needed == [16, 0, 16, *[0] * 9, 15]


def test_a_touch_is_spread_evenly_over_the_weeks_of_its_window_in_which_the_rep_works() -> None:
    once = Cadence("once", [Step("hello", "call", "listen", within=15)])
    rep = Rep("Ann", leave=[Span(dt.date(2027, 1, 11), dt.date(2027, 1, 15))])
    territory = small(
        *accounts(3, "A"),
        rep=rep,
        tiers=[Tier("A", cadence="once", others="")],
        cadences={"once": once},
        relationships={},
        days=30,
    )
    assert [week.needed for week in feasibility(territory).weeks] == [24, 0, 24, 0, 0]


def test_a_grievance_is_needed_in_the_weeks_of_its_first_five_working_days() -> None:
    hurt = Account("A-1", "Hurt", tier="A", grievance="late", grievance_since=dt.date(2027, 1, 25))
    weeks = feasibility(small(hurt)).weeks
    assert weeks[3].needed >= 80
    assert weeks[0].needed == 0


def test_channels_tell_touches_minutes_and_the_room_of_their_limits() -> None:
    channels = {
        "letter": Channel("letter", 15, per_day=2, per_week=7, transit=(2, 5)),
        "visit": Channel("visit", 55, travels=True, weekdays=[0]),
        "call": Channel("call", 16, per_day=1, weekdays=[0]),
        "postcard": Channel("postcard", 4, per_week=3),
        "email": Channel("email", 1),
    }
    territory = small(*accounts(2), channels=channels, days=30, capacity=PLENTY, cadences=PACED)
    found = feasibility(territory)
    assert found.channels == (
        # Four whole weeks at seven a week, and two days of two.
        ChannelUse("letter", touches=2, minutes=30, room=4 * 7 + 2 * 2),
        ChannelUse("postcard", touches=4, minutes=16, room=15),
        ChannelUse("call", touches=2, minutes=32, room=5),
        ChannelUse("visit", touches=2, minutes=160, room=None),
    )
    assert not any(use.is_short for use in found.channels)


def test_a_channel_is_short_where_more_is_owed_than_its_limits_allow() -> None:
    found = feasibility(crowded(channels=_one_letter_a_week()))
    letter = next(use for use in found.channels if use.channel == "letter")
    assert letter.is_short
    assert any("limits allow 13" in line for line in found.lines())


def _one_letter_a_week() -> dict[str, Channel]:
    channels = dict(small().channels)
    return {**channels, "letter": evolve(channels["letter"], per_week=1)}


def test_there_are_no_repairs_where_there_is_slack() -> None:
    found = feasibility(small(*accounts(2)))
    assert found.fits
    assert not found.is_tight
    assert found.repairs == ()


def test_repairs_save_what_recomputing_says() -> None:
    territory = crowded()
    before = feasibility(territory)
    steps = [touch.step for touch in demand(territory).owed]
    optional = sum(not step.required for step in steps)
    # Further contacts may be left out by the tiers as well: the same must come out.
    alone = [evolve(tier, others="") for tier in territory.tiers]
    less = feasibility(evolve(territory, tiers=alone))
    assert repair(territory, RepairCode.NO_FURTHER_CONTACTS).load == less.load
    assert (
        repair(territory, RepairCode.NO_FURTHER_CONTACTS).minutes_saved
        == before.needed - less.needed
    )
    assert repair(territory, RepairCode.NO_OPTIONAL_STEPS).touches == optional
    assert repair(territory, RepairCode.VISITS_BY_CALL).minutes_saved == 40 * (55 + 25 - 16)


def test_the_cheapest_channel_saves_at_least_as_much_as_calls_for_visits() -> None:
    territory = crowded()
    calls = repair(territory, RepairCode.VISITS_BY_CALL)
    cheapest = repair(territory, RepairCode.CHEAPEST_CHANNEL)
    assert cheapest.minutes_saved > calls.minutes_saved
    assert cheapest.required_lost == cheapest.optional_lost == 0


def test_a_visit_stays_one_where_its_person_takes_no_call() -> None:
    deaf = [
        Contact(account.account_id, account.account_id, name="X", consents={"call": Consent.NO})
        for account in accounts(40)
    ]
    territory = crowded(contacts=deaf, cadences=PACED)
    codes = {found.code for found in feasibility(territory).repairs}
    assert RepairCode.VISITS_BY_CALL not in codes


def test_a_grievance_is_still_heard_in_person() -> None:
    hurt = tuple(Account(f"A-{n}", "Hurt", tier="A", grievance="late") for n in range(30))
    territory = small(*hurt, capacity=Capacity(minutes_per_week=60))
    # One of the two visits of the recovery cadence opens it.
    assert repair(territory, RepairCode.VISITS_BY_CALL).touches == 30


def test_more_minutes_are_the_fewest_in_tens_that_suffice() -> None:
    territory = crowded()
    more = repair(territory, RepairCode.MORE_MINUTES)
    minutes = int(more.names)

    def load(per_week: int) -> float:
        capacity = evolve(territory.capacity, minutes_per_week=per_week)
        return feasibility(evolve(territory, capacity=capacity)).load

    assert minutes % 10 == 0
    assert load(minutes) == more.load <= 1 < load(minutes - 10)
    assert more.is_enough


def test_more_minutes_a_week_stop_at_what_the_days_hold() -> None:
    capacity = Capacity(minutes_per_day=20, minutes_per_week=60, ramp=())
    territory = crowded(capacity=capacity)
    more = repair(territory, RepairCode.MORE_MINUTES)
    assert more.names == "100"
    assert not more.is_enough


def test_repairs_come_by_required_touches_lost_then_by_hours_added() -> None:
    found = feasibility(crowded()).repairs
    prices = [(each.required_lost, each.minutes_more) for each in found]
    assert prices == sorted(prices)
    assert found[0].code is RepairCode.CHEAPEST_CHANNEL
    assert found[-1].required_lost > 0


def test_a_lowest_tier_left_for_later_keeps_its_promises_and_grievances() -> None:
    hurt = Account("C-x", "Hurt", tier="C", grievance="late")
    promise = Promise("P-1", "C-0", what="call", due=dt.date(2027, 1, 15))
    plain = repair(crowded(), RepairCode.WITHOUT_LOWEST_TIER)
    territory = small(
        *accounts(40), *accounts(10, "C"), hurt, promises=[promise],
        capacity=Capacity(minutes_per_week=240),
    )  # fmt: skip
    left = repair(territory, RepairCode.WITHOUT_LOWEST_TIER)
    assert left.names == "C"
    assert left.touches == plain.touches == 30
    assert left.required_lost == 30


def test_the_only_tier_is_not_left_for_later() -> None:
    territory = small(*accounts(80), capacity=Capacity(minutes_per_week=240))
    codes = {found.code for found in feasibility(territory).repairs}
    assert RepairCode.WITHOUT_LOWEST_TIER not in codes


def test_a_tight_territory_gets_repairs_and_is_told_so() -> None:
    available = feasibility(small(*accounts(40), capacity=PLENTY)).available
    needed = feasibility(small(*accounts(40), capacity=PLENTY)).needed
    per_week = floor(720 * needed / available / 0.95)
    found = feasibility(small(*accounts(40), capacity=evolve(PLENTY, minutes_per_week=per_week)))
    assert found.fits
    assert found.is_tight
    assert found.repairs
    assert RepairCode.MORE_MINUTES not in {each.code for each in found.repairs}
    assert "It fits, with little slack for a day that goes wrong." in found.lines()


def test_the_lines_tell_the_sum_first_and_the_repairs_last() -> None:
    found = Feasibility(
        60,
        214 * 60,
        available=168 * 60,
        weeks=(Week(0, available=180, needed=400),),
        channels=(ChannelUse("call", touches=3, minutes=48, room=None),),
        repairs=(
            Repair(RepairCode.VISITS_BY_CALL, 0.9, touches=31, minutes_saved=1984),
            Repair(RepairCode.MORE_MINUTES, 1.0, minutes_more=120, names="910"),
            Repair(
                RepairCode.NO_FURTHER_CONTACTS, 1.2, touches=9, minutes_saved=90, required_lost=3,
                optional_lost=6, names="B",
            ),
        ),
    )  # fmt: skip
    assert found.lines() == (
        "Your 60 accounts are owed 214 h; you have 168 h (load 1.27).",
        "It does not fit: optional steps go first, then touches of the lowest tiers.",
        "",
        "  week  needed  available",
        "  1      6.7 h      3 h !",
        "  ! more than the week holds, with each touch spread evenly over its window",
        "",
        "  channel  touches  needed  room",
        "  call           3   0.8 h   any",
        "",
        "What would help, the cheapest first:",
        "  make 31 visits by another channel that their steps allow: saves 33 h; load 0.90",
        (
            "  give the campaign 15 h 10 min a week (minutes_per_week = 910): "
            "gives 2 h more; load 1.00"
        ),
        (
            "  leave out the further contacts of B accounts: saves 1.5 h, "
            "gives up 9 required and optional touches; load 1.20"
        ),
    )


@pytest.mark.parametrize("code", list(RepairCode))
def test_every_repair_has_a_sentence(code: RepairCode) -> None:
    assert str(Repair(code, 0.5, names="60")).endswith("load 0.50")


@pytest.mark.parametrize(("load", "said"), [(0.4, True), (1.1, False)])
def test_what_the_cheapest_channels_make_fit_is_told_so(load: float, said: bool) -> None:  # noqa: FBT001
    cheapest = Repair(RepairCode.CHEAPEST_CHANNEL, load, touches=3, minutes_saved=70)
    found = Feasibility(1, 120, available=100, weeks=(), channels=(), repairs=(cheapest,))
    told = "By the first channel of each step it does not fit; by the cheapest it does (load 0.40)."
    assert (told in found.lines()) is said
    assert any(line.startswith("It does not fit") for line in found.lines()) is not said
