"""A difference in words: a headline with its counts, then a line a change."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from campaign.explaining.following import account_name, name_of
from campaign.explaining.telling import WIDTH, filled
from campaign.explaining.words import date_in_words, listed
from campaign.model.territory import Territory
from campaign.replanning.because import Because, Cause
from campaign.replanning.difference import Change, Difference, Kind
from campaign.replanning.sheaves import together
from campaign.touches import PROMISES, LeftOut, Touch, attempt

FEW = 12
"""So many changes of a kind are told unless all are asked for; the nearest days come first."""

_TITLES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.DROPPED: "Dropped",
        Kind.MISSED: "Missed",
        Kind.MOVED: "Moved",
        Kind.REROUTED: "By another channel",
        Kind.NEW: "New",
        Kind.NO_PLACE: "Owed now, and no place for it",
        Kind.RETIMED: "On the same day, at another time",
    }
)
_COUNTED: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.MISSED: "missed",
        Kind.MOVED: "moved",
        Kind.REROUTED: "by another channel",
        Kind.NEW: "new",
        Kind.DROPPED: "dropped",
        Kind.NO_PLACE: "owed without a place",
    }
)
_IN_SHORT: Mapping[Kind, str] = MappingProxyType(
    {Kind.DROPPED: "likewise", Kind.MOVED: "with it", Kind.NEW: "then"}
)
_ALWAYS = (Kind.MOVED, Kind.NEW, Kind.DROPPED)
_MOST_NAMES = 3
_SMALL = ("The", "You", "Nobody", "No", "It")
"""Words that begin the sentence of a reason, and are no names."""

Words = Callable[[Territory, Because], str]


def render_difference(found: Difference, *, every: bool = False) -> str:
    """The headline, then the changes by kind and day, in 80 columns.

    At most twelve lines of a kind, those that go together in one, and no times of day,
    unless `every` is set: then each change has a line of its own.
    """
    return "\n".join((headline(found), *_groups(found, every=every)))


def headline(found: Difference) -> str:
    """How many touches moved, came in and went, and how many stay, in one line."""
    counts = ((kind, len(found.of(kind))) for kind in _COUNTED)
    told = [f"{number:,} {_COUNTED[kind]}" for kind, number in counts if number or kind in _ALWAYS]
    retimed = len(found.of(Kind.RETIMED))
    times = f", {retimed:,} of them at another time of day" if retimed else ""
    day = date_in_words(found.plan.territory, found.day)
    return f"From {day}: {', '.join(told)}; {found.stay:,} stay{times}."


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
    name = f"{before.channel} ({before.purpose if before.is_promise else before.step})"
    to = "to" if change.kind is Kind.MOVED else "on"
    by = f" by {row.channel}" if before.channel != row.channel else ""
    return f"the {name} {to} {_date(territory, row.date)}{by}"


def because_in_words(territory: Territory, because: Because) -> str:
    """The cause of a change, as a clause."""
    return _SENTENCES[because.cause](territory, because)


def _groups(found: Difference, *, every: bool) -> Iterator[str]:
    for kind in Kind:
        changes = found.of(kind)
        if not changes or (kind is Kind.RETIMED and not every):
            continue
        yield ""
        yield f"  {_TITLES[kind]}"
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
    return f"{who}, {before.channel} ({before.purpose if before.is_promise else before.step})"


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
    by = f", by {after.channel}" if before.channel != after.channel else ""
    days = f"from {_date(territory, before.date)} to {_date(territory, after.date)}"
    return f"{days}{by}, because {because_in_words(territory, change.because)}"


def _rerouted(territory: Territory, change: Change) -> str:
    before, after = _rows(change)
    how = f"{after.channel} instead of {before.channel} on {_date(territory, after.date)}"
    return f"{how}, because {because_in_words(territory, change.because)}"


def _retimed(territory: Territory, change: Change) -> str:
    before, after = _rows(change)
    return f"{_date(territory, after.date)}, {_time(before)} becomes {_time(after)}"


def _rows(change: Change) -> tuple[Touch, Touch]:
    assert change.before is not None  # noqa: S101 (both stand)
    assert change.after is not None  # noqa: S101
    return change.before, change.after


def _time(row: Touch) -> str:
    return "no time" if row.start is None else f"{row.start // 60:02}:{row.start % 60:02}"


def _dropped(territory: Territory, change: Change) -> str:
    assert change.before is not None  # noqa: S101 (it stood)
    words = _clause(because_in_words(territory, change.because))
    return f"no longer on {_date(territory, change.before.date)}, because {words}"


def _missed(territory: Territory, change: Change) -> str:
    words = because_in_words(territory, change.because)
    if change.after is not None:
        by = f" by {change.after.channel}" if _by_another(change) else ""
        return f"{words}; again on {_date(territory, change.after.date)}{by}"
    if change.left_out is not None:
        return f"{words}, and there is no place for it: {_clause(change.left_out.reason)}"
    return f"{words}; it is not owed any more"


def _by_another(change: Change) -> bool:
    before, after = change.before, change.after
    return before is not None and after is not None and before.channel != after.channel


def _new(territory: Territory, change: Change) -> str:
    assert change.after is not None  # noqa: S101 (it stands)
    words = because_in_words(territory, change.because)
    number = attempt(change.after)[1]
    which = f" (attempt {number})" if number > 1 else ""
    return f"on {_date(territory, change.after.date)}{which}, because {words}"


def _no_place(territory: Territory, change: Change) -> str:
    return _clause(because_in_words(territory, change.because))


def _clause(text: str) -> str:
    return text.rstrip(".")


def _date(territory: Territory, day: dt.date | None) -> str:
    if day is None:
        return "another day"
    return date_in_words(territory, dt.date(day.year, day.month, day.day))


_OF_KIND: Mapping[Kind, Callable[[Territory, Change], str]] = MappingProxyType(
    {
        Kind.DROPPED: _dropped,
        Kind.MISSED: _missed,
        Kind.MOVED: _moved,
        Kind.REROUTED: _rerouted,
        Kind.NEW: _new,
        Kind.NO_PLACE: _no_place,
        Kind.RETIMED: _retimed,
    }
)


def _on(territory: Territory, day: dt.date | None) -> str:
    return f" on {_date(territory, day)}" if day else ""


def _logged(territory: Territory, row: Touch | None) -> str:
    """What was logged and when: `complaint on Mon 11 Jan`."""
    if row is None:
        return "what the lists say"
    outcome = row.outcome.replace("_", " ") or row.status.value
    return f"{outcome} on {_date(territory, row.day)}"


def _stands(territory: Territory, row: Touch | None) -> str:
    """Another touch with its day: `the call on Mon 11 Jan`."""
    if row is None:
        return "another touch"
    name = "" if row.step == row.channel else f' "{row.step}"'
    done = " that was made" if row.is_done else ""
    return f"the {row.channel}{name}{done} on {_date(territory, row.day)}"


def _taken_by(territory: Territory, because: Because) -> str:
    """Which touches have come to a day, or a week, that is full now."""
    if not because.others:
        return ""
    rows = because.others[:_MOST_NAMES]
    names = [f"{account_name(territory, one.account_id)} ({one.channel})" for one in rows]
    more = len(because.others) - len(rows)
    return f", with {listed([*names, *([f'{more} more'] if more else [])])} new there"


def _on_leave(territory: Territory, because: Because) -> str:
    return f"you are on leave{_on(territory, because.date)}"


def _no_working_day(territory: Territory, because: Because) -> str:
    return f"you do not work{_on(territory, because.date)}"


def _channel_off(territory: Territory, because: Because) -> str:
    return f"{because.what} is not used{_on(territory, because.date)}"


def _no_contact(territory: Territory, because: Because) -> str:
    return f"they want no contact ({_logged(territory, because.other)})"


def _closed_channel(territory: Territory, because: Because) -> str:
    return f"{because.what} does not reach them ({_logged(territory, because.other)})"


def _no_consent(_territory: Territory, because: Because) -> str:
    return f"they do not allow {because.what}"


def _complaint(territory: Territory, because: Because) -> str:
    return f"a complaint is to be answered first ({_logged(territory, because.other)})"


def _asked_for(territory: Territory, because: Because) -> str:
    until = f"nothing is to be done there before {_date(territory, because.date)}"
    return f"{until} ({_logged(territory, because.other)})"


def _told(_territory: Territory, because: Because) -> str:
    first = because.what.partition(" ")[0]
    return because.what[:1].lower() + because.what[1:] if first in _SMALL else because.what


def _opening(territory: Territory, because: Because) -> str:
    if because.other is None:
        return "their grievance is heard first, within five working days"
    return f"their grievance is heard first, by {_stands(territory, because.other)}"


def _window(territory: Territory, because: Because) -> str:
    if because.date is None or because.last is None:
        return "its window is another now"
    span = f"{_date(territory, because.date)} to {_date(territory, because.last)}"
    if because.other is None:
        return f"its window is {span}"
    follows = f"it follows {_stands(territory, because.other)}"
    return f"{follows}, and may stand from {span}"


def _too_close(territory: Territory, because: Because) -> str:
    return f"it would be too close to {_stands(territory, because.other)}"


def _same_day(territory: Territory, because: Because) -> str:
    return f"{_stands(territory, because.other)} is of the same account"


def _day_full(territory: Territory, because: Because) -> str:
    return f"{_date(territory, because.date)} is full{_taken_by(territory, because)}"


def _week_full(territory: Territory, because: Because) -> str:
    day = _date(territory, because.date)
    return f"the week of {day} is full{_taken_by(territory, because)}"


def _channel_limit(territory: Territory, because: Because) -> str:
    when = _on(territory, because.date)
    return f"the limits allow no other {because.what}{when}{_taken_by(territory, because)}"


def _no_time_of_day(territory: Territory, because: Because) -> str:
    day = _on(territory, because.date)
    return f"no time of day is left for it{day} beside your calendar, hours and the rest"


def _followed_by(territory: Territory, because: Because) -> str:
    follower = _stands(territory, because.other)
    return f"{follower} follows it, and would be {because.what} after it"


def _promised(territory: Territory, because: Because) -> str:
    by = _date(territory, because.date)
    return f"it is promised by {by}, and stands on the day that can hold it best"


def _month(_territory: Territory, because: Because) -> str:
    return f"the account has no other touch in month {because.what}"


def _not_forced(territory: Territory, because: Because) -> str:
    day = _date(territory, because.date)
    return f"the whole came out better so; pin it to {day} to keep it there"


def _again(territory: Territory, because: Because) -> str:
    return f"the last attempt is logged as {_logged(territory, because.other)}"


def _recovery(territory: Territory, because: Because) -> str:
    return f"a complaint is to be answered ({_logged(territory, because.other)})"


def _new_promise(territory: Territory, because: Because) -> str:
    by = f", by {_date(territory, because.date)}" if because.date else ""
    return f"it is promised{by}"


def _not_active(_territory: Territory, because: Because) -> str:
    return f"the account is not active ({because.what})"


def _promise_kept(territory: Territory, because: Because) -> str:
    return f"the promise is kept{_on(territory, because.date)}"


def _constant(text: str) -> Words:
    return lambda _territory, _because: text


_SENTENCES: Mapping[Cause, Words] = MappingProxyType(
    {
        Cause.ON_LEAVE: _on_leave,
        Cause.NO_WORKING_DAY: _no_working_day,
        Cause.CHANNEL_OFF: _channel_off,
        Cause.NO_CONTACT: _no_contact,
        Cause.CLOSED_CHANNEL: _closed_channel,
        Cause.NO_CONSENT: _no_consent,
        Cause.COMPLAINT: _complaint,
        Cause.ASKED_FOR: _asked_for,
        Cause.SHUT: _told,
        Cause.OPENING: _opening,
        Cause.WINDOW: _window,
        Cause.TOO_CLOSE: _too_close,
        Cause.SAME_DAY: _same_day,
        Cause.CEILING: _told,
        Cause.SELLS_TOO_EARLY: _constant("it would sell too early"),
        Cause.DAY_FULL: _day_full,
        Cause.WEEK_FULL: _week_full,
        Cause.CHANNEL_LIMIT: _channel_limit,
        Cause.NO_TIME_OF_DAY: _no_time_of_day,
        Cause.FOLLOWED_BY: _followed_by,
        Cause.PROMISED: _promised,
        Cause.MONTH: _month,
        Cause.NEW_TIMES: _constant("the rest of its day has changed"),
        Cause.NOT_FORCED: _not_forced,
        Cause.NOT_LOGGED: _constant("nothing is logged of it"),
        Cause.AGAIN: _again,
        Cause.RECOVERY: _recovery,
        Cause.NEW_ACCOUNT: _constant("the account is new"),
        Cause.NEW_CONTACT: _constant("the contact is new"),
        Cause.NEW_PROMISE: _new_promise,
        Cause.HAD_NO_PLACE: _constant("it was left out before, and there is a place for it now"),
        Cause.OWED_NOW: _constant("it is owed now, and was not before"),
        Cause.LEFT_OUT: _told,
        Cause.ACCOUNT_GONE: _constant("the account is in the list no more"),
        Cause.NOT_ACTIVE: _not_active,
        Cause.CONTACT_GONE: _constant("the contact is in the list no more"),
        Cause.PROMISE_KEPT: _promise_kept,
        Cause.NOT_OWED: _constant("it is not owed any more"),
    }
)
