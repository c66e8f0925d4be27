"""Territories with accounts so far away that nights there are worth a thought."""

import datetime as dt

from attrs import evolve
from hypothesis import strategies as st

from campaign.model.accounts import Account, Promise
from campaign.model.cadences import Cadence, Gap, Step
from campaign.model.hours import OpeningHours
from campaign.model.priorities import Tier
from campaign.model.rep import Capacity, Rep, Travel
from campaign.model.territory import Territory
from campaign.workdays import Span

START = dt.date(2027, 1, 4)
# A degree of latitude is a drive of 145 minutes.
HOME = (45.0, -123.0)


def account(number: int, degrees_north: float) -> Account:
    """An account so many degrees north of home; one after the other a little further east."""
    latitude, longitude = HOME[0] + degrees_north, HOME[1] + number / 100
    return Account(f"A-{number}", f"Firm {number}", latitude=latitude, longitude=longitude)


def far_territory(
    *degrees: float, travel: Travel | None = None, minutes_per_day: int = 420
) -> Territory:
    """Accounts so far north of home, each to be visited once on any day, nothing else owed."""
    visit = Cadence("own", (Step("visit", "visit", "listen"),))
    return Territory(
        Rep("Robin", home=HOME, timezone="America/Los_Angeles"),
        [account(number, north) for number, north in enumerate(degrees, start=1)],
        start=START,
        days=30,
        tiers=(Tier("A", weight=9, cadence="own", others=""),),
        cadences={"own": visit},
        relationships={},
        capacity=Capacity(minutes_per_day=minutes_per_day, minutes_per_week=1440, ramp=()),
        travel=travel or Travel(overnight=True),
    )


STEPS = (
    Step("hello", "letter", "introduce", within=5),
    Step("visit", ["visit", "call"], "listen", after="hello", gap=Gap(1, 20)),
    Step("thanks", "letter", "thank", after="visit", gap=Gap(1, 3), required=False),
    Step("again", "visit", "review", after="visit", gap=Gap(5, 30)),
)
RECOVERY = Cadence("recovery", (Step("go", ["visit", "call"], "recover", within=5), STEPS[0]))
HOURS = st.sampled_from([None, None, "Mon-Fri 09:00-12:00", "Tue,Thu 10:00-16:00"])


@st.composite
def _accounts(draw: st.DrawFn, number: int) -> Account:
    """An account around a town two or three hours away, or around home, or anywhere."""
    hours = draw(HOURS)
    north = draw(st.sampled_from([0.0, 1.2, 1.2, 1.2, 1.9]))
    is_known = draw(st.integers(0, 9)) < 9
    found = account(number, north + draw(st.sampled_from([0.0, 0.05, 0.1])))
    return evolve(
        found if is_known else evolve(found, latitude=None, longitude=None),
        tier=draw(st.sampled_from("AB")),
        relationship=draw(st.sampled_from(["good", "good", "good", "grievance"])),
        visit_hours=OpeningHours.parse(hours) if hours else None,
        closed_dates=draw(st.sampled_from([(), (Span(START, START + dt.timedelta(days=9)),)])),
    )


@st.composite
def far_territories(draw: st.DrawFn) -> Territory:
    """A territory of which much is far away, with days that are long enough to drive there."""
    accounts = [draw(_accounts(number)) for number in range(1, draw(st.integers(3, 6)))]
    travel = Travel(
        minutes_per_stop=draw(st.sampled_from([0, 5])),
        overnight=True,
        most_nights=draw(st.integers(1, 3)),
        night_saves=draw(st.sampled_from([0, 60, 120])),
    )
    promise = Promise("P-1", "A-1", what="it", due=START + dt.timedelta(days=8), channel="visit")
    return evolve(
        far_territory(travel=travel, minutes_per_day=draw(st.sampled_from([360, 450]))),
        accounts=accounts,
        promises=draw(st.sampled_from([(), (promise,)])),
        tiers=tuple(Tier(name, cadence="own", others="") for name in "AB"),
        cadences={"own": Cadence("own", STEPS), "recovery": RECOVERY},
        relationships={"grievance": "recovery"},
    )
