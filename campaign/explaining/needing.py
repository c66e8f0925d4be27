"""What needs the rep first, on a day: at most five kinds of things, a line each."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from campaign.explaining.following import account_name, gap_in_words
from campaign.explaining.today import Today
from campaign.explaining.words import counted, date_in_words, listed
from campaign.touches import Touch

_MOST_NAMES = 2


@frozen
class Need:
    """One kind of thing that waits for the rep, in words; `each` names every one of them."""

    words: str
    each: tuple[str, ...]


def needs(today: Today) -> tuple[Need, ...]:
    """What needs the rep first: complaints, promises, touches not logged, what is to be found."""
    return tuple(need for kind in _KINDS for need in kind(today))


def render_needs(found: Sequence[Need], *, every: bool = False) -> str:
    """The needs under a heading, a line each, each thing with `every`; empty without any."""
    if not found:
        return ""
    number = sum(len(need.each) for need in found)
    heading = f"{counted(number, 'thing')} {'needs' if number == 1 else 'need'} you:"
    lines = [heading]
    for need in found:
        lines.append(f"  {need.words}")
        if every and len(need.each) > 1:
            lines += [f"    - {one}" for one in need.each]
    return "\n".join(lines)


def _complaints(today: Today) -> Iterator[Need]:
    territory = today.plan.territory
    found = [one for one in today.consequences.recoveries if one.is_open]
    if found:
        each = [
            f"{account_name(territory, one.promise.account_id)}, by "
            f"{date_in_words(territory, one.promise.due)}"
            for one in found
        ]
        yield Need(f"{counted(len(each), 'complaint')} unanswered: {_some(each)}", tuple(each))


def _promises(today: Today) -> Iterator[Need]:
    late = [late.touch for late in today.late if late.touch.is_promise]
    if late:
        each = [_touch(today, touch) for touch in late]
        yield Need(f"{counted(len(each), 'promise')} not kept yet: {_some(each)}", tuple(each))


def _not_logged(today: Today) -> Iterator[Need]:
    late = [late.touch for late in today.late if not late.touch.is_promise]
    if late:
        each = [_touch(today, touch) for touch in late]
        number = "1 touch" if len(each) == 1 else f"{len(each)} touches"
        since = date_in_words(today.plan.territory, late[0].date)
        yield Need(f"{number} not logged since {since}: campaign log walks through", tuple(each))


def _on_no_day(today: Today) -> Iterator[Need]:
    rows = [row for row in today.not_planned if not row.is_promise]
    if rows:
        each = [_touch(today, touch) for touch in rows]
        words = f"{counted(len(each), 'attempt')} owed and on no day: campaign replan"
        yield Need(words, tuple(each))


def _to_find(today: Today) -> Iterator[Need]:
    territory = today.plan.territory
    each = dict.fromkeys(gap_in_words(territory, one) for one in today.consequences.closed)
    if each:
        yield Need(f"{counted(len(each), 'thing')} to find: {_some(list(each))}", tuple(each))


def _touch(today: Today, touch: Touch) -> str:
    territory = today.plan.territory
    when = date_in_words(territory, touch.date)
    return f"{account_name(territory, touch.account_id)}, {touch.channel} of {when}"


def _some(each: Sequence[str]) -> str:
    """The first of several, and how many more there are."""
    more = len(each) - _MOST_NAMES
    shown = list(each[:_MOST_NAMES])
    return f"{'; '.join(shown)} and {more} more" if more > 0 else listed(shown)


_KINDS = (_complaints, _promises, _not_logged, _on_no_day, _to_find)
