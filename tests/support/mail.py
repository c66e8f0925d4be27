"""Plans of letters for tests: names that are hard to write, and many of them."""

import datetime as dt

from attrs import evolve
from handmade import FORMULA, LONG, QUOTED, RIGHT_TO_LEFT, START, TWO_LINES
from rows import a_touch
from small import small

from campaign.model.accounts import Account, Contact, Promise
from campaign.model.rep import Rep
from campaign.model.stationery import Sender, Stationery
from campaign.model.territory import Territory
from campaign.outputs.whom import Whom, whom
from campaign.touches import Plan, Touch

NAMES = (QUOTED, FORMULA, RIGHT_TO_LEFT, TWO_LINES, LONG.strip())
ROBIN = Rep("Robin Field", home=(44.94, -123.03), country="US", timezone="America/Los_Angeles")
SENDER = Sender(
    "Robin Field",
    title="Account manager",
    firm="Willamette Supply",
    street="1 Oak Street",
    city="Salem",
    region="OR",
    postal_code="97301",
    phone="503 555 0100",
    email="robin@example.com",
)
STATIONERY = Stationery(sender=SENDER)


def firm(account_id: str = "A-1", name: str = "Cascade Dental", **keys: object) -> Account:
    """An account in Salem with an address."""
    usual: dict[str, object] = {
        "tier": "A",
        "street": "12 Elm Street",
        "city": "Salem",
        "region": "OR",
        "postal_code": "97301",
        "country": "US",
    }
    return Account(account_id, name, **{**usual, **keys})  # type: ignore[arg-type]


def mail(*touches: Touch, accounts: tuple[Account, ...] = (), **keys: object) -> Plan:
    """A plan of these touches for a rep in Oregon; one letter to one account without any."""
    contacts = (Contact("C-1", "A-1", name="Dr. Ito", role="decision_maker"),)
    promises = (Promise("P-1", "A-1", what="the price list", due=dt.date(2027, 1, 15)),)
    usual: dict[str, object] = {"rep": ROBIN, "contacts": contacts, "promises": promises}
    usual["stationery"] = STATIONERY
    territory = small(*(accounts or (firm(),)), **{**usual, **keys})
    return Plan(territory, touches or (a_touch("A-1/A-1/hello"),))


def hard_names() -> Plan:
    """A letter to each account whose name is hard to write."""
    accounts = tuple(firm(f"A-{at}", name) for at, name in enumerate(NAMES, start=1))
    return mail(
        *(a_touch(f"{one.account_id}/{one.account_id}/hello") for one in accounts),
        accounts=accounts,
        contacts=(),
        promises=(),
    )


def many(number: int) -> Plan:
    """A letter to each of so many accounts, from the first day on."""
    accounts = tuple(firm(f"A-{at}", f"Company {at}") for at in range(number))
    touches = (
        a_touch(f"A-{at}/A-{at}/hello", START + dt.timedelta(days=at % 60)) for at in range(number)
    )
    return mail(*touches, accounts=accounts, contacts=(), promises=())


def with_templates(**templates: str) -> Stationery:
    """Stationery with templates of one's own; `_` in a name stands for `-`."""
    return evolve(STATIONERY, templates={k.replace("_", "-"): v for k, v in templates.items()})


def written_with(plan: Plan, stationery: Stationery) -> Plan:
    """The plan of a rep who writes with other stationery."""
    return evolve(plan, territory=evolve(plan.territory, stationery=stationery))


def who_is(account: Account, person: Contact | None = None) -> Whom:
    """Who a row of an account is about, or of a person there."""
    people = [person] if person else []
    territory = Territory(Rep("Rep"), [account], contacts=people, start=START)
    return whom(territory, account.account_id, person.contact_id if person else "")
