"""What would let a touch in is true: applied, the touch then stands and breaks no rule."""

from collections.abc import Mapping

import pytest
from attrs import evolve
from byhand import ROBIN, a_plan, a_territory, an_account, several
from rows import a_touch, day, left

from campaign.explaining.changes import (
    Allowed,
    AsItIs,
    Change,
    HigherCeiling,
    HigherLimit,
    LaterPromise,
    LongerCampaign,
    MoreMinutes,
    OtherChannel,
    SmallerGap,
    WiderWindow,
    WorkOn,
)
from campaign.explaining.putting import Spot
from campaign.explaining.trials import Freed, Trials
from campaign.model.accounts import Contact, Promise
from campaign.model.cadences import Step
from campaign.model.channels import Channel
from campaign.model.hours import OpeningHours
from campaign.model.rep import Capacity, Courtesy
from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.rules import violations
from campaign.touches import ReasonCode, Touch
from campaign.workdays import Span

CALL = Step("call", "call", "listen", within=5)
VISIT = Step("visit", "visit", "listen", within=5)


def freed(
    of: Territory,
    *touches: Touch,
    out: str = "A-1/A-1/call",
    code: ReasonCode = ReasonCode.CAPACITY,
) -> Freed | None:
    """What lets one touch into a plan, tested once more by the whole set of rules."""
    made = evolve(a_plan(*touches, of=of), left_out=[left(out, of=of, reason_code=code)])
    trials = Trials(made)
    found = trials.freed(made.left_out[0])
    if found:
        placed = trials.with_change(found.change, out, Spot(found.channel, found.date))
        assert placed is not None
        then, moves = placed
        assert (violations(then), moves) == ((), found.moves)
        assert [t.date for t in then.touches if t.touch_id == out] == [found.date]
        assert then.left_out == ()
    return found


def test_what_fits_as_things_are_needs_no_change() -> None:
    found = freed(a_territory(steps=[CALL]))
    assert found == Freed(AsItIs(), day("01-04"), channel="call")
    assert found.words(a_territory()) == "There is room for it, by call on Mon 4 Jan."


def test_one_minute_less_than_asked_for_is_not_enough() -> None:
    territory = a_territory(
        *several(2), steps=[CALL], capacity=Capacity(minutes_per_week=22, ramp=())
    )
    made = evolve(
        a_plan(a_touch("A-2/A-2/call", "01-06", of=territory), of=territory),
        left_out=[left("A-1/A-1/call", of=territory)],
    )
    spot = Spot("call", day("01-04"))
    trials = Trials(made)
    for minutes, is_enough in ((10, True), (9, False)):
        placed = trials.with_change(MoreMinutes(spot.date, minutes), "A-1/A-1/call", spot)
        assert placed is not None
        assert trials.breaks_nothing(placed[0], "A-1/A-1/call") is is_enough


def test_a_day_that_is_too_short_is_named_itself() -> None:
    capacity = Capacity(minutes_per_day=10, ramp=())
    found = freed(a_territory(steps=[CALL], capacity=capacity))
    assert found is not None
    assert found.change == MoreMinutes(day("01-04"), 6)


def test_a_visit_is_put_into_the_tour_where_it_adds_least() -> None:
    accounts = (an_account("A-1"), an_account("A-2", latitude=45.2))
    territory = a_territory(
        *accounts, steps=[VISIT], capacity=Capacity(minutes_per_week=200, ramp=())
    )
    there = a_touch(
        "A-2/A-2/visit", "01-05", "visit", of=territory, travel_minutes=34, home_minutes=29
    )
    found = freed(territory, there, out="A-1/A-1/visit")
    assert found == Freed(AsItIs(), day("01-05"), channel="visit")


LEAVE = evolve(ROBIN, leave=[Span(day("01-04"), day("01-08"))])
ANN = Contact("P-1", "A-1", name="Ann", consents={"call": "no"})
ASKED = Contact("P-1", "A-1", name="Ann")
CASES: Mapping[str, tuple[Territory, object]] = {
    "limit": (
        a_territory(steps=[CALL], channels={"call": Channel("call", 16, per_week=0)}),
        HigherLimit("call", "week", to=1),
    ),
    "leave": (a_territory(rep=LEAVE, steps=[CALL]), WiderWindow("own", "call", days=1)),
    "refused": (
        a_territory(contacts=[ANN], steps=[CALL]),
        OtherChannel("own", "call", channel="postcard"),
    ),
    "most": (
        a_territory(steps=[CALL], courtesy=Courtesy(most=0)),
        HigherCeiling("", 1),
    ),
    "by channel": (
        a_territory(steps=[CALL], courtesy=Courtesy(most_by_channel={"call": 0})),
        OtherChannel("own", "call", channel="postcard"),
    ),
    "the end": (
        a_territory(days=30, steps=[Step("call", "call", "listen", gap=[25, 30])]),
        LongerCampaign(60),
    ),
}


def test_a_smaller_distance_lets_in_a_call_near_another() -> None:
    steps = [
        Step("hello", "call", "introduce", within=2),
        Step("call", "call", "listen", within=4),
    ]
    territory = a_territory(steps=steps, channels={"call": Channel("call", 16, weekdays=[0, 2])})
    only = evolve(territory, rep=evolve(ROBIN, leave=[Span(day("01-07"), day("04-01"))]))
    found = freed(only, a_touch("A-1/A-1/hello", "01-04", of=only))
    assert found is not None
    assert isinstance(found.change, OtherChannel | SmallerGap)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (SmallerGap(2), "gap = 2 under [contact]"),
        (HigherCeiling("call", 4), "most_call = 4 under [contact]"),
        (Allowed("call", contact_id="P-1", name="Ann"), "a yes of Ann to call"),
        (Allowed("call"), 'unknown_consent = "allow" under [contact]'),
        (WorkOn(day("01-05")), "work on Tue 5 Jan, a day of your leave,"),
        (LaterPromise("PR", day("01-12")), "Tue 12 Jan as its day, agreed with them,"),
        (LongerCampaign(120), "a longer campaign (days = 120)"),
        (WiderWindow("own", "call", days=2), '2 business days more for "call" in the cadence own'),
        (HigherLimit("call", "day", to=3), "per_day = 3 under [channels.call]"),
        (MoreMinutes(day("01-12"), 1), "1 minute more on Tue 12 Jan"),
        (
            OtherChannel("own", "call", channel="email"),
            'email as a channel of "call" in the cadence own',
        ),
    ],
)
def test_each_change_says_what_to_write(change: Change, wanted: str) -> None:
    assert change.words(a_territory()) == wanted


def test_each_change_changes_what_it_says_and_nothing_else() -> None:
    promise = Promise("PR", "A-1", what="x", due=day("01-05"))
    territory = a_territory(rep=LEAVE, contacts=[ASKED], promises=[promise], steps=[CALL])
    assert SmallerGap(2).applied(territory).courtesy == evolve(territory.courtesy, gap=2)
    worked = WorkOn(day("01-05")).applied(territory).rep.leave
    assert worked == (Span(day("01-04"), day("01-04")), Span(day("01-06"), day("01-08")))
    later = LaterPromise("PR", day("01-12")).applied(territory)
    assert later.promises == (evolve(promise, due=day("01-12")),)
    allowed = Allowed("call", contact_id="P-1", name="Ann").applied(territory)
    assert allowed.contacts[0].consent("call").value == "yes"
    assert (
        WiderWindow("own", "call", days=2).applied(territory).cadences["own"].steps[0].within == 7
    )
    for change in (SmallerGap(2), WorkOn(day("01-05")), LongerCampaign(120)):
        assert change.applied(territory).accounts == territory.accounts


def test_unknown_consent_that_counts_as_no_is_asked_for() -> None:
    courtesy = Courtesy(unknown_consent="deny")
    contacts = [Contact("P-1", "A-1", name="Ann", consents={"email": "no"})]
    territory = a_territory(contacts=contacts, courtesy=courtesy, steps=[CALL])
    found = freed(territory, out="A-1/P-1/call")
    assert found is not None
    assert found.change == Allowed("call", contact_id="P-1", name="Ann")


def test_nobodys_wish_for_no_contact_is_changed() -> None:
    territory = a_territory(an_account(do_not_contact=True), steps=[CALL])
    assert freed(territory, code=ReasonCode.DO_NOT_CONTACT) is None


def test_in_a_crowded_plan_every_change_named_is_true() -> None:
    accounts = [an_account(f"A-{n}", tier="ABC"[n % 3], latitude=45 + n / 50) for n in range(9)]
    territory = Territory(
        ROBIN, accounts, start=day("01-04"), capacity=Capacity(minutes_per_week=70)
    )
    made = plan(territory, effort=0)
    assert violations(made) == ()
    trials = Trials(made)
    found = {one.touch_id: trials.freed(one) for one in made.left_out[:6]}
    assert any(found.values())
    for touch_id, one in found.items():
        if one:
            placed = trials.with_change(one.change, touch_id, Spot(one.channel, one.date))
            assert placed is not None
            new = [v for v in violations(placed[0]) if v.rule not in ("R7", "R8")]
            assert new == []


CHAIN = (
    Step("hello", "letter", "introduce", within=5),
    Step("news", "postcard", "share", after="hello", gap=[10, 12]),
    Step("review", "call", "review", after="news", gap=[10, 12]),
)


def test_what_follows_moves_along_to_the_nearest_day_of_its_window() -> None:
    territory = a_territory(steps=CHAIN)
    news = a_touch("A-1/A-1/news", "01-19", "postcard", of=territory)
    review = a_touch("A-1/A-1/review", "02-11", of=territory)
    found = freed(territory, news, review, out="A-1/A-1/hello")
    assert found is not None
    assert (found.change, str(found.date)) == (AsItIs(), "2027-01-04")
    # The letter is there on 11 January; ten business days on, a holiday between, is the 26th.
    assert [(move.step, str(move.after)) for move in found.moves] == [
        ("news", "2027-01-26"),
        ("review", "2027-02-17"),
    ]
    assert '"news" then moves to Tue 26 Jan' in found.words(territory)


def test_a_pinned_follower_does_not_move() -> None:
    territory = a_territory(steps=CHAIN[:2])
    news = a_touch("A-1/A-1/news", "01-19", "postcard", of=territory, pinned=True)
    made = evolve(a_plan(news, of=territory), left_out=[left("A-1/A-1/hello", of=territory)])
    found = Trials(made).freed(made.left_out[0])
    assert found is None or found.moves == ()


def test_unknown_consent_of_an_account_without_people_is_a_setting() -> None:
    courtesy = Courtesy(unknown_consent="deny")
    territory = a_territory(courtesy=courtesy, steps=[CALL])
    found = freed(territory, code=ReasonCode.NO_CONSENT)
    assert found is not None
    assert found.change == Allowed("call")
    assert Allowed("call").applied(territory).courtesy == Courtesy()


@pytest.mark.parametrize(
    ("date", "rest"),
    [
        ("01-04", (Span(day("01-05"), day("01-08")),)),
        ("01-08", (Span(day("01-04"), day("01-07")),)),
        ("01-20", (Span(day("01-04"), day("01-08")),)),
    ],
)
def test_a_day_of_leave_is_taken_out_of_its_span_alone(date: str, rest: tuple[Span, ...]) -> None:
    assert WorkOn(day(date)).applied(a_territory(rep=LEAVE)).rep.leave == rest


def test_a_step_without_an_end_has_no_wider_window() -> None:
    territory = a_territory()
    assert WiderWindow("own", "call", days=3).applied(territory) == territory


def test_a_visit_beside_one_to_the_same_account_costs_no_drive() -> None:
    people = [
        Contact("P-1", "A-1", name="Ann"),
        Contact("P-2", "A-1", name="Bo", cadence="own"),
    ]
    territory = a_territory(
        contacts=people, steps=[VISIT], capacity=Capacity(minutes_per_week=95, ramp=())
    )
    there = a_touch("A-1/P-1/visit", "01-05", "visit", of=territory)
    found = freed(territory, there, out="A-1/P-2/visit")
    assert found == Freed(AsItIs(), day("01-05"), channel="visit")


def test_what_is_not_owed_is_not_freed() -> None:
    territory = a_territory(steps=[CALL])
    stranger = evolve(left("A-1/A-1/call", of=territory), touch_id="A-1/A-1/other")
    assert Trials(a_plan(of=territory)).freed(stranger) is None


FIRST_DAY = Step("call", "call", "listen", within=1)
ANN = Contact("P-1", "A-1", name="Ann", call_hours=OpeningHours.parse("Mon-Fri 09:00-09:30"))


def beside_calls(*starts: int) -> Freed | None:
    """What lets in a call to Ann on the first day, beside calls to others at these minutes."""
    territory = a_territory(
        *several(1 + len(starts)),
        contacts=[ANN],
        steps=[FIRST_DAY],
        courtesy=Courtesy(call_hours=""),
    )
    calls = [
        a_touch(f"A-{n}/A-{n}/call", "01-04", of=territory, start=start, end=start + 16)
        for n, start in enumerate(starts, start=2)
    ]
    code = ReasonCode.NO_TIME_OF_DAY
    return freed(territory, *calls, out="A-1/P-1/call", code=code)


@pytest.mark.parametrize("starts", [(9 * 60 + 16,), (8 * 60, 9 * 60 + 16, 600, 660)])
def test_a_call_that_has_a_time_of_day_needs_no_change(starts: tuple[int, ...]) -> None:
    assert beside_calls(*starts) == Freed(AsItIs(), day("01-04"), channel="call")


@pytest.mark.parametrize(
    ("change", "begin"),
    [
        (HigherLimit("letter", "day", to=21), "per_day = 21 under [channels.letter] would"),
        (SmallerGap(4), "gap = 4 under [contact] would"),
        (LongerCampaign(120), "A longer campaign (days = 120) would"),
    ],
)
def test_a_key_is_told_as_it_is_to_be_written(change: Change, begin: str) -> None:
    told = Freed(change, day("01-04"), channel="letter").words(a_territory())
    assert told.startswith(begin)


def in_time(territory: Territory) -> Territory:
    """The same, its steps not to be late: so that a window closes on its due day."""
    own = territory.cadences["own"]
    steps = [evolve(step, late=0) for step in own.steps]
    return evolve(territory, cadences={**territory.cadences, "own": evolve(own, steps=steps)})


def test_a_week_that_is_too_full_by_ten_minutes_asks_for_ten() -> None:
    week = Capacity(minutes_per_week=22, ramp=())
    territory = in_time(a_territory(*several(2), steps=[CALL], capacity=week))
    found = freed(territory, a_touch("A-2/A-2/call", "01-06", of=territory))
    assert found is not None
    assert found.change == MoreMinutes(day("01-04"), 10, of_week=True)
    words = "10 minutes more in the week of 4 January would let it in, by call on Mon 4 Jan."
    assert found.words(territory) == words


def test_a_channel_at_its_limit_of_the_day_is_raised_by_one() -> None:
    steps = [Step("call", "call", "listen", within=1, late=0)]
    calls = {"call": Channel("call", 16, per_day=1)}
    territory = a_territory(*several(2), steps=steps, channels=calls)
    found = freed(territory, a_touch("A-2/A-2/call", "01-04", of=territory))
    assert found == Freed(HigherLimit("call", "day", to=2), day("01-04"), channel="call")


@pytest.mark.parametrize("case", CASES)
def test_the_cheapest_change_that_fits_is_found(case: str) -> None:
    territory, change = CASES[case]
    person = "P-1" if territory.contacts else "A-1"
    found = freed(in_time(territory), out=f"A-1/{person}/call")
    assert found is not None
    assert found.change == change
