"""What is to be posted in some days: touches with their addresses, and what they lack."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import shorten

from attrs import field, frozen

from campaign.consequences import Hold, consequences
from campaign.errors import Finding, InvalidInput
from campaign.model.stationery import Sender
from campaign.outputs.plan_table import in_order
from campaign.outputs.whom import Whom, country_name, whom_of
from campaign.touches import Plan, Status, Touch
from campaign.words.plain import plain
from campaign.workdays import Span

ROOM = "campaign.outputs.letters"
ADDRESS = ("street", "city", "region", "postal_code", "country")
"""The parts of an address, by the names of their columns."""
_NEEDED = ("street", "city")
_TOWN_FIRST = frozenset({"AU", "CA", "MX", "NZ", "PH", "US", ""})
_CODE_BELOW = frozenset({"GB", "IE"})
_COMMA = frozenset({"US", ""})
_LONGEST_NAME = 60


def parts_of(who: Whom) -> Mapping[str, str]:
    """The parts of the person's own address where it is whole, else of the account's."""
    account = who.account
    own = who.person if who.has_own_address else account
    parts = {name: plain(getattr(own, name, "")) for name in ADDRESS}
    if not parts["country"] and account:
        parts["country"] = plain(account.country)
    return parts


def address_lines(who: Whom, home: str) -> tuple[str, ...]:
    """Person, account, street, town and, where it is not that of `home`, the country."""
    names = dict.fromkeys((plain(who.person_name), plain(who.account_name)))
    return tuple(filter(None, (*names, *_below(parts_of(who), home))))


def sender_lines(sender: Sender, home: str) -> tuple[str, ...]:
    """The firm or the name, the street and the town of the sender."""
    parts = {name: plain(getattr(sender, name)) for name in ADDRESS}
    return tuple(filter(None, (plain(sender.firm or sender.name), *_below(parts, home))))


def _below(parts: Mapping[str, str], home: str) -> tuple[str, ...]:
    """The street, the town as its country writes it, and that country if it is another."""
    country = parts["country"] or home
    city, region, code = parts["city"], parts["region"], parts["postal_code"]
    comma = "," if country in _COMMA and region else ""
    town: tuple[str, ...] = (city, code)
    if country in _TOWN_FIRST:
        town = (" ".join(filter(None, (f"{city}{comma}", region, code))),)
    elif country not in _CODE_BELOW:
        town = (" ".join(filter(None, (code, city))),)
    return (parts["street"], *town, country_name(country).upper() if country != home else "")


@frozen
class Mailing:
    """Files by their names, and what is wrong with what is not in them."""

    files: dict[str, bytes]
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)


@frozen
class Post:
    """A touch by post: who it goes to, the lines of the address, and why it has to wait."""

    touch: Touch
    who: Whom
    lines: tuple[str, ...]
    hold: Hold | None = None

    @property
    def place(self) -> str:
        """The account as a finding names it."""
        name = shorten(self.who.account_name, _LONGEST_NAME) or "not in the list"
        return f"{self.touch.account_id} ({name})"

    def unsent(self) -> Iterator[Finding]:
        """Why it cannot be sent: it has to wait, or parts of the address are missing."""
        what = f"the {self.touch.channel} of {self.touch.date}"
        if self.hold is not None:
            yield Finding.notice(
                "campaign.csv",
                f"{what} to {self.place} is not to be sent now: {self.hold.words}",
                remedy="left out; plan on with campaign replan",
            )
            return
        parts = parts_of(self.who)
        for name in (name for name in _NEEDED if not parts[name]):
            yield Finding.notice(
                "contacts.csv" if self.who.has_own_address else "accounts.csv",
                f"{self.place} has no {name}, so that nothing can be sent there",
                remedy=f"fill it in; left out is {what}",
                column=name,
            )


def meant(plan: Plan, *, days: Span | None, channel: str) -> Iterator[Touch]:
    """What is planned in some days, all of them without `days`, by any channel or by one."""
    for touch in in_order(plan.touches):
        is_meant = touch.channel == (channel or touch.channel) and (not days or touch.date in days)
        if is_meant and touch.status is Status.PLANNED and touch.channel in plan.territory.channels:
            yield touch


def posts(plan: Plan, *, days: Span | None, channel: str) -> list[Post]:
    """What of that goes by post, in order."""
    territory, follows = plan.territory, consequences(plan.territory, plan.touches)
    found = []
    for touch in meant(plan, days=days, channel=channel):
        if territory.channels[touch.channel].is_post:
            who = whom_of(plan, touch)
            lines = address_lines(who, territory.rep.country)
            found.append(Post(touch, who, lines, follows.hold(touch)))
    return found


def refuse_nothing(what: str, wanted: int, made: int, findings: Iterable[Finding]) -> None:
    """Raise `InvalidInput` where there is nothing to write."""
    if made:
        return
    problem = f"no {what} is planned in these days"
    remedy = "choose others with --from and --until"
    if wanted:
        problem, remedy = f"none of {wanted} can be written", "the notices say why"
    raise InvalidInput((*findings, Finding("campaign.csv", problem, remedy=remedy)))
