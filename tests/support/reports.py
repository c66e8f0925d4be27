"""Plans for the report: names that try to break out of a page, and a large territory."""

import datetime as dt

from attrs import evolve
from handmade import START, campaign, territory
from rows import a_touch, left

from campaign.model.accounts import Account, Contact
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.touches import Plan, Touch

SCRIPT = "</script><script>window.broken = 1</script>"
STYLE = "</style><img src=x onerror='window.broken = 2'>"
QUOTES = '" onfocus="window.broken = 3" autofocus x="'
ADDRESS = "<a href='https://example.invalid/'>&lt;here&gt;</a>"
REVERSED = "\u202eesrever \u05d0\u05d1\u05d2"
CONTROLS = "bell\x07 and \x1b[31mred"
UNBROKEN = "W" * 200
NAMES = (SCRIPT, STYLE, QUOTES, ADDRESS, REVERSED, UNBROKEN)

CHANNELS = ("letter", "call", "postcard", "visit")


def hostile() -> Plan:
    """The plan made by hand, with names that a careless page would run."""
    accounts = [
        evolve(account, name=name, city=name, phone=name)
        for account, name in zip(territory().accounts, NAMES, strict=False)
    ]
    last = Account("A-9", UNBROKEN, tier="A", latitude=44.9, longitude=-123.0)
    people = [Contact("P-1", "A-1", name=STYLE), Contact("P-2", "A-1", name=QUOTES)]
    whole = territory(contacts=people, promises=(), name=SCRIPT)
    touches = (
        *campaign().touches,
        a_touch("A-9/A-9/go", purpose=SCRIPT, channel="visit", stop=3, note=STYLE, status="done"),
        a_touch("A-9/A-9/own", dt.date(2027, 1, 5), channel=QUOTES, required=False),
    )
    gone = (*campaign().left_out, left("A-9/A-9/more", reason=SCRIPT, channel=QUOTES))
    return Plan(evolve(whole, accounts=(*accounts, last)), touches, left_out=gone)


def large(accounts: int = 300, touches: int = 6) -> Plan:
    """A plan of many accounts around Salem, two people and some touches each."""
    listed = tuple(map(_account, range(accounts)))
    people = tuple(
        Contact(f"P-{number}-{which}", account.account_id, name=f"Person {which} of {number}")
        for number, account in enumerate(listed)
        for which in (1, 2)
    )
    rep = Rep("Rep", home=(44.94, -123.03), country="US")
    planned = (_touch(number, at, touches) for number in range(accounts) for at in range(touches))
    return Plan(
        Territory(rep, listed, contacts=people, start=START),
        tuple(planned),
        left_out=tuple(
            left(f"A-{number}/P-{number}-1/more", required=False) for number in range(accounts)
        ),
    )


def _account(number: int) -> Account:
    return Account(
        f"A-{number}",
        f"The Company Number {number} of the Valley",
        tier="ABC"[number % 3],
        city=f"Town {number % 40}",
        street=f"{number} Commercial Street",
        phone=f"503-555-{number:04}",
        latitude=44.94 + (number * 7 % 100 - 50) / 100,
        longitude=-123.03 + (number * 13 % 100 - 50) / 80,
    )


def _touch(number: int, at: int, touches: int) -> Touch:
    day = (number * 5 + at * 89 // touches) % 90
    day -= max(0, (day % 7) - 4)  # the start is a Monday
    channel = CHANNELS[(number + at) % len(CHANNELS)]
    return a_touch(
        f"A-{number}/P-{number}-{at % 2 + 1}/step{at}",
        START + dt.timedelta(days=day),
        channel=channel,
        stop=number % 5 + 1 if channel == "visit" else 0,
        required=at % 3 > 0,
    )
