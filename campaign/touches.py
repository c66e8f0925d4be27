"""The answer: touches on their days, what was left out and why, and its measures."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Literal

import pendulum
from attrs import evolve, field, frozen
from attrs.converters import optional

from campaign.errors import UnknownName
from campaign.model.cadences import OF_PROMISES, OF_WHAT_IS_HEARD
from campaign.model.outcomes import Outcome, given_outcome
from campaign.model.runs import escaped
from campaign.model.territory import Territory
from campaign.model.values import LATER, NOWHERE, Place, grouped
from campaign.workdays import plain

_A_DAY = dt.timedelta(days=1)

Effort = Literal["quick", "normal", "thorough"]
"""How much a search may do, by name."""

LevelName = Literal["owed", "in_time", "floor", "required", "service", "comfort"]
"""The levels of the objective, each before the next."""

PROMISES = OF_PROMISES
"""The cadence that a touch for a promise names."""

PARAGRAPH = " ¶ "
"""What stands between the lines of a text in a cell, which holds one line."""

HEARD = OF_WHAT_IS_HEARD
"""The cadence and the step of a row that is no touch: an outcome heard of an account."""


class Status(StrEnum):
    """What has become of a touch."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class ReasonCode(StrEnum):
    """Why a touch was left out."""

    DO_NOT_CONTACT = "do_not_contact"
    GRIEVANCE_UNOPENED = "grievance_unopened"
    NO_CONSENT = "no_consent"
    TOO_FAR = "too_far"
    CLOSED = "closed"
    AFTER_THE_END = "after_the_end"
    NO_WORKING_DAY = "no_working_day"
    NO_TIME_ALONE = "no_time_alone"
    BEFORE_THE_OPENING = "before_the_opening"
    BEFORE_THE_ANSWER = "before_the_answer"
    COURTESY = "courtesy"
    SELLING_TOO_EARLY = "selling_too_early"
    CHANNEL_LIMIT = "channel_limit"
    NO_TIME_OF_DAY = "no_time_of_day"
    BEFORE_THE_NEXT = "before_the_next"
    CAPACITY = "capacity"


def _to_date(value: dt.date) -> pendulum.Date:
    return pendulum.Date(value.year, value.month, value.day)


@frozen
class Touch:
    """One step of one account and contact put on a date: a row of `campaign.csv`.

    `account_id`, `contact_id`, `channel`, `cadence`, `step` and `purpose` are names.
    `stop` is the place of a visit in the day's tour, from 1, and 0 for anything else;
    `travel_minutes` the drive to it, `home_minutes` the way home after the last one.
    `night` is the id of the account near which the rep sleeps after the last visit of a day,
    and `home_minutes` the way there; it is empty where the rep goes home.
    `arrives` is the latest arrival of post. `start` and `end` are minutes after midnight
    in the rep's zone, None where untimed. `planned_on` is the day on which the date was set.
    `say` holds the words of the touch in lines: the text of a letter, or what to ask in a call.
    """

    touch_id: str
    date: pendulum.Date = field(converter=_to_date)
    account_id: str = field(kw_only=True)
    contact_id: str = field(kw_only=True)
    channel: str = field(kw_only=True)
    cadence: str = field(kw_only=True)
    step: str = field(kw_only=True)
    purpose: str = field(kw_only=True)
    required: bool = field(kw_only=True)
    minutes: int = field(kw_only=True)
    planned_on: pendulum.Date = field(kw_only=True, converter=_to_date)
    due: pendulum.Date | None = field(default=None, kw_only=True, converter=optional(_to_date))
    late: int = field(default=0, kw_only=True)
    told: pendulum.Date | None = field(default=None, kw_only=True, converter=optional(_to_date))
    stop: int = field(default=0, kw_only=True)
    start: int | None = field(default=None, kw_only=True)
    end: int | None = field(default=None, kw_only=True)
    travel_minutes: int = field(default=0, kw_only=True)
    home_minutes: int = field(default=0, kw_only=True)
    night: str = field(default="", kw_only=True, metadata={LATER: True})
    arrives: pendulum.Date | None = field(default=None, kw_only=True, converter=optional(_to_date))
    status: Status = field(default=Status.PLANNED, kw_only=True, converter=Status)
    outcome: Outcome = field(default=Outcome.NONE, kw_only=True, converter=given_outcome)
    done_on: pendulum.Date | None = field(default=None, kw_only=True, converter=optional(_to_date))
    again_on: pendulum.Date | None = field(default=None, kw_only=True, converter=optional(_to_date))
    note: str = field(default="", kw_only=True)
    say: str = field(default="", kw_only=True)
    brief: str = field(default="", kw_only=True)
    why: str = field(default="", kw_only=True)
    pinned: bool = field(default=False, kw_only=True)

    @property
    def is_done(self) -> bool:
        """Whether it is a fact, which no rule judges any more."""
        return self.status is Status.DONE

    @property
    def is_promise(self) -> bool:
        """Whether it keeps a promise."""
        return self.cadence == PROMISES

    @property
    def is_heard(self) -> bool:
        """Whether it is no touch, but what was heard of an account on a day."""
        return self.cadence == HEARD

    @property
    def stands(self) -> bool:
        """Whether it takes place: planned, or done already."""
        return self.status in (Status.PLANNED, Status.DONE) and not self.is_heard

    @property
    def day(self) -> pendulum.Date:
        """The day on which it was done, else the one that it is planned for."""
        return self.done_on or self.date

    @property
    def day_minutes(self) -> int:
        """What it takes from the rep's day: the touch, the drive, the way home."""
        return self.minutes + self.travel_minutes + self.home_minutes


def attempt(touch: "Touch | LeftOut") -> tuple[str, int]:
    """The id of what is owed, and the number of this attempt at it: `.../call#2` is the second.

    The step's own name tells a number at its end from that of an attempt.
    """
    head, mark, number = touch.touch_id.rpartition("#")
    is_number = bool(mark) and number.isascii() and number.isdecimal()
    if not is_number or touch.touch_id.endswith(f"/{escaped(touch.step)}"):
        return touch.touch_id, 1
    return head, int(number)


@frozen
class LeftOut:
    """One touch that is owed and not planned, and why: a row of `left-out.csv`."""

    touch_id: str
    account_id: str = field(kw_only=True)
    contact_id: str = field(kw_only=True)
    cadence: str = field(kw_only=True)
    step: str = field(kw_only=True)
    channel: str = field(kw_only=True)
    required: bool = field(kw_only=True)
    reason_code: ReasonCode = field(kw_only=True, converter=ReasonCode)
    reason: str = field(kw_only=True)


@frozen
class Level:
    """One level of the objective: its figure, what is owed, and a bound where one is proved.

    For `owed`, `floor` and `required` more is better, `possible` is all that is owed, and no plan
    reaches more than `bound` while the levels before keep their figures. For `in_time`, `service`
    and `comfort` less is better, `possible` is None, and no plan comes below `bound`. `parts` are
    what a figure is made of, by name.
    """

    name: LevelName
    figure: int
    possible: int | None = field(default=None, kw_only=True)
    bound: int | None = field(default=None, kw_only=True)
    parts: tuple[tuple[str, int], ...] = field(default=(), kw_only=True)

    @property
    def is_less_better(self) -> bool:
        """Whether a smaller figure is the better one."""
        return self.possible is None

    @property
    def share(self) -> float | None:
        """The figure as a part of all that is owed, 0 to 1."""
        if self.possible is None:
            return None
        return self.figure / self.possible if self.possible else 1.0

    @property
    def is_proved_best(self) -> bool:
        """Whether no plan can do better at this level."""
        if self.bound is None:
            return False
        return self.figure <= self.bound if self.is_less_better else self.figure >= self.bound


@frozen(repr=False)
class Plan:
    """Touches and what was left out, for one territory; rules judge it, outputs write it.

    `levels` are the objective's levels in their order, `effort` what the search spent,
    `stopped` whether it was stopped before its end. `before` are the planned rows of the
    plan that this one takes the place of, empty for a campaign that is planned at first;
    `day` is the day on which that was, None where it is not known. `joined` are the days on which
    accounts were planned first that came after the start, by id.
    """

    territory: Territory
    touches: tuple[Touch, ...] = field(converter=tuple[Touch, ...])
    left_out: tuple[LeftOut, ...] = field(default=(), kw_only=True, converter=tuple[LeftOut, ...])
    levels: tuple[Level, ...] = field(default=(), kw_only=True, converter=tuple[Level, ...])
    effort: int = field(default=0, kw_only=True)
    stopped: bool = field(default=False, kw_only=True)
    before: tuple[Touch, ...] = field(default=(), kw_only=True, converter=tuple[Touch, ...])
    day: dt.date | None = field(default=None, kw_only=True)
    joined: Mapping[str, dt.date] = field(factory=dict, kw_only=True, eq=False, repr=False)

    def __repr__(self) -> str:
        """The kind, the territory and the counts: all of it would be far too long."""
        touches = f"{len(self.touches)} touches, {len(self.left_out)} left out"
        return f"<{type(self).__name__} of {self.territory!r}: {touches}>"

    def level(self, name: str) -> Level:
        """The level of that name; raises `UnknownName`, which is a `KeyError`."""
        found = {level.name: level for level in self.levels}
        if name not in found:
            raise UnknownName("level", name, tuple(found))
        return found[name]

    @cached_property
    def by_date(self) -> Mapping[pendulum.Date, tuple[Touch, ...]]:
        """The touches that take place, by their date, in the order of the plan."""
        found = grouped((touch for touch in self.touches if touch.stands), lambda touch: touch.date)
        return {date: tuple(found[date]) for date in sorted(found)}

    @cached_property
    def by_account(self) -> Mapping[str, tuple[Touch, ...]]:
        """The touches that take place, by account id, in the order of the plan."""
        found = grouped(
            (touch for touch in self.touches if touch.stands), lambda touch: touch.account_id
        )
        return {account_id: tuple(touches) for account_id, touches in found.items()}

    @property
    def tells_nights(self) -> bool:
        """Whether nights away are asked for, or one stands on a row."""
        return self.territory.travel.overnight or bool(self.nights)

    @cached_property
    def nights(self) -> Mapping[dt.date, str]:
        """The account near which the rep sleeps, by the date of the evening, in order.

        Whatever has become of the visit by now.
        """
        rows = [touch for touch in self.touches if touch.night]
        rows.sort(key=lambda touch: (touch.date, touch.stop, touch.touch_id))
        return {plain(touch.date): touch.night for touch in rows}

    def tour_ends(self, date: dt.date) -> tuple[Place, Place]:
        """Where the tour of a day starts and ends: at its base, or at the place of a night.

        The night's place is that of its account. A day with meetings of the rep's own at known
        places starts and ends at its base.
        """
        day = plain(date)
        base = self.territory.rep.place_on(day)
        if self.territory.rep.meetings_on(day):
            return base, base
        return self._slept_at(day - _A_DAY) or base, self._slept_at(day) or base

    def _slept_at(self, evening: dt.date) -> Place | None:
        """The place of the night after a day, to which nothing comes on; None for no night."""
        night = self.nights.get(evening)
        if night is None:
            return None
        try:
            return evolve(self.territory.account(night).place, extra_minutes=0)
        except KeyError:
            return NOWHERE

    def minutes_on(self, date: dt.date) -> int:
        """The rep's minutes of a day, travel included."""
        return sum(touch.day_minutes for touch in self.by_date.get(_to_date(date), ()))

    def minutes_by_week(self) -> dict[int, int]:
        """The rep's minutes of each week (0 is the start's week), travel included."""
        found = Counter[int]()
        for date in self.by_date:
            found[self.territory.calendar.week(date)] += self.minutes_on(date)
        return dict(found)
