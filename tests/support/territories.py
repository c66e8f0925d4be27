"""Random territories for Hypothesis: usual ones, overloaded ones, absurd ones."""

import datetime as dt

from hypothesis import strategies as st

from campaign.model.accounts import Account, Consent, Contact, Promise, Relationship
from campaign.model.busy import Busy
from campaign.model.cadences import PURPOSES, Cadence, Gap, Purpose, Step
from campaign.model.channels import Channel
from campaign.model.hours import OpeningHours
from campaign.model.known_drives import NO_DRIVES, Drives
from campaign.model.policy import Policy
from campaign.model.priorities import Tier
from campaign.model.rep import OFFICE_HOURS, Base, Capacity, Courtesy, Rep, Travel
from campaign.model.territory import Territory
from campaign.workdays import Span

START = dt.date(2027, 1, 4)
DAYS = st.dates(START - dt.timedelta(days=20), START + dt.timedelta(days=110))
HOURS = st.sampled_from(
    [
        *[None] * 3,
        "Mon-Fri 09:00-12:00",
        "Tue,Thu 10:00-16:00",
        "Sat-Sun 09:00-12:00",
        "Mo[1] 09:00-12:00",
        "We 13:00-16:00; week 01-53/2 Mo 08:00-11:00",
    ]
).map(lambda text: OpeningHours.parse(text) if text else None)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A closed span of up to two weeks around the campaign."""
    first = draw(DAYS)
    return Span(first, first + dt.timedelta(days=draw(st.integers(0, 14))))


CLOSED = st.lists(
    spans().map(str) | st.sampled_from(["We[1] off", "week 01-53/2 Th off", "2027 Jan 18-29 off"]),
    max_size=1,
)


@st.composite
def accounts(draw: st.DrawFn, number: int) -> Account:
    """An account somewhere in the valley, beyond it, or nobody knows where."""
    known = draw(st.booleans())
    far = draw(st.sampled_from([0.1, 0.1, 0.5, 4.0]))
    return Account(
        f"A-{number}",
        f"Account {number}",
        status=draw(st.sampled_from(["active", "active", "active", "closed"])),
        tier=draw(st.sampled_from(["A", "B", "C", ""])),
        cadence=draw(st.sampled_from(["", "", "", "recovery"])),
        relationship=draw(st.sampled_from([*Relationship, Relationship.UNKNOWN])),
        grievance_since=draw(st.none() | DAYS),
        latitude=45 + far * draw(st.floats(-1, 1)) if known else None,
        longitude=-123 + far * draw(st.floats(-1, 1)) if known else None,
        visit_hours=draw(HOURS),
        closed_dates=draw(CLOSED),
        visit_minutes=draw(st.sampled_from([None, None, 15, 90])),
        extra_minutes=draw(st.sampled_from([0, 0, 0, 25])),
        do_not_contact=draw(st.integers(0, 9)) == 0,
        country=draw(st.sampled_from(["", "US", "DE"])),
    )


@st.composite
def contacts(draw: st.DrawFn, account: Account, number: int) -> Contact:
    """A person with a role and some consents."""
    channels = st.sampled_from(["letter", "postcard", "call", "visit"])
    return Contact(
        f"{account.account_id}-P{number}",
        account.account_id,
        name=f"Person {number}",
        role=draw(st.sampled_from(["", "decision_maker", "sponsor", "former"])),
        since=draw(st.none() | DAYS),
        prefers=draw(st.sampled_from(["", "postcard", "call"])),
        consents=draw(st.dictionaries(channels, st.sampled_from(Consent), max_size=3)),
        do_not_contact=draw(st.integers(0, 9)) == 0,
        call_hours=draw(HOURS),
        visit_hours=draw(st.none() | HOURS),
        closed_dates=draw(CLOSED),
    )


@st.composite
def promises(draw: st.DrawFn, account: Account, number: int) -> Promise:
    """Something owed, perhaps overdue, perhaps after the end, perhaps kept."""
    return Promise(
        f"R-{number}",
        account.account_id,
        what="the drawing of the fitting",
        due=draw(DAYS),
        channel=draw(st.sampled_from(["call", "letter", "visit"])),
        kept_on=draw(st.none() | st.none() | DAYS),
    )


GAPS = st.tuples(st.integers(0, 6), st.integers(0, 14)).map(lambda gap: Gap(gap[0], sum(gap)))
CHANNELS = st.lists(
    st.sampled_from(["letter", "postcard", "call", "visit"]), min_size=1, max_size=2, unique=True
)


@st.composite
def cadences(draw: st.DrawFn, name: str, most: int = 5) -> Cadence:
    """A tree of steps for any purpose, selling included."""
    steps: list[Step] = []
    for number in range(draw(st.integers(1, most))):
        above = [step.name for step in steps if step.required]
        after = draw(st.sampled_from([None, *above, *above]))
        steps.append(
            Step(
                f"s{number}",
                draw(CHANNELS),
                draw(st.sampled_from([*PURPOSES, "offer"])),
                after=after,
                gap=draw(GAPS) if after else None,
                within=None if after else draw(st.none() | st.integers(1, 40)),
                required=draw(st.booleans()),
                contact=draw(st.sampled_from([None, None, "decision_maker", "sponsor"])),
            )
        )
    return Cadence(name, steps)


@st.composite
def busy_times(draw: st.DrawFn) -> Busy:
    """A meeting of some hours, or of days, by the rep's clock or in a zone."""
    zone = draw(st.sampled_from([None, dt.UTC]))
    start = dt.datetime.combine(START, dt.time(), tzinfo=zone)
    start += dt.timedelta(hours=draw(st.integers(0, 30 * 24)))
    return Busy(start, start + dt.timedelta(hours=draw(st.sampled_from([1, 2, 8, 24, 50]))))


@st.composite
def bases(draw: st.DrawFn) -> Base:
    """Another place where the tours of a weekday, of some days, or from a day on begin."""
    days = [] if draw(st.booleans()) else [draw(spans())]
    weekdays = draw(st.sets(st.integers(0, 4), max_size=2))
    since = draw(st.none() | DAYS) if days or weekdays else draw(DAYS)
    place = (45 + draw(st.floats(-0.5, 0.5)), -123.3)
    return Base(place, weekdays=weekdays, days=days, since=since)


@st.composite
def reps(draw: st.DrawFn) -> Rep:
    """A rep with or without a home, a country, leave."""
    return Rep(
        "Rep",
        home=draw(st.sampled_from([None, (45.0, -123.0)])),
        country=draw(st.sampled_from(["", "US"])),
        hours=draw(st.just(OFFICE_HOURS) | st.just("Mo-Fr 08:00-17:00; week 01-53/2 We off")),
        bases=draw(st.just([]) | st.lists(bases(), max_size=2)),
        leave=draw(st.lists(spans(), max_size=2)),
        busy=draw(st.lists(busy_times(), max_size=4)),
        timezone=draw(st.sampled_from(["UTC", "America/Los_Angeles"])),
    )


@st.composite
def tables(draw: st.DrawFn, listed: list[Account]) -> Drives:
    """The drives of an engine between some places, which need not be those of straight lines."""
    if draw(st.integers(0, 2)):
        return NO_DRIVES
    known = ["home", *(account.account_id for account in listed)][: draw(st.integers(2, 6))]
    minutes = st.sampled_from([0, 3, 10, 10, 40, 170, None])
    rows = [[0 if one == other else draw(minutes) for other in known] for one in known]
    return Drives.of(known, rows)


@st.composite
def territories(draw: st.DrawFn, most_accounts: int = 8) -> Territory:
    """A whole territory; capacities run from nothing to plenty."""
    listed = [draw(accounts(number)) for number in range(draw(st.integers(1, most_accounts)))]
    people = [draw(contacts(a, n)) for a in listed for n in range(draw(st.integers(0, 3)))]
    owed = [
        draw(promises(a, n))
        for n, a in enumerate(draw(st.lists(st.sampled_from(listed), max_size=4)))
    ]
    own = {name: draw(cadences(name)) for name in ("key-account", "standard", "light")}
    mixed = {**Policy().cadences, **(own if draw(st.booleans()) else {})}
    return Territory(
        draw(reps()),
        listed,
        start=START + dt.timedelta(days=draw(st.integers(0, 6))),
        days=draw(st.sampled_from([30, 90])),
        closed=draw(st.lists(spans(), max_size=1)),
        contacts=people,
        promises=owed,
        cadences=mixed,
        purposes={**PURPOSES, "offer": Purpose("offer", selling=True)},
        capacity=Capacity(
            minutes_per_day=draw(st.sampled_from([0, 60, 150, 360])),
            minutes_per_week=draw(st.sampled_from([0, 90, 300, 720])),
            contacts_at_once=draw(st.integers(1, 3)),
        ),
        courtesy=Courtesy(
            gap=draw(st.integers(0, 8)),
            most=draw(st.integers(0, 8)),
            unknown_consent=draw(st.sampled_from(["allow", "allow", "deny"])),
        ),
        channels={"visit": Channel("visit", 40, per_day=draw(st.integers(1, 12)), travels=True)},
        travel=Travel(minutes_per_stop=draw(st.integers(0, 9)), drives=draw(tables(listed))),
    )


GRIEVANCE = Relationship.GRIEVANCE
MEND = Cadence(
    "mend",
    [
        Step("go", ["visit", "call"], "recover", within=5),
        Step("sorry", "letter", "recover", after="go", gap=[1, 3]),
    ],
)


@st.composite
def tiny_territories(draw: st.DrawFn) -> Territory:
    """Up to three accounts on short cadences and a handful of working days, whatever the clock."""
    count = draw(st.integers(1, 3))
    listed = [
        Account(
            f"A-{number}",
            f"Account {number}",
            tier=draw(st.sampled_from(["A", "B"])),
            relationship=draw(st.sampled_from([*[Relationship.UNKNOWN] * 3, GRIEVANCE])),
            latitude=45 + draw(st.integers(-3, 3)) / 10,
            longitude=-123 + draw(st.integers(-3, 3)) / 10,
        )
        for number in range(count)
    ]
    owed = [
        Promise(f"R-{number}", account.account_id, what="the drawing", due=draw(DAYS))
        for number, account in enumerate(draw(st.lists(st.sampled_from(listed), max_size=2)))
    ]
    people = [
        Contact(f"P-{number}", "A-0", name=f"Person {number}")
        for number in range(draw(st.integers(0, 2)))
    ]
    tiers = [Tier("A", weight=3, cadence="one", others="two"), Tier("B", cadence="two", others="")]
    free = draw(st.integers(2, 5))
    return Territory(
        Rep(
            "Rep",
            home=(45.0, -123.0),
            leave=[Span(START + dt.timedelta(days=free), START + dt.timedelta(days=60))],
        ),
        listed,
        start=START,
        days=30,
        contacts=people,
        tiers=tiers,
        channels=_hurried(),
        cadences={"one": draw(cadences("one", 2)), "two": draw(cadences("two", 2)), "mend": MEND},
        relationships={"grievance": "mend"},
        promises=owed,
        purposes={**PURPOSES, "offer": Purpose("offer", selling=True)},
        capacity=Capacity(
            minutes_per_day=draw(st.sampled_from([60, 110, 200])),
            minutes_per_week=draw(st.sampled_from([60, 130, 400])),
            ramp=(),
        ),
        courtesy=Courtesy(gap=draw(st.integers(0, 3)), most=draw(st.integers(1, 4))),
    )


def _hurried() -> dict[str, Channel]:
    """The shipped channels with a faster post, so that short campaigns hold whole cadences."""
    channels = dict(Policy().channels)
    for name in ("letter", "postcard"):
        channels[name] = Channel(name, channels[name].minutes, per_day=2, transit=(0, 1))
    return channels
