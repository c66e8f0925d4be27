"""What needs the rep first, on a day: at most five kinds of things, a line each."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from campaign.consequences.canaries import canaries
from campaign.explaining.today import Lateness, Today
from campaign.explaining.what_follows import gap_in_words
from campaign.explaining.words import account_name, date_in_words, name_of, note
from campaign.model.channels import CALL
from campaign.model.territory import Territory
from campaign.phrases import counted, first_of, listed
from campaign.touches import PROMISES, Status, Touch

_MOST_NAMES = 2
_MOST_LINES = 5
_SOON = dt.timedelta(days=14)
"""Numbers and addresses are to be found for what stands in so many days."""
Mark = Callable[[str], str]
"""What stands before a touch of that id: the id, or nothing."""
_LATENESS = {
    Lateness.OVERDUE: "",
    Lateness.ON_LEAVE: ", while you were on leave",
    Lateness.NEVER_TOUCHED: ", never touched yet",
}


@frozen
class Need:
    """One kind of thing that waits for the rep, in words; `each` names every one of them."""

    words: str
    each: tuple[str, ...]


def needs(today: Today, *, ids: bool = False) -> tuple[Need, ...]:
    """What needs the rep first: complaints, promises, touches not logged, what is to be found.

    With `ids` each touch is named with its id.
    """

    def _mark(touch_id: str) -> str:
        return f"[{touch_id}] " * ids

    return tuple(need for kind in _KINDS for need in kind(today, _mark))


def render_needs(found: Sequence[Need], *, every: bool = False) -> str:
    """The needs under a heading, at most five lines in all; empty without any.

    With `every` each of them, and each thing, has a line.
    """
    if not found:
        return ""
    number = sum(len(need.each) for need in found)
    lines = [f"{counted(number, 'thing')} {'needs' if number == 1 else 'need'} you:"]
    if not every and len(found) >= _MOST_LINES:
        left = sum(len(need.each) for need in found[_MOST_LINES - 2 :])
        told = [need.words for need in found[: _MOST_LINES - 2]]
        return "\n  ".join((*lines, *told, f"and {left} more: --all lists them"))
    for need in found:
        lines.append(f"  {need.words}")
        if every:
            lines += [f"    - {one}" for one in need.each]
    return "\n".join(lines)


def _need(each: Sequence[str], thing: str, what: str, tail: str = "") -> Iterator[Need]:
    """So many things of a kind, the first of them named unless something else is to be said."""
    if each:
        yield Need(f"{counted(len(each), thing)} {what}: {tail or _some(each)}", tuple(each))


def _some(each: Sequence[str]) -> str:
    """The first of several, and how many more there are."""
    return first_of(each, _MOST_NAMES, "; ") if len(each) > _MOST_NAMES else listed(each)


def _named(today: Today, touch: Touch, mark: Mark) -> str:
    """Whose touch it is, by which channel, of which day."""
    territory, name = today.plan.territory, mark(touch.touch_id)
    account, when = account_name(territory, touch.account_id), date_in_words(territory, touch.date)
    return f"{name}{account}, {touch.channel} of {when}"


def _complaints(today: Today, mark: Mark) -> Iterator[Need]:
    territory, by, each = today.plan.territory, list[str](), list[str]()
    rows = (*today.not_planned, *today.plan.touches)  # one of them answers it
    for one in today.consequences.recoveries:
        if one.is_open:
            due = date_in_words(territory, one.promise.due)
            by.append(f"{account_name(territory, one.promise.account_id)}, by {due}")
            answers = (mark(row.touch_id) for row in rows if row.step == one.promise.promise_id)
            text = f": {note(one.because.note)}" if one.because.note else ""
            each.append(f"{next(answers, '')}{by[-1]}{text}")
    yield from _need(each, "complaint", "unanswered", _some(by))


def _promises(today: Today, mark: Mark) -> Iterator[Need]:
    missed = [late.touch for late in today.late if late.touch.is_promise]
    yield from _need([_named(today, one, mark) for one in missed], "promise", "not kept yet")
    late = [
        f"{_named(today, touch, mark)}, {counted(touch.late, 'business day')} late"
        for touch in today.plan.touches
        if touch.is_promise and touch.late and touch.date >= today.date
        if touch.status is Status.PLANNED
    ]
    yield from _need(late, "promise", "will be late")
    territory = today.plan.territory
    rows = [row for row in today.plan.left_out if row.cadence == PROMISES]
    nowhere = [f"{account_name(territory, row.account_id)}, {row.channel}" for row in rows]
    yield from _need(nowhere, "promise", "on no day")


def _not_logged(today: Today, mark: Mark) -> Iterator[Need]:
    late = [late for late in today.late if not late.touch.is_promise]
    each = [f"{_named(today, one.touch, mark)}{_LATENESS[one.lateness]}" for one in late]
    if late:
        since = date_in_words(today.plan.territory, late[0].touch.date)
        yield from _need(each, "touch", f"not logged since {since}", "campaign log walks through")


def _on_no_day(today: Today, mark: Mark) -> Iterator[Need]:
    """The attempts that are owed and stand on no day: not planned yet, or without room."""
    without_place = {left.touch_id for left in today.plan.left_out}
    rows = [row for row in today.not_planned if not row.is_promise]
    told = {
        row.touch_id: f"{_named(today, row, mark)}. {' '.join(today.to_know(row))}" for row in rows
    }
    new = [words for name, words in told.items() if name not in without_place]
    yield from _need(new, "attempt", "owed and on no day", "campaign replan")
    left = [words for name, words in told.items() if name in without_place]
    yield from _need(left, "attempt", "that no day has room for", "campaign explain says why")


def _canaries(today: Today, _mark: Mark) -> Iterator[Need]:
    """Who falls silent, and whose mail comes back: the first signs that something is wrong."""
    territory, each = today.plan.territory, list[str]()
    for one in canaries(today.plan.touches, today.date):
        people = {who.contact_id: who.name for who in territory.contacts_of(one.account_id)}
        person = f"{people[one.contact_id]} of " if one.contact_id in people else ""
        since = date_in_words(territory, one.since)
        each.append(f"{person}{account_name(territory, one.account_id)}: {one.words} since {since}")
    yield from _need(each, "account", "to listen to")


def _to_find(today: Today, _mark: Mark) -> Iterator[Need]:
    """What is to be found: for who is not reached any more, and for the calls of two weeks."""
    territory = today.plan.territory
    each = dict.fromkeys(gap_in_words(territory, one) for one in today.consequences.closed)
    yield from _need(list(each), "thing", "to find")
    first = max(today.date, territory.start)
    whose: dict[str, None] = {}
    for one in today.plan.touches:
        is_soon = first <= one.date < first + _SOON and one.status is Status.PLANNED
        if is_soon and one.channel == CALL and not _number(territory, one):
            account, person = account_name(territory, one.account_id), name_of(territory, one)
            whose[account if person == account else f"{person} of {account}"] = None
    yield from _need(list(whose), "number", "to find for the calls of two weeks")


def _number(territory: Territory, touch: Touch) -> str:
    people = territory.contacts_of(touch.account_id)
    own = next((one.phone for one in people if one.contact_id == touch.contact_id), "")
    try:
        return own or territory.account(touch.account_id).phone
    except KeyError:
        return own


def _after_the_end(today: Today, _mark: Mark) -> Iterator[Need]:
    """The days that people asked for and that lie after the last day."""
    territory = today.plan.territory
    each = [
        f"{account_name(territory, one.promise.account_id)}, {one.promise.channel} on "
        f"{date_in_words(territory, one.promise.due)}"
        for one in today.consequences.asked
        if one.is_open and not one.is_in_time
    ]
    yield from _need(each, "day", "asked for after the end")


_KINDS: tuple[Callable[[Today, Mark], Iterator[Need]], ...] = (
    _complaints,
    _promises,
    _not_logged,
    _on_no_day,
    _canaries,
    _to_find,
    _after_the_end,
)
