"""What is to be posted in some days: touches with their addresses, and what they lack."""

from collections.abc import Iterable, Iterator
from textwrap import shorten

from attrs import field, frozen

from campaign.consequences import Hold, consequences
from campaign.errors import Finding, InvalidInput, Severity
from campaign.outputs.letters.address import address_lines, missing_of, parts_of
from campaign.outputs.people import Whom, whom
from campaign.outputs.table import in_order
from campaign.touches import Plan, Status, Touch
from campaign.workdays import Span

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
            who = whom(plan.territory, touch.account_id, touch.contact_id)
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
    for name in missing_of(parts_of(post.who)):
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
