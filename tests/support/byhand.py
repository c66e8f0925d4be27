"""A small territory and a plan for it, made by hand, with almost every feature in them."""

# ruff: noqa: ANN401 (the factories pass on whatever their values take)

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from attrs import evolve
from rows import a_touch, day, left

from campaign.demand import Owed, demand
from campaign.model.accounts import Account, Consent, Contact, Promise, Relationship
from campaign.model.cadences import PURPOSES, Cadence, Gap, Purpose, Step
from campaign.model.hours import OpeningHours
from campaign.model.policy import Policy
from campaign.model.priorities import Tier
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.rules.violations import Fault, Figure, Violation
from campaign.touches import LeftOut, Plan, ReasonCode, Touch
from campaign.workdays import Span

START = dt.date(2027, 1, 4)
HOME = (45.0, -123.0)
# A tenth of a degree of latitude is a drive of 15 minutes, two tenths one of 29.
NORTH = {"latitude": 45.1, "longitude": -123.0}
FAR_NORTH = {"latitude": 45.2, "longitude": -123.0}
SOUTH = {"latitude": 44.9, "longitude": -123.0}

KEY = Cadence(
    "key",
    (
        Step("hello", "letter", "introduce", within=5),
        Step("call", ["call", "letter"], "listen", after="hello", gap=Gap(1, 6)),
        Step("visit", "visit", "listen", after="call", gap=Gap(3, 10), contact="decision_maker"),
        Step("offer", "postcard", "offer", after="visit", gap=Gap(10, 30), required=False),
    ),
)
WARM = Cadence(
    "warm",
    (
        Step("hello", "postcard", "introduce", within=20),
        Step("meet", "visit", "listen", after="hello", gap=Gap(1, 10)),
    ),
)
PLAIN = Cadence(
    "plain",
    (
        Step("hello", "letter", "introduce", within=10),
        Step("visit", ["visit", "call"], "listen", after="hello", gap=Gap(2, 8)),
        Step("news", "postcard", "share", after="visit", gap=Gap(10, 20), required=False),
    ),
)
RECOVERY = Cadence(
    "recovery",
    (
        Step("go", ["visit", "call"], "recover", within=5),
        Step("sorry", "letter", "recover", after="go", gap=Gap(1, 2)),
        Step("talk", "call", "listen", after="sorry", gap=Gap(1, 8)),
    ),
)
CADENCES = {each.name: each for each in (KEY, WARM, PLAIN, RECOVERY)}
# The account in Canada is there for its holidays, not for its post.
AS_FAST_ABROAD = {name: evolve(channel, abroad=None) for name, channel in Policy().channels.items()}
ROBIN = Rep("Robin", home=HOME, timezone="America/Los_Angeles", country="US")


def an_account(account_id: str = "A-1", **others: Any) -> Account:
    """An account a quarter of an hour north of the rep's home."""
    return Account(account_id, f"Firm {account_id}", **{**NORTH, **others})


def several(number: int, **others: Any) -> tuple[Account, ...]:
    """So many accounts at one place: A-1, A-2 ..."""
    return tuple(an_account(f"A-{each}", **others) for each in range(1, number + 1))


def a_territory(*accounts: Account, steps: Iterable[Step] = (), **others: Any) -> Territory:
    """A territory whose one tier, of weight 9, runs these steps: if none, one call any day.

    Further contacts run nothing unless told otherwise; a grievance runs `recovery`.
    """
    own = Cadence("own", tuple(steps) or (Step("call", "call", "listen"),))
    usual: dict[str, Any] = {
        "start": START,
        "rep": ROBIN,
        "channels": AS_FAST_ABROAD,
        "tiers": (Tier("A", weight=9, cadence="own", others=""),),
        "cadences": {**CADENCES, "own": own},
        "relationships": {"grievance": "recovery"},
        "purposes": {**PURPOSES, "offer": Purpose("offer", selling=True)},
    }
    return Territory(accounts=accounts or (an_account(),), **usual | others)


def a_plan(
    *touches: Touch,
    of: Territory,
    left_out: Iterable[LeftOut] | None = None,
    reasons: Mapping[str, ReasonCode] | None = None,
) -> Plan:
    """A plan of these touches; what is owed beside them is left out for want of time.

    `reasons` gives another reason by account id; `left_out` replaces the whole list.
    """
    because, usual = reasons or {}, ReasonCode.CAPACITY
    if left_out is None:
        named = {touch.touch_id.partition("#")[0] for touch in touches}
        left_out = [
            left(touch_id, of=of, reason_code=because.get(owed.account.account_id, usual))
            for touch_id, owed in _owed(of).items()
            if touch_id not in named
        ]
    return Plan(of, touches, left_out=left_out)


def _owed(territory: Territory) -> Mapping[str, Owed]:
    return demand(territory).by_id


@cache
def northern_territory() -> Territory:
    """Five accounts: a key one, a plain one, a grievance, one to be left alone, a closed one.

    The key account has two persons, a promise, visit hours, and call hours in another
    zone; the plain one stands for itself, is abroad and closes for two days.
    """
    key = an_account(
        "A-1", tier="A", visit_hours=OpeningHours.parse("Mon-Fri 09:00-12:00 13:00-16:00")
    )
    closed = (Span(day("01-11"), day("01-12")),)
    plain = an_account("A-2", tier="B", country="CA", closed_dates=closed, **FAR_NORTH)
    angry = an_account("A-3", tier="B", relationship=Relationship.GRIEVANCE, **SOUTH)
    decides = Contact(
        "C-1",
        "A-1",
        name="Ada",
        role="decision_maker",
        timezone="America/New_York",
        call_hours=OpeningHours.parse("Mon-Fri 09:00-12:00"),
    )
    return a_territory(
        key,
        plain,
        evolve(angry, grievance="Invoiced twice", grievance_since=dt.date(2026, 11, 2)),
        an_account("A-4", tier="B", do_not_contact=True),
        an_account("A-5", tier="B", status="closed"),
        name="North of home",
        tiers=(
            Tier("A", weight=9, cadence="key", others="warm"),
            Tier("B", weight=3, cadence="plain", others=""),
        ),
        contacts=(
            decides,
            Contact("C-2", "A-1", name="Ben", role="user", consents={"call": Consent.NO}),
        ),
        promises=(Promise("P-1", "A-1", what="the new price list", due=day("01-15")),),
    )


@cache
def northern_plan() -> Plan:
    """A plan of that territory that breaks no rule; all that can stand stands."""
    of = northern_territory()
    return a_plan(
        a_touch("A-1/C-1/hello", "01-04", "letter", of=of),
        a_touch("A-3/A-3/go", "01-05", "visit", of=of),
        a_touch("A-3/A-3/sorry", "01-06", "letter", of=of),
        a_touch("A-2/A-2/hello", "01-07", "letter", of=of),
        a_touch("A-1/C-2/hello", "01-08", "postcard", of=of),
        a_touch("A-1/C-1/call", "01-12", of=of, start=510, end=526),
        a_touch("A-3/A-3/talk", "01-14", of=of),
        a_touch("A-1/C-1/P-1", "01-15", of=of),
        *_tour(of),
        a_touch("A-2/A-2/news", "02-03", "postcard", of=of),
        a_touch("A-1/C-1/offer", "02-10", "postcard", of=of),
        of=of,
        reasons={"A-4": ReasonCode.DO_NOT_CONTACT},
    )


def _tour(of: Territory) -> tuple[Touch, ...]:
    """Two persons of one account at the first stop, the plain account at the second."""
    first = a_touch("A-1/C-1/visit", "01-20", "visit", of=of, home_minutes=0, start=570, end=625)
    beside = a_touch("A-1/C-2/meet", "01-20", "visit", of=of, start=570, end=625)
    second = a_touch(
        "A-2/A-2/visit", "01-20", "visit", of=of, stop=2, home_minutes=29, start=645, end=700
    )
    return first, evolve(beside, minutes=0, travel_minutes=0, home_minutes=0), second


def changed(plan: Plan, touch_id: str, /, **changes: Any) -> Plan:
    """The same plan with one touch changed; `date` may be text as in `day`."""
    if isinstance(changes.get("date"), str):
        changes["date"] = day(changes["date"])
    assert any(touch.touch_id == touch_id for touch in plan.touches)
    return evolve(
        plan,
        touches=[
            evolve(touch, **changes) if touch.touch_id == touch_id else touch
            for touch in plan.touches
        ],
    )


def without(plan: Plan, *touch_ids: str) -> Plan:
    """The same plan with these touches left out for want of time."""
    kept = [touch for touch in plan.touches if touch.touch_id not in touch_ids]
    gone = [left(touch_id, of=plan.territory) for touch_id in touch_ids]
    return evolve(plan, touches=kept, left_out=(*plan.left_out, *gone))


def by(touch: Touch, rule: str, fault: Fault, **figures: Figure) -> Violation:
    """The violation of a rule by one touch."""
    return Violation(
        rule,
        fault,
        touch_id=touch.touch_id,
        date=touch.date,
        account_id=touch.account_id,
        figures=figures,
        is_notice=touch.pinned,
    )
