"""A difference in words: a headline with its counts, then a line a change."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from campaign.explaining.following import account_name, name_of
from campaign.explaining.telling import WIDTH, filled
from campaign.explaining.words import date_in_words
from campaign.model.accounts import RECOVER
from campaign.model.runs import plain_step
from campaign.model.territory import Territory
from campaign.phrases import listed
from campaign.replanning.because import Cause
from campaign.replanning.clauses import because_in_words, day_in_words, within
from campaign.replanning.difference import Change, ChangeKind, Difference
from campaign.replanning.sheaves import together
from campaign.touches import PROMISES, LeftOut, Touch, attempt

FEW = 12
"""So many changes of a kind are told unless all are asked for; the nearest days come first."""

_TITLES: Mapping[ChangeKind, str] = MappingProxyType(
    {
        ChangeKind.DROPPED: "Dropped",
        ChangeKind.MISSED: "Missed",
        ChangeKind.MOVED: "Moved",
        ChangeKind.REROUTED: "By another channel",
        ChangeKind.NEW: "New",
        ChangeKind.NO_PLACE: "Owed now, and no place for it",
        ChangeKind.RETIMED: "On the same day, at another time",
    }
)
_COUNTED: Mapping[ChangeKind, str] = MappingProxyType(
    {
        ChangeKind.MISSED: "missed",
        ChangeKind.MOVED: "moved",
        ChangeKind.REROUTED: "by another channel",
        ChangeKind.NEW: "new",
        ChangeKind.DROPPED: "dropped",
        ChangeKind.NO_PLACE: "owed without a place",
    }
)
_IN_SHORT: Mapping[ChangeKind, str] = MappingProxyType(
    {ChangeKind.DROPPED: "likewise", ChangeKind.MOVED: "with it", ChangeKind.NEW: "then"}
)
_ALWAYS = (ChangeKind.MOVED, ChangeKind.NEW, ChangeKind.DROPPED)


def render_difference(found: Difference, *, every: bool = False) -> str:
    """The headline, then the changes by kind and day, in 80 columns.

    At most twelve lines of a kind, those that go together in one, and no times of day,
    unless `every` is set: then each change has a line of its own.
    """
    return "\n".join((headline(found), *_groups(found, every=every)))


def headline(found: Difference) -> str:
    """How many touches moved, came in and went, and how many stay, in one line."""
    told = list(filter(None, (_count(found, kind) for kind in _COUNTED)))
    retimed = len(found.of(ChangeKind.RETIMED))
    times = f", {retimed:,} of them at another time of day" if retimed else ""
    day = date_in_words(found.plan.territory, found.day)
    return f"From {day}: {', '.join(told)}; {found.stay:,} stay{times}."


def _count(found: Difference, kind: ChangeKind) -> str:
    """How many changes there are of a kind; of what was missed, how much is left out now."""
    changes = found.of(kind)
    if not changes and kind not in _ALWAYS:
        return ""
    left = sum(change.left_out is not None for change in changes)
    lost = f" ({left:,} of them left out)" if left and kind is ChangeKind.MISSED else ""
    return f"{len(changes):,} {_COUNTED[kind]}{lost}"


def change_in_words(territory: Territory, change: Change) -> str:
    """One change as a sentence, with its cause."""
    return f"{_what(territory, change)}: {_OF_KIND[change.kind](territory, change)}."


def sheaf_in_words(territory: Territory, sheaf: Sequence[Change]) -> str:
    """Changes that go together as a sentence: the first in full, the others by their days."""
    whole = change_in_words(territory, sheaf[0])
    if not sheaf[1:]:
        return whole
    others = listed([_in_short(territory, change) for change in sheaf[1:]])
    return f"{whole[:-1]}; {_IN_SHORT[sheaf[0].kind]} {others}."


def _in_short(territory: Territory, change: Change) -> str:
    row = change.after or change.before
    assert row is not None  # noqa: S101 (what goes together has rows)
    before = change.before or row
    name = _channel_and_step(before)
    to = "to" if change.kind is ChangeKind.MOVED else "on"
    by = f" by {row.channel}" if before.channel != row.channel else ""
    return f"the {name} {to} {day_in_words(territory, row.date)}{by}"


def _groups(found: Difference, *, every: bool) -> Iterator[str]:
    yield from _group(found, "To make complaints good", found.answers, every=True)
    for kind in ChangeKind:
        changes = [one for one in found.of(kind) if one not in found.answers]
        if kind is not ChangeKind.RETIMED or every:
            yield from _group(found, _TITLES[kind], changes, every=every)


def _group(
    found: Difference, title: str, changes: Sequence[Change], *, every: bool
) -> Iterator[str]:
    if not changes:
        return
    yield ""
    yield f"  {title}"
    sheaves = [(change,) for change in changes] if every else together(changes)
    told = sheaves if every else sheaves[:FEW]
    for sheaf in told:
        yield from filled(sheaf_in_words(found.plan.territory, sheaf))
    untold = len(changes) - sum(map(len, told))
    if untold:
        yield f"    ... and {untold:,} more; --all lists them"[:WIDTH]


def _what(territory: Territory, change: Change) -> str:
    row = change.after or change.before
    if row is None:
        return _left_out_name(territory, change.left_out)
    before = change.before or row
    who = _who(territory, row)
    return f"{who}, {_channel_and_step(before)}"


def _channel_and_step(row: Touch) -> str:
    """The channel, and the step where that says more: of a promise, why it is made."""
    plain = plain_step(row.step, row.cadence)
    step = row.purpose if row.is_promise and row.purpose != RECOVER else plain
    return row.channel if step == row.channel else f"{row.channel} ({step})"


def _left_out_name(territory: Territory, left: LeftOut | None) -> str:
    assert left is not None  # noqa: S101 (what has no row is left out)
    step = left.step
    if left.cadence == PROMISES:
        purposes = {one.promise_id: one.purpose for one in territory.promises}
        step = purposes.get(left.step, "recover")
    return f"{_who(territory, left)}, {left.channel} ({step})"


def _who(territory: Territory, row: Touch | LeftOut) -> str:
    account, person = account_name(territory, row.account_id), name_of(territory, row)
    return account if account == person else f"{account}, {person}"


def _moved(territory: Territory, change: Change) -> str:
    before, after = _rows(change)
    days = f"from {day_in_words(territory, before.date)} to {day_in_words(territory, after.date)}"
    words = f"{days}, because {because_in_words(territory, change.because)}"
    words += _as_was_told(territory, before)
    if change.by_because is None:
        return words
    words += f"; by {after.channel} instead of {before.channel}, "
    if change.by_because.cause is Cause.NOT_FORCED:
        return f"{words}as the whole came out better so"
    return f"{words}because {because_in_words(territory, change.by_because)}"


def _as_was_told(territory: Territory, before: Touch) -> str:
    """That the customer knows the old day, and when they were told it."""
    if before.told is None:
        return ""
    return f"; they were told the old day on {day_in_words(territory, before.told)}: tell them"


def _rerouted(territory: Territory, change: Change) -> str:
    before, after = _rows(change)
    how = f"{after.channel} instead of {before.channel} on {day_in_words(territory, after.date)}"
    return f"{how}, because {because_in_words(territory, change.because)}"


def _retimed(territory: Territory, change: Change) -> str:
    before, after = _rows(change)
    return f"{day_in_words(territory, after.date)}, {_time(before)} becomes {_time(after)}"


def _rows(change: Change) -> tuple[Touch, Touch]:
    assert change.before is not None  # noqa: S101 (both stand)
    assert change.after is not None  # noqa: S101
    return change.before, change.after


def _time(row: Touch) -> str:
    return "no time" if row.start is None else f"{row.start // 60:02}:{row.start % 60:02}"


def _dropped(territory: Territory, change: Change) -> str:
    assert change.before is not None  # noqa: S101 (it stood)
    words = _clause(because_in_words(territory, change.because))
    gone = f"no longer on {day_in_words(territory, change.before.date)}, because {words}"
    return gone + _as_was_told(territory, change.before)


def _missed(territory: Territory, change: Change) -> str:
    words = because_in_words(territory, change.because)
    if change.after is not None:
        by = f" by {change.after.channel}" if _by_another(change) else ""
        return f"{words}; again on {day_in_words(territory, change.after.date)}{by}"
    if change.left_out is not None:
        return f"{words}, and there is no place for it: {_clause(within(change.left_out.reason))}"
    return f"{words}; it is not owed any more"


def _by_another(change: Change) -> bool:
    before, after = change.before, change.after
    return before is not None and after is not None and before.channel != after.channel


def _new(territory: Territory, change: Change) -> str:
    assert change.after is not None  # noqa: S101 (it stands)
    words = because_in_words(territory, change.because)
    number = attempt(change.after)[1]
    which = f" (attempt {number})" if number > 1 else ""
    return f"on {day_in_words(territory, change.after.date)}{which}, because {words}"


def _no_place(territory: Territory, change: Change) -> str:
    return _clause(because_in_words(territory, change.because))


def _clause(text: str) -> str:
    return text.rstrip(".")


_OF_KIND: Mapping[ChangeKind, Callable[[Territory, Change], str]] = MappingProxyType(
    {
        ChangeKind.DROPPED: _dropped,
        ChangeKind.MISSED: _missed,
        ChangeKind.MOVED: _moved,
        ChangeKind.REROUTED: _rerouted,
        ChangeKind.NEW: _new,
        ChangeKind.NO_PLACE: _no_place,
        ChangeKind.RETIMED: _retimed,
    }
)
