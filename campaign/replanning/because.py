"""The cause of a change, as a value."""

import datetime as dt
from enum import StrEnum

from attrs import field, frozen

from campaign.touches import Touch


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
