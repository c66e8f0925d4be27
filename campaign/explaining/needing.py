"""What needs the rep first, on a day: at most five kinds of things, a line each."""

import datetime as dt
from collections.abc import Iterator, Sequence

from attrs import frozen

from campaign.consequences.canaries import Canary, canaries
from campaign.explaining.following import account_name, gap_in_words, name_of
from campaign.explaining.today import Lateness, Today
from campaign.explaining.words import date_in_words, note
from campaign.model.territory import Territory
from campaign.phrases import counted, listed
from campaign.touches import PROMISES, Status, Touch

_MOST_NAMES = 2
_MOST_LINES = 5
_SOON = dt.timedelta(days=14)
"""Numbers and addresses are to be found for what stands in so many days."""
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
    return tuple(need for kind in _KINDS for need in kind(_View(today, ids)))


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


@frozen
class _View:
    """A plan as it stands on a day, and whether ids are shown."""

    today: Today
    ids: bool

    @property
    def territory(self) -> Territory:
        return self.today.plan.territory

    def day(self, day: dt.date) -> str:
        return date_in_words(self.territory, day)

    def touch(self, touch: Touch) -> str:
        """Whose touch it is, by which channel, of which day."""
        name = f"[{touch.touch_id}] " * self.ids
        account = account_name(self.territory, touch.account_id)
        return f"{name}{account}, {touch.channel} of {self.day(touch.date)}"


def _complaints(view: _View) -> Iterator[Need]:
    found = [one for one in view.today.consequences.recoveries if one.is_open]
    if found:
        who = [account_name(view.territory, one.promise.account_id) for one in found]
        by = [
            f"{name}, by {view.day(one.promise.due)}" for name, one in zip(who, found, strict=True)
        ]
        each = tuple(
            f"{_id(view, one.promise.promise_id)}{words}{f': {note(text)}' if text else ''}"
            for words, one in zip(by, found, strict=True)
            for text in (one.because.note,)
        )
        yield Need(f"{counted(len(each), 'complaint')} unanswered: {_some(by)}", each)


def _id(view: _View, promise_id: str) -> str:
    """The id of the touch that answers a complaint, where ids are shown."""
    rows = (*view.today.not_planned, *view.today.plan.touches)
    found = (row.touch_id for row in rows if view.ids and row.step == promise_id)
    return next((f"[{touch_id}] " for touch_id in found), "")


def _promises(view: _View) -> Iterator[Need]:
    today = view.today
    missed = [late.touch for late in today.late if late.touch.is_promise]
    if missed:
        each = [view.touch(touch) for touch in missed]
        yield Need(f"{counted(len(each), 'promise')} not kept yet: {_some(each)}", tuple(each))
    late = [
        touch
        for touch in today.plan.touches
        if touch.is_promise and touch.late and touch.date >= today.date
        if touch.status is Status.PLANNED
    ]
    if late:
        each = [f"{view.touch(one)}, {counted(one.late, 'business day')} late" for one in late]
        yield Need(f"{counted(len(each), 'promise')} will be late: {_some(each)}", tuple(each))


def _no_place(view: _View) -> Iterator[Need]:
    """What is owed before all else and stands on no day."""
    rows = [row for row in view.today.plan.left_out if row.cadence == PROMISES]
    if rows:
        each = [f"{account_name(view.territory, row.account_id)}, {row.channel}" for row in rows]
        yield Need(f"{counted(len(each), 'promise')} on no day: {_some(each)}", tuple(each))


def _not_logged(view: _View) -> Iterator[Need]:
    late = [late for late in view.today.late if not late.touch.is_promise]
    if late:
        each = [f"{view.touch(one.touch)}{_LATENESS[one.lateness]}" for one in late]
        number = "1 touch" if len(each) == 1 else f"{len(each)} touches"
        since = view.day(late[0].touch.date)
        yield Need(f"{number} not logged since {since}: campaign log walks through", tuple(each))


def _on_no_day(view: _View) -> Iterator[Need]:
    without_place = {left.touch_id for left in view.today.plan.left_out}
    for is_left_out, remedy in ((False, "campaign replan"), (True, "campaign explain says why")):
        each = [
            f"{view.touch(row)}. {' '.join(view.today.to_know(row))}"
            for row in view.today.not_planned
            if not row.is_promise and (row.touch_id in without_place) is is_left_out
        ]
        if each:
            where = "no day has room for" if is_left_out else "on no day"
            number = counted(len(each), "attempt")
            words = f"{number} that {where}" if is_left_out else f"{number} owed and {where}"
            yield Need(f"{words}: {remedy}", tuple(each))


def _to_find(view: _View) -> Iterator[Need]:
    each = dict.fromkeys(
        gap_in_words(view.territory, one) for one in view.today.consequences.closed
    )
    if each:
        yield Need(f"{counted(len(each), 'thing')} to find: {_some(list(each))}", tuple(each))


def _without_number(view: _View) -> Iterator[Need]:
    """Who is called soon and has no number that is known."""
    first = max(view.today.date, view.territory.start)
    each = dict.fromkeys(
        _whose(view.territory, touch)
        for touch in view.today.plan.touches
        if touch.channel == "call" and touch.status is Status.PLANNED
        if first <= touch.date < first + _SOON and not _number(view.territory, touch)
    )
    if each:
        words = f"{counted(len(each), 'number')} to find for the calls of two weeks"
        yield Need(f"{words}: {_some(list(each))}", tuple(each))


def _number(territory: Territory, touch: Touch) -> str:
    people = territory.contacts_of(touch.account_id)
    own = next((one.phone for one in people if one.contact_id == touch.contact_id), "")
    try:
        return own or territory.account(touch.account_id).phone
    except KeyError:
        return own


def _whose(territory: Territory, touch: Touch) -> str:
    account, person = account_name(territory, touch.account_id), name_of(territory, touch)
    return account if account == person else f"{person} of {account}"


def _some(each: Sequence[str]) -> str:
    """The first of several, and how many more there are."""
    more = len(each) - _MOST_NAMES
    shown = list(each[:_MOST_NAMES])
    return f"{'; '.join(shown)} and {more} more" if more > 0 else listed(shown)


def _canaries(view: _View) -> Iterator[Need]:
    """Who falls silent, and whose mail comes back: the first signs that something is wrong."""
    found = canaries(view.today.plan.touches, view.today.date)
    if found:
        each = [
            f"{_who(view.territory, one)}: {one.words} since {view.day(one.since)}" for one in found
        ]
        yield Need(f"{counted(len(each), 'account')} to listen to: {_some(each)}", tuple(each))


def _who(territory: Territory, one: Canary) -> str:
    account = account_name(territory, one.account_id)
    people = {each.contact_id: each.name for each in territory.contacts_of(one.account_id)}
    person = people.get(one.contact_id)
    return f"{person} of {account}" if person else account


def _after_the_end(view: _View) -> Iterator[Need]:
    """The days that people asked for and that lie after the last day."""
    found = [one for one in view.today.consequences.asked if one.is_open and not one.is_in_time]
    if found:
        each = [
            f"{account_name(view.territory, one.promise.account_id)}, {one.promise.channel} on "
            f"{view.day(one.promise.due)}"
            for one in found
        ]
        words = f"{counted(len(each), 'day')} asked for after the end"
        yield Need(f"{words}: {_some(each)}", tuple(each))


_KINDS = (
    _complaints,
    _promises,
    _no_place,
    _not_logged,
    _on_no_day,
    _canaries,
    _to_find,
    _without_number,
    _after_the_end,
)
