"""What is to be posted in some days: touches with their addresses, and what they lack."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import shorten

from attrs import field, frozen

from campaign.consequences import Hold, consequences
from campaign.errors import Finding, InvalidInput, Severity
from campaign.model.stationery import Sender
from campaign.outputs.plan_table import in_order
from campaign.outputs.whom import Whom, country_name, whom_of
from campaign.touches import Plan, Status, Touch
from campaign.words.plain import plain
from campaign.workdays import Span

_PARTS = ("street", "city", "region", "postal_code", "country")
_NEEDED = ("street", "city")
_TOWN_FIRST = frozenset({"AU", "CA", "MX", "NZ", "PH", "US", ""})
_CODE_BELOW = frozenset({"GB", "IE"})
_COMMA = frozenset({"US", ""})


def parts_of(who: Whom) -> Mapping[str, str]:
    """The parts of the person's own address where it is whole, else of the account's."""
    account = who.account
    own = who.person if who.has_own_address else account
    parts = {name: plain(getattr(own, name, "")) for name in _PARTS}
    if not parts["country"] and account:
        parts["country"] = plain(account.country)
    return parts


def address_lines(who: Whom, home: str) -> tuple[str, ...]:
    """Person, account, street, town and, where it is not that of `home`, the country."""
    names = dict.fromkeys((plain(who.person_name), plain(who.account_name)))
    return tuple(filter(None, (*names, *_below(parts_of(who), home))))


def sender_lines(sender: Sender, home: str) -> tuple[str, ...]:
    """The firm or the name, the street and the town of the sender."""
    parts = {name: plain(getattr(sender, name)) for name in _PARTS}
    return tuple(filter(None, (plain(sender.firm or sender.name), *_below(parts, home))))


def _below(parts: Mapping[str, str], home: str) -> Iterator[str]:
    country = parts["country"] or home
    yield parts["street"]
    yield from _town(parts, country)
    if country != home:
        yield country_name(country).upper()


def _town(parts: Mapping[str, str], country: str) -> Iterator[str]:
    city, region, code = parts["city"], parts["region"], parts["postal_code"]
    if country in _CODE_BELOW:
        yield from (city, code)
    elif country in _TOWN_FIRST:
        town = f"{city}," if country in _COMMA and region else city
        yield " ".join(filter(None, (town, region, code)))
    else:
        yield " ".join(filter(None, (code, city)))


LETTER = "letter"
_LONGEST_NAME = 60


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


def posts(plan: Plan, *, days: Span | None, channel: str) -> list[Post]:
    """What is planned by post in some days, all of them without `days`, in order.

    What is done, skipped or cancelled is not among it. An empty `channel` means any.
    """
    home = plan.territory.rep.country
    follows = consequences(plan.territory, plan.touches)
    found = []
    for touch in in_order(plan.touches):
        if _is_meant(plan, touch, days, channel):
            who = whom_of(plan, touch)
            found.append(Post(touch, who, address_lines(who, home), follows.hold(touch)))
    return found


def _is_meant(plan: Plan, touch: Touch, days: Span | None, channel: str) -> bool:
    known = plan.territory.channels.get(touch.channel)
    if touch.status is not Status.PLANNED or known is None or not known.is_post:
        return False
    return touch.channel == (channel or touch.channel) and (days is None or touch.date in days)


def not_sent(post: Post) -> Iterator[Finding]:
    """Why it cannot be sent: it has to wait, or parts of the address are missing."""
    if post.hold is not None:
        yield Finding(
            "campaign.csv",
            f"the {post.touch.channel} of {post.touch.date} to {post.place} is not to be sent now: "
            f"{post.hold.words}",
            remedy="left out; plan on with campaign replan",
            severity=Severity.NOTICE,
        )
        return
    parts = parts_of(post.who)
    for name in (name for name in _NEEDED if not parts[name]):
        yield Finding(
            "contacts.csv" if post.who.has_own_address else "accounts.csv",
            f"{post.place} has no {name}, so that nothing can be sent there",
            remedy=f"fill it in; left out is the {post.touch.channel} of {post.touch.date}",
            column=name,
            severity=Severity.NOTICE,
        )


def refuse_nothing(what: str, wanted: int, made: int, findings: Iterable[Finding]) -> None:
    """Raise `InvalidInput` where there is nothing to write."""
    if made:
        return
    problem = f"no {what} is planned in these days"
    remedy = "choose others with --from and --until"
    if wanted:
        problem, remedy = f"none of {wanted} can be written", "the notices say why"
    raise InvalidInput((*findings, Finding("campaign.csv", problem, remedy=remedy)))
