"""What a rule finds: violations as values, and the sentence of each kind of fault."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from attrs import field, frozen

from campaign.model.values import FrozenDict, frozen_mapping

Figure = str | int | dt.date


class Fault(StrEnum):
    """Every kind of fault that the rules know; the value is its sentence, with figures."""

    # R1
    OUTSIDE_CAMPAIGN = "{date} is outside the campaign, which runs from {start} to {end}"
    NO_WORKING_DAY = "{date} is no working day of the rep"
    CHANNEL_OFF = "{channel} is not used on a {weekday}"
    # R2, R3
    DAY_TOO_FULL = "{planned} minutes are planned, {there} are there"
    WEEK_TOO_FULL = "{planned} minutes are planned in this week, {there} are there"
    TOO_MANY_A_DAY = "{channel} is planned {planned} times, at most {there} a day are allowed"
    TOO_MANY_A_WEEK = (
        "{channel} is planned {planned} times in this week, at most {there} are allowed"
    )
    # R4
    OUTSIDE_WINDOW = "{date} is outside its window, {first} to {last}, counted from {anchor}"
    # R5
    TOO_CLOSE = "{days} business days lie between it and {other}, at least {least} are kept"
    RUNG_TWICE = (
        "{number} is the number of several accounts, and {days} business days lie between it and "
        "{other}, at least {least} are kept"
    )
    TOO_MANY_TOUCHES = "{contact} is touched {planned} times, at most {there} are allowed"
    TOO_MANY_BY_CHANNEL = "{contact} gets {channel} {planned} times, at most {there} are allowed"
    SAID_ALREADY = "{other} goes to the same person by the same channel on that day"
    TWICE_A_DAY = "{planned} touches of {account} are planned, at most one a day is allowed"
    TOO_MANY_RUNS = "{planned} contacts run a cadence, at most {there} do at once"
    # R6
    ACCOUNT_NOT_TO_BE_CONTACTED = "{account} is not to be contacted"
    PERSON_NOT_TO_BE_CONTACTED = "{contact} is not to be contacted"
    NO_CONSENT = "{contact} does not allow {channel}"
    ACCOUNT_CLOSED = "{account} is closed on {date}"
    PERSON_CLOSED = "{contact} is not there on {date}"
    ACCOUNT_HOLIDAY = "{date} is a public holiday where {account} is"
    IN_PEACE = "{contact} asked to be left in peace until {until}"
    NOT_OPEN = "{account} is not open for visits on a {weekday}"
    NOT_CALLABLE = "{contact} is not to be called on a {weekday}"
    # R7
    BEFORE_ITS_DAY = "{date} is before {asked}, the day that they asked for"
    # R8
    BEFORE_ANSWER = "{date} is not after {answer}, when the complaint of {account} is made good"
    UNANSWERED = "it is planned, while nothing answers the complaint of {account}"
    OPENS_BY_OTHER = "a grievance opens by visit or call, not by {channel}"
    BEFORE_PROMISE = "{date} is before {free}: {promise} has not reached the account by then"
    BEFORE_OPENING = "{date} is before {opening}, when the account opens"
    UNOPENED = "it is planned, while the grievance of {account} is not opened"
    NOT_AS_UNOPENED = "it is left out as {found}, while the grievance of {account} is not opened"
    WRONGLY_UNOPENED = "it is left out as grievance_unopened, which {account} is not"
    UNOPENED_NOT_FIRST = "it is left out as grievance_unopened, but not first on the list"
    # R9
    NO_VISIT = "{channel} is no visit, but it has a place or a drive in a tour"
    STOPS_OUT_OF_ORDER = "the stops are {found}; each account takes one, from 1 to {there}"
    WRONG_DRIVE = "travel_minutes is {found}, the drive takes {right}"
    WRONG_WAY_HOME = "home_minutes is {found}, the way home takes {right}"
    NIGHT_NOT_ASKED = "a night at {night} is planned, and nights away are not asked for"
    NIGHT_NOWHERE = "a night at {night} is planned, which is no account with a known place"
    NIGHT_MISPLACED = "a night at {night} stands here, not on the first row of the last stop"
    NO_MORNING = "a night at {night} is planned, and no visit follows on {morning}"
    NIGHT_BESIDE_MEETING = "a night at {night} is planned beside own meetings on {meeting}"
    TOO_MANY_NIGHTS = "it is night {planned} away in a row, at most {there} are allowed"
    # R10
    NO_SPAN = "it stands from {start} to {end}, and takes {minutes} minutes"
    OVERLAP = "it starts at {start}, before {other} ends at {end}"
    BUSY = "{start} to {end} falls into the rep's busy time, {busy}"
    DRIVE_TOO_SHORT = "{free} minutes are free before {start}, the drive takes {drive}"
    OUTSIDE_HOURS = "{start} to {end} is outside the rep's hours"
    HOME_TOO_LATE = "the way home takes {drive} minutes from {start}, after the rep's hours"
    OUTSIDE_VISIT_HOURS = "{start} to {end} is outside the visit hours of {account} ({hours})"
    OUTSIDE_CALL_HOURS = "{start} to {end} is outside the call hours of {contact} ({hours})"
    NO_BREAK = "it is call {count} in a row, at {start}; after {most} come {rest} minutes without"
    # R11
    ID_TWICE = "the id stands on {found} rows"
    NOWHERE = "it is owed, and stands neither in the plan nor among what is left out"
    MORE_THAN_ONCE = "it is owed once, and stands {found} times"
    NOT_OWED = "no cadence and no promise asks for it"
    DISAGREES = "{column} is {found}, the inputs say {right}"
    UNKNOWN_CHANNEL = "{channel} is no channel of this territory"
    # R12
    SELLS_TOO_EARLY = (
        "it sells on day {day} of the campaign, at the earliest day {there} is allowed"
    )
    SELLS_TOO_SOON = "it sells as touch {place} of {account}, at the earliest {there} is allowed"


@frozen
class Violation:
    """One rule broken by one plan, as facts; `str` makes the sentence.

    `touch_id`, `date` and `account_id` say where, as far as the fault has such a place;
    `figures` hold what the sentence names. `is_notice` is true where only the rep's own
    pins break the rule: they win, and it is said.
    """

    rule: str
    fault: Fault
    touch_id: str = field(default="", kw_only=True)
    date: dt.date | None = field(default=None, kw_only=True)
    account_id: str = field(default="", kw_only=True)
    figures: Mapping[str, Figure] = field(
        default=FrozenDict(), kw_only=True, converter=frozen_mapping
    )
    is_notice: bool = field(default=False, kw_only=True)

    @property
    def place(self) -> str:
        """The touch, else the day, else the account that it is about."""
        return self.touch_id or (str(self.date) if self.date else self.account_id)

    @property
    def what(self) -> str:
        """What is wrong, with its figures."""
        return self.fault.value.format_map(self.figures)

    def __str__(self) -> str:
        """Rule, place, and what is wrong there."""
        return f"{self.rule} {self.place}: {self.what}"
