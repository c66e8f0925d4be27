"""A territory and a plan made by hand: every kind of row, and names that are hard to write."""

import datetime as dt

from rows import a_touch, left

from campaign.answer import Campaign
from campaign.model.accounts import Account, Contact, Promise, Relationship
from campaign.model.hours import OpeningHours
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.touches import Level, ReasonCode, Status
from campaign.workdays import Span

START = dt.date(2027, 1, 4)

QUOTED = 'Müller & Söhne, "Feinkost"'
FORMULA = "=cmd|' /C calc'!A0"
RIGHT_TO_LEFT = "مخبز الفجر 🥐"
TWO_LINES = "Acme\nBranch office"
LONG = "Ünïcödé " * 25

ACCOUNTS = (
    Account(
        "A-1",
        QUOTED,
        tier="A",
        street="Hauptstraße 1",
        city="Salem",
        region="OR",
        postal_code="97301",
        latitude=44.94,
        longitude=-123.04,
        phone="+49 89 123",
        visit_hours=OpeningHours.parse("Mon-Fri 09:00-12:00"),
    ),
    Account("A-2", FORMULA, tier="B", relationship=Relationship.GRIEVANCE, phone="503-555-0102"),
    Account("@3", RIGHT_TO_LEFT, tier="B", latitude=44.95, longitude=-123.05),
    Account("A-4", TWO_LINES, tier="C", do_not_contact=True),
    Account("A-5", LONG.strip(), tier="C", closed_dates=(Span(START, START),)),
)
CONTACTS = (
    Contact("P-1", "A-1", name="Ann Lee", role="decision_maker", phone="+1-503-555-0101"),
    Contact("P-2", "A-1", name="-Bo-", street="Other Road 2", city="Keizer", region="OR"),
)
PROMISES = (Promise("PR-1", "A-1", what="the price list", due=dt.date(2027, 1, 6)),)


def territory(**changes: object) -> Territory:
    values: dict[str, object] = {
        "contacts": CONTACTS,
        "promises": PROMISES,
        "start": START,
        "name": "Willamette, by hand",
        **changes,
    }
    rep = Rep("Rep", home=(44.93, -123.03), timezone="America/Los_Angeles")
    return Territory(rep, ACCOUNTS, **values)  # type: ignore[arg-type]


TOUCHES = (
    a_touch("A-1/P-2/hello", START, arrives=dt.date(2027, 1, 11), why="It opens."),
    a_touch(
        "A-2/A-2/go",
        START,
        channel="visit",
        cadence="recovery",
        purpose="recover",
        minutes=55,
        stop=1,
        start=540,
        end=595,
        travel_minutes=35,
        brief="Grievance: wrong varnish. Listen first.",
    ),
    a_touch(
        "@3/@3/extra",
        START,
        channel="visit",
        minutes=55,
        stop=2,
        travel_minutes=8,
        home_minutes=6,
        required=False,
    ),
    a_touch("@3/@3/visit", START, channel="visit", minutes=0, stop=2),
    a_touch(
        "A-1/P-1/PR-1",
        dt.date(2027, 1, 6),
        channel="call",
        cadence="promises",
        purpose="promise",
        minutes=16,
        status=Status.DONE,
        outcome="reached",
        done_on=dt.date(2027, 1, 7),
        again_on=dt.date(2027, 2, 1),
        note="was glad\nsend more",
        pinned=True,
    ),
    a_touch("A-5/A-5/card", dt.date(2027, 2, 10), channel="postcard", minutes=4, required=False),
    a_touch("A-1/P-1/news", dt.date(2027, 3, 10), status=Status.SKIPPED),
    a_touch("A-5/A-5/hello", dt.date(2027, 1, 12)),
    a_touch("A-5/A-5/review", dt.date(2027, 3, 22)),
)
LEFT_OUT = (
    left("A-4/A-4/hello", reason_code=ReasonCode.DO_NOT_CONTACT, reason="Wants none."),
    left("A-5/A-5/more", required=False),
    left("A-2/A-2/sorry"),
)
LEVELS = (
    Level("owed", 2, possible=2, bound=2),
    Level("floor", 30, possible=40, bound=30),
    Level("required", 900, possible=1001, bound=910),
    Level("service", 5, bound=3, parts=(("late", 5),)),
    Level("comfort", 12),
)


def campaign(**changes: object) -> Campaign:
    """The whole plan; it is there to be written, and breaks rules."""
    values: dict[str, object] = {"left_out": LEFT_OUT, "levels": LEVELS, "effort": 7, **changes}
    return Campaign(territory(), TOUCHES, **values)  # type: ignore[arg-type]
