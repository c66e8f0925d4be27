"""What words still need from the rep: who they are from, and something to share."""

from collections.abc import Iterator

from campaign.demand import Owed, demand
from campaign.errors import Finding, Severity
from campaign.model.territory import Territory
from campaign.words.dealing import SHARE, fits
from campaign.words.field_values import sender_of

_SIGNS = {"name": "name", "firm": "firm", "phone": "phone", "email": "email", "street": "address"}


def lacking(territory: Territory) -> Iterator[Finding]:
    """All that words still need."""
    yield from unsigned(territory)
    yield from too_few_shares(territory)


def unsigned(territory: Territory) -> Iterator[Finding]:
    """What texts go out without, of name, firm, phone, e-mail and address."""
    sender = sender_of(territory)
    missing = [name for name in _SIGNS if not getattr(sender, name)]
    if missing:
        words = ", ".join(_SIGNS[name] for name in missing)
        yield Finding(
            "letters/letters.toml",
            f"letters and cards go out without your {words}",
            remedy=f'write {missing[0]} = "..." under [sender], and so on',
            column=f"sender.{missing[0]}",
            severity=Severity.NOTICE,
        )


def too_few_shares(territory: Territory) -> Iterator[Finding]:
    """How many touches are to share something, and how many things more that needs."""
    if SHARE in territory.stationery.words:
        return
    people: dict[str, list[Owed]] = {}
    for owed in demand(territory).owed:
        if owed.step.purpose == SHARE and owed.channels:
            key = territory.person_of(owed.person.contact_id)
            people.setdefault(key, []).append(owed)
    shares = territory.stationery.shares
    short = [
        max(0, len(some) - sum(fits(one, some[0].account, some[0].person) for one in shares))
        for some in people.values()
    ]
    if any(short):
        touches, more = sum(map(len, people.values())), max(short)
        things = "1 thing more is" if more == 1 else f"{more} things more are"
        yield Finding(
            "shares",
            f"{touches} touches share something useful; for {sum(short)} there is nothing yet, "
            f"and {things} needed so that nobody gets one twice",
            remedy="write shares/NAME.toml with a title and two sentences in text",
            severity=Severity.NOTICE,
        )
