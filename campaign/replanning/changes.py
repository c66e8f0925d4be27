"""What a new plan changes of the one before, as values: each change with its cause."""

import datetime as dt
from enum import StrEnum
from typing import Self

from attrs import field, frozen

from campaign.touches import LeftOut, Plan, Touch


class _Worded(StrEnum):
    """Names for programs, each with its words for people."""

    words: tuple[str, ...]

    def __new__(cls, name: str, *words: str) -> Self:
        """A name as JSON has it, and its words."""
        made = str.__new__(cls, name)
        made._value_, made.words = name, words
        return made


class Cause(_Worded):
    """Why a touch moved, was dropped, was missed or came in, the most telling first.

    Each with the clause that stands after `because`; a second one where the first names something
    that may not be known.
    """

    # It cannot stand where it stood.
    ON_LEAVE = "on_leave", "you are on leave{on}"
    NO_WORKING_DAY = "no_working_day", "you do not work{on}"
    CHANNEL_OFF = "channel_off", "{what} is not used{on}"
    NO_CONTACT = "no_contact", "they want no contact ({logged})"
    CLOSED_CHANNEL = "closed_channel", "{what} does not reach them ({logged})"
    NO_CONSENT = "no_consent", "they do not allow {what}"
    COMPLAINT = "complaint", "a complaint is to be made good first ({logged})"
    ASKED_FOR = "asked_for", "nothing is to be done there before {day} ({logged})"
    SHUT = "shut", "{reason}"
    OPENING = (
        "opening",
        "their grievance is heard first, by {touch}",
        "their grievance is heard first, within five working days",
    )
    WINDOW = (
        "window",
        "it follows {touch}, and may stand from {day} to {last}",
        "its window is {day} to {last}",
    )
    TOO_CLOSE = "too_close", "it would be too close to {touch}"
    SAME_DAY = "same_day", "{touch} is of the same account"
    CEILING = "ceiling", "{reason}"
    SELLS_TOO_EARLY = "sells_too_early", "it would sell too early"
    DAY_FULL = "day_full", "{day} is full{newcomers}"
    WEEK_FULL = "week_full", "the week of {day} is full{newcomers}"
    CHANNEL_LIMIT = "channel_limit", "the limits allow no other {what}{on}{newcomers}"
    NO_TIME_OF_DAY = (
        "no_time_of_day",
        "no time of day is left for it{on} beside your calendar, hours and the rest",
    )
    FOLLOWED_BY = "followed_by", "{touch} follows it, and would be {what} after it"
    PROMISED = "promised", "it is promised by {day}, and stands on the day that can hold it best"
    MONTH = "month", "the account has no other touch in month {what}"
    NEW_TIMES = "new_times", "the rest of its day has changed"
    NOT_FORCED = "not_forced", "the whole came out better so; pin it to {day} to keep it there"
    # Nobody made it.
    NOT_LOGGED = "not_logged", "nothing is logged of it"
    # It comes in.
    AGAIN = "again", "the last attempt is logged as {logged}"
    RECOVERY = "recovery", "a complaint is to be made good ({logged})"
    NEW_ACCOUNT = "new_account", "the account is new"
    ASKED_TO = "asked_to", "they asked for that day ({logged})"
    NEW_CONTACT = "new_contact", "the contact came from {what}", "the contact is new"
    NAMELESS = "nameless", "nobody is known there by name now"
    NEW_PROMISE = "new_promise", "it is promised, by {day}", "it is promised"
    HAD_NO_PLACE = "had_no_place", "it was left out before, and there is a place for it now"
    OWED_NOW = "owed_now", "it is owed now, and was not before"
    # It goes.
    LEFT_OUT = "left_out", "{reason}"
    ACCOUNT_GONE = "account_gone", "the account is in the list no more"
    HANDED_OVER = "handed_over", "the account went to {what}"
    NOT_ACTIVE = "not_active", "the account is not active ({what})"
    CONTACT_GONE = "contact_gone", "the contact is {what} now", "the contact is listed no more"
    CONTACT_MOVED = "contact_moved", "the contact is at {what} now"
    PROMISE_KEPT = "promise_kept", "the promise is kept{on}"
    REPLACED = "replaced", "it goes on there with {what}, who came in"
    OVERTAKEN = "overtaken", "{touch} has reached them"
    NOT_OWED = "not_owed", 'they run the cadence "{what}" now', "it is not owed any more"


@frozen
class Because:
    """The cause of a change, as facts.

    `date` and `last` are the days that it names, `other` the row that it names (the anchor,
    the complaint, the last attempt), `others` those that have taken the place, `what` the
    words of the inputs or of a reason.
    """

    cause: Cause
    date: dt.date | None = field(default=None, kw_only=True)
    last: dt.date | None = field(default=None, kw_only=True)
    other: Touch | None = field(default=None, kw_only=True)
    others: tuple[Touch, ...] = field(default=(), kw_only=True)
    what: str = field(default="", kw_only=True)


class ChangeKind(_Worded):
    """What becomes of a touch, the weightiest first: its title, how it is counted, in short."""

    DROPPED = "dropped", "Dropped", "dropped", "likewise"
    MISSED = "missed", "Missed", "missed"
    MOVED = "moved", "Moved", "moved", "with it"
    REROUTED = "by_another_channel", "By another channel", "by another channel"
    NEW = "new", "New", "new", "then"
    NO_PLACE = "no_place", "Owed now, and no place for it", "owed without a place"
    RETIMED = "at_another_time", "On the same day, at another time"


@frozen
class Change:
    """One touch that does not stand as it did, and why.

    `before` is the row until now, None for a touch that had none. `after` is the row from
    now on, None for one that has none: of a touch that was missed, the further attempt.
    `left_out` says why there is no place for it where that is so, `by_because` why a touch
    that comes to another day goes by another channel there.
    """

    kind: ChangeKind
    touch_id: str
    before: Touch | None = field(default=None, kw_only=True)
    after: Touch | None = field(default=None, kw_only=True)
    because: Because = field(kw_only=True)
    left_out: LeftOut | None = field(default=None, kw_only=True)
    by_because: Because | None = field(default=None, kw_only=True)

    @property
    def date(self) -> dt.date:
        """The first day that it touches; the last of all for what has no day."""
        days = [row.date for row in (self.before, self.after) if row is not None]
        return min(days, default=dt.date.max)


@frozen
class Difference:
    """Every change from one plan to the next: by kind, what has no place first, then by day.

    `stay` is how many planned touches stand as they did, on their day and by their channel.
    `day` is the day from which it is planned anew.
    """

    plan: Plan = field(repr=False)
    day: dt.date = field()
    changes: tuple[Change, ...] = field(converter=tuple[Change, ...], kw_only=True)
    stay: int = field(kw_only=True)

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """The changes of one kind, by day."""
        return tuple(change for change in self.changes if change.kind is kind)

    @property
    def answers(self) -> tuple[Change, ...]:
        """What comes in to make a complaint good, by day."""
        return tuple(one for one in self.changes if one.because.cause is Cause.RECOVERY)

    @property
    def is_empty(self) -> bool:
        """Whether every touch stands as it did."""
        return not self.changes
