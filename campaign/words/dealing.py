"""Deals lines out: the most fitting first, and none twice at an account while others are left."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from attrs import define, field

from campaign.model.accounts import Account, Contact
from campaign.model.stationery import Share
from campaign.model.territory import Territory
from campaign.touches import Plan, Touch
from campaign.words.fields import FieldIsEmpty
from campaign.words.lines import BLANK, Line, pool

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
    lines = [line for line in pool(*where) if line.fits(tags)]
    weights = sorted({_weight(line) for line in lines}, reverse=True)
    groups = [[one for one in lines if _weight(one) == weight] for weight in weights]
    whole = [tuple(one for one in some if BLANK not in one.source) for some in groups]
    blank = tuple(one for some in groups for one in some if BLANK in one.source)
    return tuple(filter(None, (*whole, blank)))


def _weight(line: Line) -> int:
    """How particular a line is: what has just happened goes before what somebody is."""
    return len(line.needs) + len(line.needs & _EVENTS)


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
        lines = self._in_turn(groups) if is_varied else [one for some in groups for one in some]
        for line in lines:
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
        lines = [line for group in groups for line in self._begun(group)]
        lines.sort(key=lambda line: max(self.dealer.used[one] for one in line.sentences))
        self.turn, start = divmod(self.turn, max(1, len(lines)))
        return [*lines[start:], *lines[:start]]

    def _begun(self, group: Sequence[Line]) -> Sequence[Line]:
        start = self.dealer.first % len(group)
        return [*group[start:], *group[:start]]
