"""Deals out what there is to share: nobody gets a thing twice."""

from collections.abc import Iterable, Iterator, Mapping

from campaign.model.accounts import Account, Contact
from campaign.model.stationery import Share
from campaign.model.territory import Territory
from campaign.touches import Plan, Touch

SHARE = "share"
"""The purpose of a touch that gives something useful."""

_SEPARATORS = str.maketrans(",|/", ";;;")


def dealt(plan: Plan) -> Mapping[str, Share]:
    """What each touch that shares something gives, by its id; none where all is given.

    What was given already is known by its text in the words of touches that are done. Two
    people of one account get two things as long as there are two.
    """
    territory, shares = plan.territory, plan.territory.stationery.shares
    found: dict[str, Share] = {}
    if not shares:
        return found
    given: dict[str, set[str]] = {}
    rows = [one for one in plan.touches if one.stands and one.purpose == SHARE]
    for row in sorted(rows, key=lambda one: (one.day, one.touch_id)):
        people = given.setdefault(territory.person_of(row.contact_id), set())
        account = given.setdefault(f"/{row.account_id}", set())
        fitting = list(_fitting(territory, row, shares))
        share = next(_of_before(row, shares), None) or next(
            iter(
                sorted(
                    (one for one in fitting if one.name not in people),
                    key=lambda one: one.name in account,
                )
            ),
            None,
        )
        if share is not None:
            found[row.touch_id] = share
            people.add(share.name)
            account.add(share.name)
    return found


def _of_before(row: Touch, shares: Iterable[Share]) -> Iterator[Share]:
    """What a touch that is done has given."""
    if row.is_done:
        yield from (one for one in shares if one.title in row.say or one.text in row.say)


def _fitting(territory: Territory, row: Touch, shares: Iterable[Share]) -> Iterator[Share]:
    try:
        account = territory.account(row.account_id)
    except KeyError:
        return
    people = territory.contacts_of(row.account_id)
    person = next((one for one in people if one.contact_id == row.contact_id), None)
    yield from (one for one in shares if fits(one, account, person))


def fits(share: Share, account: Account, person: Contact | None) -> bool:
    """Whether something is for a person of an account."""
    role = person.role if person else ""
    tags = set(_tags(account)) | (set(_tags(person)) if person else set())
    return (
        (not share.roles or role in share.roles)
        and (not share.tiers or account.tier in share.tiers)
        and (not share.tags or bool(tags & {one.casefold() for one in share.tags}))
    )


def _tags(of: Account | Contact) -> Iterator[str]:
    text = of.extra.get("tags", "") or of.extra.get("tag", "")
    yield from filter(
        None, (one.strip().casefold() for one in text.translate(_SEPARATORS).split(";"))
    )
