"""What would let a touch in is true: applied, the touch then stands and breaks no rule."""

from collections.abc import Mapping

import pytest
from attrs import evolve
from byhand import ROBIN, a_plan, a_territory, an_account, several
from placing import put_in
from rows import a_touch, day, left

from campaign.explaining.remedies import Freed, Remedies
from campaign.explaining.single_change import Obstacle, OneChange, Spot
from campaign.model.accounts import Contact
from campaign.model.cadences import Step
from campaign.model.channels import Channel
from campaign.model.hours import OpeningHours
from campaign.model.rep import Capacity, Courtesy
from campaign.model.territory import Territory
from campaign.planning import plan
from campaign.rules import Facts, violations
from campaign.touches import Plan, ReasonCode, Touch
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
    found = Remedies(made).missing(made.left_out[0]).freed
    if found:
        then = with_it(made, found)
        assert violations(then) == ()
        assert [t.date for t in then.touches if t.touch_id == out] == [found.date]
        assert then.left_out == ()
    return found


def with_it(made: Plan, found: Freed) -> Plan:
    """The plan after a change, with the touch in it."""
    changed = evolve(made, territory=found.change.applied(made.territory))
    touch_id = found.change.due.touch_id
    return put_in(changed, Facts(changed).dues[touch_id], found.change.spot)


def told(found: Freed | None, of: Territory) -> str:
    """The change and where the touch then stands."""
    assert found is not None
    return found.words(of)


def test_what_fits_as_things_are_needs_no_change() -> None:
    territory = a_territory(steps=[CALL])
    assert told(freed(territory), territory) == "There is room for it, by call on Mon 4 Jan."


def test_one_minute_less_than_asked_for_is_not_enough() -> None:
    territory = a_territory(
        *several(2), steps=[CALL], capacity=Capacity(minutes_per_week=22, ramp=())
    )
    there = a_touch("A-2/A-2/call", "01-06", of=territory)
    made = evolve(a_plan(there, of=territory), left_out=[left("A-1/A-1/call", of=territory)])
    due = Facts(made).dues["A-1/A-1/call"]
    for minutes, is_enough in ((10, True), (9, False)):
        change = OneChange(Obstacle.MINUTES, Spot("call", day("01-04")), minutes, due=due)
        assert (violations(with_it(made, Freed(change))) == ()) is is_enough


def test_a_day_that_is_too_short_is_named_itself() -> None:
    territory = a_territory(steps=[CALL], capacity=Capacity(minutes_per_day=10, ramp=()))
    words = "6 minutes more on Mon 4 Jan would let it in, by call on Mon 4 Jan."
    assert told(freed(territory), territory) == words


def test_a_visit_is_put_into_the_tour_where_it_adds_least() -> None:
    accounts = (an_account("A-1"), an_account("A-2", latitude=45.2))
    territory = a_territory(
        *accounts, steps=[VISIT], capacity=Capacity(minutes_per_week=200, ramp=())
    )
    there = a_touch(
        "A-2/A-2/visit", "01-05", "visit", of=territory, travel_minutes=34, home_minutes=29
    )
    found = freed(territory, there, out="A-1/A-1/visit")
    assert told(found, territory) == "There is room for it, by visit on Tue 5 Jan."


LEAVE = evolve(ROBIN, leave=[Span(day("01-04"), day("01-08"))])
ANN = Contact("P-1", "A-1", name="Ann", consents={"call": "no"})
ASKED = Contact("P-1", "A-1", name="Ann")
CASES: Mapping[str, tuple[Territory, str]] = {
    "limit": (
        a_territory(steps=[CALL], channels={"call": Channel("call", 16, per_week=0)}),
        "per_week = 1 under [channels.call]",
    ),
    "leave": (
        a_territory(rep=LEAVE, steps=[CALL]),
        '1 business day more for "call" in the cadence own',
    ),
    "refused": (
        a_territory(contacts=[ANN], steps=[CALL], courtesy=Courtesy(substitute=False)),
        'Postcard as a channel of "call" in the cadence own',
    ),
    "most": (
        a_territory(steps=[CALL], courtesy=Courtesy(most=0)),
        "most = 1 under [contact]",
    ),
    "by channel": (
        a_territory(steps=[CALL], courtesy=Courtesy(most_by_channel={"call": 0})),
        'Postcard as a channel of "call" in the cadence own',
    ),
    "the end": (
        a_territory(days=30, steps=[Step("call", "call", "listen", gap=[25, 30])]),
        "A longer campaign (days = 60)",
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
    assert found.change.code in ("other_channel", "smaller_gap")


def change(obstacle: Obstacle, to: int = 0, channel: str = "call", *, of: Territory) -> OneChange:
    """A change for the call of the first account, on the Tuesday of the first week."""
    return OneChange(
        obstacle,
        Spot(channel, day("01-05")),
        to,
        due=next(iter(Facts(a_plan(of=of)).dues.values())),
    )


@pytest.mark.parametrize(
    ("obstacle", "to", "wanted"),
    [
        (Obstacle.GAP, 2, "gap = 2 under [contact]"),
        (Obstacle.CEILING, 9, "most = 9 under [contact]"),
        (Obstacle.CEILING_OF_CHANNEL, 4, "most_call = 4 under [contact]"),
        (Obstacle.CONSENT, 0, "a yes of Ann to call"),
        (Obstacle.LEAVE, 0, "work on Tue 5 Jan, a day of your leave,"),
        (Obstacle.END, 120, "a longer campaign (days = 120)"),
        (Obstacle.WINDOW, 2, '2 business days more for "call" in the cadence own'),
        (Obstacle.LIMIT_A_DAY, 3, "per_day = 3 under [channels.call]"),
        (Obstacle.LIMIT_A_WEEK, 3, "per_week = 3 under [channels.call]"),
        (Obstacle.MINUTES, 1, "1 minute more on Tue 5 Jan"),
        (Obstacle.OTHER_CHANNEL, 0, 'call as a channel of "call" in the cadence own'),
    ],
)
def test_each_change_says_what_to_write(obstacle: Obstacle, to: int, wanted: str) -> None:
    territory = a_territory(contacts=[ASKED], steps=[CALL])
    assert change(obstacle, to, of=territory).words(territory) == wanted


def test_each_change_changes_what_it_says_and_nothing_else() -> None:
    territory = a_territory(rep=LEAVE, contacts=[ASKED], steps=[CALL])

    def after(obstacle: Obstacle, to: int = 0) -> Territory:
        return change(obstacle, to, of=territory).applied(territory)

    assert after(Obstacle.GAP, 2).courtesy == evolve(territory.courtesy, gap=2)
    worked = after(Obstacle.LEAVE).rep.leave
    assert worked == (Span(day("01-04"), day("01-04")), Span(day("01-06"), day("01-08")))
    assert after(Obstacle.CONSENT).contacts[0].consent("call").value == "yes"
    assert after(Obstacle.WINDOW, 2).cadences["own"].steps[0].within == 7
    for obstacle, to in ((Obstacle.GAP, 2), (Obstacle.LEAVE, 0), (Obstacle.END, 120)):
        assert after(obstacle, to).accounts == territory.accounts


def test_unknown_consent_that_counts_as_no_is_asked_for() -> None:
    courtesy = Courtesy(unknown_consent="deny")
    contacts = [Contact("P-1", "A-1", name="Ann", consents={"email": "no"})]
    territory = a_territory(contacts=contacts, courtesy=courtesy, steps=[CALL])
    found = freed(territory, out="A-1/P-1/call")
    assert told(found, territory).startswith("A yes of Ann to call would let it in")


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
    remedies = Remedies(made)
    found = [one for left_out in made.left_out[:6] if (one := remedies.missing(left_out).freed)]
    assert found
    for one in found:
        new = [v for v in violations(with_it(made, one)) if v.rule not in ("R7", "R8")]
        assert new == []


CHAIN = (
    Step("hello", "letter", "introduce", within=5),
    Step("news", "postcard", "share", after="hello", gap=[10, 12], late=0),
)


def test_what_follows_does_not_move_along() -> None:
    territory = a_territory(steps=CHAIN)
    news = a_touch("A-1/A-1/news", "01-19", "postcard", of=territory)
    made = evolve(a_plan(news, of=territory), left_out=[left("A-1/A-1/hello", of=territory)])
    found = Remedies(made).missing(made.left_out[0]).freed
    assert found is None or found.change.code != "as_it_is"


def test_unknown_consent_of_an_account_without_people_is_a_setting() -> None:
    courtesy = Courtesy(unknown_consent="deny")
    territory = a_territory(courtesy=courtesy, steps=[CALL])
    found = freed(territory, code=ReasonCode.NO_CONSENT)
    assert told(found, territory).startswith('unknown_consent = "allow" under [contact] would')
    assert found is not None
    assert found.change.applied(territory).courtesy == Courtesy()


@pytest.mark.parametrize(
    ("date", "rest"),
    [
        ("01-04", (Span(day("01-05"), day("01-08")),)),
        ("01-08", (Span(day("01-04"), day("01-07")),)),
        ("01-20", (Span(day("01-04"), day("01-08")),)),
    ],
)
def test_a_day_of_leave_is_taken_out_of_its_span_alone(date: str, rest: tuple[Span, ...]) -> None:
    territory = a_territory(rep=LEAVE)
    less = evolve(change(Obstacle.LEAVE, of=territory), spot=Spot("call", day(date)))
    assert less.applied(territory).rep.leave == rest


def test_a_step_without_an_end_has_no_wider_window() -> None:
    territory = a_territory()
    assert change(Obstacle.WINDOW, 3, of=territory).applied(territory) == territory


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
    assert told(found, territory) == "There is room for it, by visit on Tue 5 Jan."


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
    found = beside_calls(*starts)
    assert found is not None
    assert (found.change.code, found.date) == ("as_it_is", day("01-04"))


def in_time(territory: Territory) -> Territory:
    """The same, its steps not to be late: so that a window closes on its due day."""
    own = territory.cadences["own"]
    steps = [evolve(step, late=0) for step in own.steps]
    return evolve(territory, cadences={**territory.cadences, "own": evolve(own, steps=steps)})


def test_a_week_that_is_too_full_by_ten_minutes_asks_for_ten() -> None:
    week = Capacity(minutes_per_week=22, ramp=())
    territory = in_time(a_territory(*several(2), steps=[CALL], capacity=week))
    found = freed(territory, a_touch("A-2/A-2/call", "01-06", of=territory))
    words = "10 minutes more in the week of 4 January would let it in, by call on Mon 4 Jan."
    assert told(found, territory) == words


def test_a_channel_at_its_limit_of_the_day_is_raised_by_one() -> None:
    steps = [Step("call", "call", "listen", within=1, late=0)]
    calls = {"call": Channel("call", 16, per_day=1)}
    territory = a_territory(*several(2), steps=steps, channels=calls)
    found = freed(territory, a_touch("A-2/A-2/call", "01-04", of=territory))
    words = "per_day = 2 under [channels.call] would let it in, by call on Mon 4 Jan."
    assert told(found, territory) == words


@pytest.mark.parametrize("case", CASES)
def test_the_cheapest_change_that_fits_is_found(case: str) -> None:
    territory, words = CASES[case]
    person = "P-1" if territory.contacts else "A-1"
    found = freed(in_time(territory), out=f"A-1/{person}/call")
    assert told(found, territory).startswith(f"{words} would let it in, by ")
