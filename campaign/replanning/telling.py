"""A difference in words: a headline with its counts, then a line a change, with its cause."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from textwrap import wrap
from types import MappingProxyType

from campaign.explaining.words import account_name, date_in_words, name_of
from campaign.model.accounts import RECOVER
from campaign.model.outcomes import Outcome
from campaign.model.runs import plain_step
from campaign.model.territory import Territory
from campaign.phrases import clock, listed
from campaign.replanning.changes import Because, Cause, Change, ChangeKind, Difference
from campaign.touches import PROMISES, LeftOut, Touch, attempt

FEW = 12
"""So many changes of a kind are told unless all are asked for; the nearest days come first."""
_MOST_NAMES = 3
_WIDTH = 80
_SMALL = ("The", "Of", "On", "You", "Nobody", "No", "It", "Its", "Days", "Even")
"""Words that begin the sentence of a reason, and are no names."""

Sheaf = tuple[Change, ...]

_COUNTED = (
    *(ChangeKind.MISSED, ChangeKind.MOVED, ChangeKind.REROUTED),
    *(ChangeKind.NEW, ChangeKind.DROPPED, ChangeKind.NO_PLACE),
)
_ALWAYS = (ChangeKind.MOVED, ChangeKind.NEW, ChangeKind.DROPPED)
_OF_THE_WHOLE = (
    *(Cause.NO_CONTACT, Cause.COMPLAINT, Cause.ACCOUNT_GONE, Cause.HANDED_OVER, Cause.NOT_ACTIVE),
    *(Cause.CONTACT_GONE, Cause.CONTACT_MOVED, Cause.NOT_OWED),
    *(Cause.NEW_ACCOUNT, Cause.NEW_CONTACT),
)
"""Causes of a whole account or person: what comes or goes for one is told together."""

_UNKNOWN: Mapping[str, str] = MappingProxyType(
    {
        "what": "",
        "reason": "",
        "on": "",
        "newcomers": "",
        "day": "another day",
        "last": "another day",
        "touch": "another touch",
        "logged": "what the lists say",
    }
)


def because_in_words(territory: Territory, because: Because) -> str:
    """The cause of a change, as a clause."""
    known = dict(_known(territory, because))
    fullest = because.cause.words[0]
    with suppress(KeyError):
        return fullest.format_map(known)
    return because.cause.words[-1].format_map({**_UNKNOWN, **known})


def _known(territory: Territory, because: Because) -> Iterator[tuple[str, str]]:
    """What a clause may name, as far as it is known."""
    if because.what:
        yield "what", because.what
        yield "reason", _within(because.what)
    if because.date:
        yield "day", date_in_words(territory, because.date)
        yield "on", f" on {date_in_words(territory, because.date)}"
    if because.last:
        yield "last", date_in_words(territory, because.last)
    if row := because.other:
        day = date_in_words(territory, row.day)
        name = "" if row.step == row.channel else f' "{row.step}"'
        yield "touch", f"the {row.channel}{name}{' that was made' if row.is_done else ''} on {day}"
        outcome = row.outcome.replace("_", " ") or row.status.value
        sent = ", sent" if row.outcome is Outcome.RETURNED_MAIL else ""
        yield "logged", f"{outcome}{sent} on {day}"
    if because.others:
        names = [
            f"{account_name(territory, one.account_id)} "
            f"({one.channel}{', done' if one.is_done else ''})"
            for one in because.others
        ]
        yield "newcomers", f", with {listed(names, most=_MOST_NAMES)} new there"


def _within(reason: str) -> str:
    """A reason as part of a sentence: it begins small unless with a name."""
    is_word = reason.partition(" ")[0] in _SMALL
    return reason[:1].lower() + reason[1:] if is_word else reason


def change_in_words(territory: Territory, change: Change) -> str:
    """One change as a sentence, with its cause."""
    row = change.after or change.before or change.left_out
    assert row is not None  # noqa: S101 (what has no row is left out)
    account, person = account_name(territory, row.account_id), name_of(territory, row)
    who = account if account == person else f"{account}, {person}"
    named = _channel_and_step(territory, change.before or row)
    return f"{who}, {named}: {_what_becomes_of_it(territory, change)}."


def _channel_and_step(territory: Territory, row: Touch | LeftOut) -> str:
    """The channel, and the step where that says more: of a promise, why it is made."""
    if isinstance(row, LeftOut):
        purposes = {one.promise_id: one.purpose for one in territory.promises}
        step = purposes.get(row.step, RECOVER) if row.cadence == PROMISES else row.step
        return f"{row.channel} ({step})"
    step = plain_step(row.step, row.cadence)
    if row.is_promise and row.purpose != RECOVER:
        step = row.purpose
    return row.channel if step == row.channel else f"{row.channel} ({step})"


def _what_becomes_of_it(territory: Territory, change: Change) -> str:
    before, after = change.before, change.after
    clause = because_in_words(territory, change.because)
    old, new = (date_in_words(territory, row.date) if row else "" for row in (before, after))
    told = by = ""
    if before and before.told:
        day = date_in_words(territory, before.told)
        told = f"; they were told the old day on {day}: tell them"
    if before and after and before.channel != after.channel:
        by = f"{after.channel} instead of {before.channel}"
    why = "as the whole came out better so"
    if change.by_because and change.by_because.cause is not Cause.NOT_FORCED:
        why = f"because {because_in_words(territory, change.by_because)}"
    match change.kind:
        case ChangeKind.MOVED:
            words = f"from {old} to {new}, because {clause}{told}"
            return f"{words}; by {by}, {why}" if by else words
        case ChangeKind.REROUTED:
            return f"{by} on {new}, because {clause}"
        case ChangeKind.RETIMED:
            return f"{new}, {_time(before)} becomes {_time(after)}"
        case ChangeKind.DROPPED:
            return f"no longer on {old}, because {clause.rstrip('.')}{told}"
        case ChangeKind.NEW:
            number = attempt(after)[1] if after else 1
            which = f" (attempt {number})" if number > 1 else ""
            return f"on {new}{which}, because {clause}"
    return clause + _after_a_miss(change, new) if before else clause.rstrip(".")


def _after_a_miss(change: Change, day: str) -> str:
    """When a touch that was missed comes back; the reason where there is no place for it."""
    before, after = change.before, change.after
    if after is not None:
        is_other = before is not None and before.channel != after.channel
        return f"; again on {day}{f' by {after.channel}' if is_other else ''}"
    if change.left_out is not None:
        reason = _within(change.left_out.reason).rstrip(".")
        return f", and there is no place for it: {reason}"
    return "; it is not owed any more"


def _time(row: Touch | None) -> str:
    return "no time" if row is None or row.start is None else clock(row.start)


def together(changes: Iterable[Change]) -> tuple[Sheaf, ...]:
    """The changes of one kind, each in one sheaf, in the order of their first ones.

    A touch that moves goes with the one that it follows, if that moves too; what goes or
    comes for a cause of the whole account or person goes with the rest of that person.
    """
    sheaves: list[list[Change]] = []
    # Each sheaf by what a later change may go with: a touch, or a cause, of one person.
    known: dict[tuple[object, ...], list[Change]] = {}
    for change in changes:
        row, because = change.after or change.before, change.because
        person = (row.account_id, row.contact_id) if row else ("", "")
        own: tuple[object, ...] = (change.touch_id, *person)
        goes_with: tuple[object, ...] | None = None
        if change.kind is ChangeKind.MOVED and because.cause is Cause.WINDOW and because.other:
            goes_with = (because.other.touch_id, *person)
        elif change.kind in (ChangeKind.DROPPED, ChangeKind.NEW) and because.cause in _OF_THE_WHOLE:
            own = goes_with = (because, *person)
        sheaf = known.get(goes_with) if goes_with else None
        if sheaf is None:
            sheaf = []
            sheaves.append(sheaf)
        sheaf.append(change)
        known.setdefault(own, sheaf)
    return tuple(map(tuple, sheaves))


def sheaf_in_words(territory: Territory, sheaf: Sequence[Change]) -> str:
    """Changes that go together as a sentence: the first in full, the others by their days."""
    first, *others = sheaf
    whole = change_in_words(territory, first)
    told = []
    for change in others:
        before, after = change.before or change.after, change.after or change.before
        if before and after:
            name = _channel_and_step(territory, before)
            to = "to" if change.kind is ChangeKind.MOVED else "on"
            by = f" by {after.channel}" if before.channel != after.channel else ""
            told.append(f"the {name} {to} {date_in_words(territory, after.date)}{by}")
    return f"{whole[:-1]}; {first.kind.words[2]} {listed(told)}." if told else whole


def headline(found: Difference) -> str:
    """How many touches moved, came in and went, and how many stay, in one line."""
    told = []
    for kind in _COUNTED:
        changes = found.of(kind)
        left = sum(change.left_out is not None for change in changes)
        lost = f" ({left:,} of them left out)" if left and kind is ChangeKind.MISSED else ""
        if changes or kind in _ALWAYS:
            told.append(f"{len(changes):,} {kind.words[1]}{lost}")
    retimed = len(found.of(ChangeKind.RETIMED))
    times = f", {retimed:,} of them at another time of day" if retimed else ""
    day = date_in_words(found.plan.territory, found.day)
    return f"From {day}: {', '.join(told)}; {found.stay:,} stay{times}."


def render_difference(found: Difference, *, every: bool = False) -> str:
    """The headline, then the changes by kind and day, in 80 columns.

    At most twelve lines of a kind, those that go together in one, and no times of day,
    unless `every` is set: then each change has a line of its own.
    """
    lines = [headline(found), *_group(found, "To make complaints good", found.answers, every=True)]
    for kind in ChangeKind:
        changes = [one for one in found.of(kind) if one not in found.answers]
        if kind is not ChangeKind.RETIMED or every:
            lines += _group(found, kind.words[0], changes, every=every)
    return "\n".join(lines)


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
        yield from wrap(
            sheaf_in_words(found.plan.territory, sheaf),
            _WIDTH,
            initial_indent="    - ",
            subsequent_indent="      ",
            break_on_hyphens=False,
            break_long_words=False,
        )
    untold = len(changes) - sum(map(len, told))
    if untold:
        yield f"    ... and {untold:,} more; --all lists them"[:_WIDTH]
