"""What a new plan changes of the one before, as values: each change with its cause."""

import datetime as dt
from enum import StrEnum

from attrs import field, frozen

from campaign.touches import LeftOut, Plan, Touch


class Cause(StrEnum):
    """Why a touch moved, was dropped, was missed or came in, the most telling first."""

    # It cannot stand where it stood.
    ON_LEAVE = "on_leave"
    NO_WORKING_DAY = "no_working_day"
    CHANNEL_OFF = "channel_off"
    NO_CONTACT = "no_contact"
    CLOSED_CHANNEL = "closed_channel"
    NO_CONSENT = "no_consent"
    COMPLAINT = "complaint"
    ASKED_FOR = "asked_for"
    SHUT = "shut"
    OPENING = "opening"
    WINDOW = "window"
    TOO_CLOSE = "too_close"
    SAME_DAY = "same_day"
    CEILING = "ceiling"
    SELLS_TOO_EARLY = "sells_too_early"
    DAY_FULL = "day_full"
    WEEK_FULL = "week_full"
    CHANNEL_LIMIT = "channel_limit"
    NO_TIME_OF_DAY = "no_time_of_day"
    FOLLOWED_BY = "followed_by"
    PROMISED = "promised"
    MONTH = "month"
    NEW_TIMES = "new_times"
    NOT_FORCED = "not_forced"
    # Nobody made it.
    NOT_LOGGED = "not_logged"
    # It comes in.
    AGAIN = "again"
    RECOVERY = "recovery"
    NEW_ACCOUNT = "new_account"
    ASKED_TO = "asked_to"
    NEW_CONTACT = "new_contact"
    NAMELESS = "nameless"
    NEW_PROMISE = "new_promise"
    HAD_NO_PLACE = "had_no_place"
    OWED_NOW = "owed_now"
    # It goes.
    LEFT_OUT = "left_out"
    ACCOUNT_GONE = "account_gone"
    HANDED_OVER = "handed_over"
    NOT_ACTIVE = "not_active"
    CONTACT_GONE = "contact_gone"
    CONTACT_MOVED = "contact_moved"
    PROMISE_KEPT = "promise_kept"
    REPLACED = "replaced"
    OVERTAKEN = "overtaken"
    NOT_OWED = "not_owed"


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


class ChangeKind(StrEnum):
    """What becomes of a touch, the weightiest first."""

    DROPPED = "dropped"
    MISSED = "missed"
    MOVED = "moved"
    REROUTED = "by_another_channel"
    NEW = "new"
    NO_PLACE = "no_place"
    RETIMED = "at_another_time"


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
