"""The cause of a change as a clause: what stands after `because`."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from campaign.explaining.following import account_name
from campaign.explaining.words import date_in_words
from campaign.model.outcomes import Outcome
from campaign.model.territory import Territory
from campaign.phrases import listed
from campaign.replanning.because import Because, Cause
from campaign.touches import Touch

_MOST_NAMES = 3
_SMALL = ("The", "Of", "On", "You", "Nobody", "No", "It", "Its", "Days", "Even")
"""Words that begin the sentence of a reason, and are no names."""

Words = Callable[[Territory, Because], str]


def because_in_words(territory: Territory, because: Because) -> str:
    """The cause of a change, as a clause."""
    return _SENTENCES[because.cause](territory, because)


def within(reason: str) -> str:
    """A reason as part of a sentence: it begins small unless with a name."""
    is_word = reason.partition(" ")[0] in _SMALL
    return reason[:1].lower() + reason[1:] if is_word else reason


def day_in_words(territory: Territory, day: dt.date | None) -> str:
    """A day of the campaign: `Mon 11 Jan`."""
    return "another day" if day is None else date_in_words(territory, day)


def _on(territory: Territory, day: dt.date | None) -> str:
    return f" on {day_in_words(territory, day)}" if day else ""


def _logged(territory: Territory, row: Touch | None) -> str:
    """What was logged and when: `complaint on Mon 11 Jan`."""
    if row is None:
        return "what the lists say"
    outcome = row.outcome.replace("_", " ") or row.status.value
    if row.outcome is Outcome.RETURNED_MAIL:
        outcome += ", sent"
    return f"{outcome} on {day_in_words(territory, row.day)}"


def _stands(territory: Territory, row: Touch | None) -> str:
    """Another touch with its day: `the call on Mon 11 Jan`."""
    if row is None:
        return "another touch"
    name = "" if row.step == row.channel else f' "{row.step}"'
    done = " that was made" if row.is_done else ""
    return f"the {row.channel}{name}{done} on {day_in_words(territory, row.day)}"


def _taken_by(territory: Territory, because: Because) -> str:
    """Which touches have come to a day, or a week, that is full now."""
    if not because.others:
        return ""
    rows = because.others[:_MOST_NAMES]
    names = [f"{account_name(territory, one.account_id)} ({_channel_of(one)})" for one in rows]
    more = len(because.others) - len(rows)
    return f", with {listed([*names, *([f'{more} more'] if more else [])])} new there"


def _channel_of(row: Touch) -> str:
    return f"{row.channel}, done" if row.is_done else row.channel


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
    return f"a complaint is to be made good first ({_logged(territory, because.other)})"


def _asked_for(territory: Territory, because: Because) -> str:
    until = f"nothing is to be done there before {day_in_words(territory, because.date)}"
    return f"{until} ({_logged(territory, because.other)})"


def _told(_territory: Territory, because: Because) -> str:
    return within(because.what)


def _opening(territory: Territory, because: Because) -> str:
    if because.other is None:
        return "their grievance is heard first, within five working days"
    return f"their grievance is heard first, by {_stands(territory, because.other)}"


def _window(territory: Territory, because: Because) -> str:
    if because.date is None or because.last is None:
        return "its window is another now"
    span = f"{day_in_words(territory, because.date)} to {day_in_words(territory, because.last)}"
    if because.other is None:
        return f"its window is {span}"
    follows = f"it follows {_stands(territory, because.other)}"
    return f"{follows}, and may stand from {span}"


def _too_close(territory: Territory, because: Because) -> str:
    return f"it would be too close to {_stands(territory, because.other)}"


def _same_day(territory: Territory, because: Because) -> str:
    return f"{_stands(territory, because.other)} is of the same account"


def _day_full(territory: Territory, because: Because) -> str:
    return f"{day_in_words(territory, because.date)} is full{_taken_by(territory, because)}"


def _week_full(territory: Territory, because: Because) -> str:
    day = day_in_words(territory, because.date)
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
    by = day_in_words(territory, because.date)
    return f"it is promised by {by}, and stands on the day that can hold it best"


def _month(_territory: Territory, because: Because) -> str:
    return f"the account has no other touch in month {because.what}"


def _not_forced(territory: Territory, because: Because) -> str:
    day = day_in_words(territory, because.date)
    return f"the whole came out better so; pin it to {day} to keep it there"


def _again(territory: Territory, because: Because) -> str:
    return f"the last attempt is logged as {_logged(territory, because.other)}"


def _recovery(territory: Territory, because: Because) -> str:
    return f"a complaint is to be made good ({_logged(territory, because.other)})"


def _new_promise(territory: Territory, because: Because) -> str:
    by = f", by {day_in_words(territory, because.date)}" if because.date else ""
    return f"it is promised{by}"


def _not_active(_territory: Territory, because: Because) -> str:
    return f"the account is not active ({because.what})"


def _handed_over(_territory: Territory, because: Because) -> str:
    return f"the account went to {because.what}"


def _promise_kept(territory: Territory, because: Because) -> str:
    return f"the promise is kept{_on(territory, because.date)}"


def _contact_gone(_territory: Territory, because: Because) -> str:
    return f"the contact is {because.what} now" if because.what else "the contact is listed no more"


def _contact_moved(_territory: Territory, because: Because) -> str:
    return f"the contact is at {because.what} now"


def _new_contact(_territory: Territory, because: Because) -> str:
    return f"the contact came from {because.what}" if because.what else "the contact is new"


def _replaced(_territory: Territory, because: Because) -> str:
    return f"it goes on there with {because.what}, who came in"


def _asked_to(territory: Territory, because: Because) -> str:
    return f"they asked for that day ({_logged(territory, because.other)})"


def _not_owed(_territory: Territory, because: Because) -> str:
    other = because.what
    return f'they run the cadence "{other}" now' if other else "it is not owed any more"


def _overtaken(territory: Territory, because: Because) -> str:
    return f"{_stands(territory, because.other)} has reached them"


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
        Cause.ASKED_TO: _asked_to,
        Cause.NEW_CONTACT: _new_contact,
        Cause.NAMELESS: _constant("nobody is known there by name now"),
        Cause.NEW_PROMISE: _new_promise,
        Cause.HAD_NO_PLACE: _constant("it was left out before, and there is a place for it now"),
        Cause.OWED_NOW: _constant("it is owed now, and was not before"),
        Cause.LEFT_OUT: _told,
        Cause.ACCOUNT_GONE: _constant("the account is in the list no more"),
        Cause.HANDED_OVER: _handed_over,
        Cause.NOT_ACTIVE: _not_active,
        Cause.CONTACT_GONE: _contact_gone,
        Cause.CONTACT_MOVED: _contact_moved,
        Cause.PROMISE_KEPT: _promise_kept,
        Cause.REPLACED: _replaced,
        Cause.OVERTAKEN: _overtaken,
        Cause.NOT_OWED: _not_owed,
    }
)
