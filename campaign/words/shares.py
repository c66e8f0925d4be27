"""What there is to share, and to whom it goes; what words still need from the rep."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from campaign.demand import Owed, demand
from campaign.errors import Finding
from campaign.model.accounts import Account, Contact
from campaign.model.stationery import Share
from campaign.model.territory import Territory
from campaign.phrases import counted
from campaign.touches import Plan
from campaign.words.field_values import sender_of

SHARE = "share"
"""The purpose of a touch that gives something useful."""


def dealt(plan: Plan) -> Mapping[str, Share]:
    """What each touch that shares something gives, by its id; none where all is given.

    What was given already is known by its text in the words of touches that are done. Two
    people of one account get two things as long as there are two.
    """
    territory, shares = plan.territory, plan.territory.stationery.shares
    accounts = {one.account_id: one for one in territory.accounts} if shares else {}
    found: dict[str, Share] = {}
    given: dict[tuple[str, str], set[str]] = defaultdict(set)
    rows = [one for one in plan.touches if one.stands and one.purpose == SHARE]
    for row in sorted(rows if shares else (), key=lambda one: (one.day, one.touch_id)):
        to_person = given["person", territory.person_of(row.contact_id)]
        to_account = given["account", row.account_id]
        people = territory.contacts_of(row.account_id)
        person = next((one for one in people if one.contact_id == row.contact_id), None)
        account = accounts.get(row.account_id)
        was = [one for one in shares if one.title in row.say or one.text in row.say]
        choice = was if row.is_done else []
        if not choice and account:
            fitting = (one for one in shares if fits(one, account, person))
            new = (one for one in fitting if one.name not in to_person)
            choice = sorted(new, key=lambda one: one.name in to_account)
        if choice:
            found[row.touch_id] = choice[0]
            to_person.add(choice[0].name)
            to_account.add(choice[0].name)
    return found


def fits(share: Share, account: Account, person: Contact | None) -> bool:
    """Whether something is for a person of an account."""
    extras = (account.extra, person.extra if person else {})
    texts = [extra.get("tags", "") or extra.get("tag", "") for extra in extras]
    tags = {tag.strip() for text in texts for tag in re.split("[;,|/]", text.casefold())} - {""}
    return (
        (not share.roles or (person.role if person else "") in share.roles)
        and (not share.tiers or account.tier in share.tiers)
        and (not share.tags or bool(tags & {one.casefold() for one in share.tags}))
    )


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
        yield Finding.notice(
            "letters/letters.toml",
            f"letters and cards go out without your {words}",
            remedy=f'write {missing[0]} = "..." under [sender], and so on',
            column=f"sender.{missing[0]}",
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
        things = counted(more, "thing more is", "things more are")
        yield Finding.notice(
            "shares",
            f"{touches} touches share something useful; for {sum(short)} there is nothing yet, "
            f"and {things} needed so that nobody gets one twice",
            remedy="write shares/NAME.toml with a title and two sentences in text",
        )
