"""Deals lines out: the most fitting first, and none twice at an account while others are left."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby
from typing import Any

from attrs import define, field

from campaign.model.accounts import Account, Contact
from campaign.model.stationery import Share
from campaign.touches import Plan
from campaign.words.lines import BLANK, Line, pool
from campaign.words.templates import FieldIsEmpty

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


_EVENTS = frozenset({"new", "colleague", "complaint"})


@define
class Dealer:
    """What has been said at one account, sentence by sentence where a line has several.

    `first` is where pools of equals are begun.
    """

    first: int
    used: Counter[str] = field(factory=Counter)
    said: set[str] = field(factory=set)


@lru_cache(maxsize=20_000)
def fitting(where: tuple[str, str, str, str], tags: frozenset[str]) -> tuple[tuple[Line, ...], ...]:
    """The lines of a pool that may be said, the most particular first, equals together.

    What leaves a blank for the rep to fill comes last.
    """

    def weight(line: Line) -> int:
        # What has just happened goes before what somebody is.
        return -len(line.needs) - len(line.needs & _EVENTS)

    lines = sorted((line for line in pool(*where) if line.fits(tags)), key=weight)
    whole = [line for line in lines if BLANK not in line.source]
    equals = [tuple(some) for _, some in groupby(whole, weight)]
    return tuple(filter(None, (*equals, tuple(line for line in lines if BLANK in line.source))))


@define
class Draft:
    """One text in the making; `turn` says which of all choices."""

    dealer: Dealer
    tags: frozenset[str]
    values: Mapping[str, Any]
    turn: int = 0
    chosen: list[Line] = field(factory=list)
    empty: FieldIsEmpty | None = None

    def line(self, where: tuple[str, str, str, str], *, is_varied: bool = True, **more: str) -> str:
        """One line of a pool, filled in; empty where none of them can be said.

        Where it is not varied it is the most particular one, whoever has had it.
        """
        groups = fitting(where, self.tags)
        for line in self._in_turn(groups) if is_varied else chain.from_iterable(groups):
            try:
                text = line.template.text({**self.values, **more})
            except FieldIsEmpty as empty:
                self.empty = self.empty or empty
                continue
            self.chosen.append(line)
            return text
        return ""

    def _in_turn(self, groups: Sequence[Sequence[Line]]) -> Sequence[Line]:
        """The lines, the least said first; each text begun anew takes another choice of all."""
        begin = self.dealer.first
        lines = [group[(begin + at) % len(group)] for group in groups for at in range(len(group))]
        lines.sort(key=lambda line: max(self.dealer.used[one] for one in line.sentences))
        self.turn, start = divmod(self.turn, max(1, len(lines)))
        return [*lines[start:], *lines[:start]]
