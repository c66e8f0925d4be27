"""The rep: home, hours, leave, and how much of the week goes to the campaign."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen
from attrs.validators import ge, in_, le, optional

from campaign.model.accounts import Account
from campaign.model.bases import Base
from campaign.model.busy import (
    A_DAY,
    Busy,
    Meeting,
    known_zone,
    meetings_of,
    merged,
    shared_minutes,
    to_busy,
    zone_named,
)
from campaign.model.given import converting
from campaign.model.hours import (
    Hours,
    OpeningHours,
    parse_day,
    to_minutes,
    to_usual_hours,
    to_working_hours,
)
from campaign.model.known_drives import HOME, NO_DRIVES, Drives
from campaign.model.values import (
    ASIDE,
    LATER,
    MOST_GAP,
    MOST_TOUCHES,
    Coordinates,
    FrozenDict,
    Place,
    Precision,
    frozen_mapping,
    frozen_set,
    to_coordinates,
    to_spans,
)
from campaign.workdays import Span, each_day, plain

USUAL_NAME = "Rep"
LANGUAGES = ("en", "de")
"""The languages in which the words of touches ship."""
"""What a rep is called who has given no name."""

_LATER = {LATER: True}
_UTC = ZoneInfo("UTC")
_LONG = dt.timedelta(days=31)
A_WEEK = 7 * A_DAY
MOST_NIGHTS = 6
"""The most nights away that may be asked for in a row: those of one week."""
OFFICE_HOURS: Mapping[int, tuple[Hours, ...]] = FrozenDict(
    {weekday: parse_day("08:00-17:00") for weekday in range(5)}
)

CALL_HOURS: OpeningHours | tuple[Hours, ...] = parse_day("09:00-12:00 13:00-17:00")


@frozen(field_transformer=converting)
class Rep:
    """Who does the touches.

    `home` is where tours start and end, but on the days of one of the `bases`, of which later
    ones go before earlier ones; `home_located_by` is how it is known; `timezone`
    is an IANA name; `country` and `region` (ISO 3166 codes) say which public holidays hold,
    `not_holidays` taken away; `extra_holidays` are days off of the rep's own, on which the post
    is carried. `hours` are the working hours by weekday (Monday is 0), or hours of dates as
    `week 01-53/2 Mo-Fr 08:00-17:00`. `busy` is the time that the rep's own calendar takes; `email`
    the address by which it knows the rep. `owner` are the names or ids that mean the rep where
    a list says whose an account is; without any, all are the rep's. `writing` is when the rep
    likes to write, in minutes after midnight or as `16:00`. `language` is that of the words
    of touches, `en` or `de`.
    """

    name: str
    home: Coordinates | None = field(default=None, kw_only=True, converter=to_coordinates)
    home_located_by: Precision = field(default=Precision.GIVEN, kw_only=True, converter=Precision)
    bases: tuple[Base, ...] = field(
        default=(), kw_only=True, converter=tuple[Base, ...], metadata=_LATER
    )
    timezone: str = field(default="UTC", kw_only=True, validator=known_zone)
    country: str = field(default="", kw_only=True)
    region: str = field(default="", kw_only=True)
    extra_holidays: frozenset[dt.date] = field(
        default=frozenset(), kw_only=True, converter=frozen_set
    )
    not_holidays: frozenset[dt.date] = field(
        default=frozenset(), kw_only=True, converter=frozen_set
    )
    hours: Mapping[int, tuple[Hours, ...]] | OpeningHours = field(
        default=OFFICE_HOURS, kw_only=True, converter=to_working_hours
    )
    lunch_minutes: int = field(default=30, kw_only=True, validator=[ge(0), le(A_DAY)])
    leave: tuple[Span, ...] = field(default=(), kw_only=True, converter=to_spans)
    busy: tuple[Busy, ...] = field(default=(), kw_only=True, converter=to_busy)
    email: str = field(default="", kw_only=True)
    owner: tuple[str, ...] = field(
        default=(), kw_only=True, converter=tuple[str, ...], metadata=_LATER
    )
    writing: int | None = field(
        default=None, kw_only=True, converter=to_minutes, validator=optional([ge(0), le(A_DAY)])
    )
    language: str = field(
        default="en", kw_only=True, validator=in_(LANGUAGES), metadata={ASIDE: True}
    )

    @property
    def zone(self) -> ZoneInfo:
        """The rep's time zone; UTC where its name is not known."""
        return zone_named(self.timezone) or _UTC

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where tours start and end: home, then each base."""
        bases = enumerate(self.bases, start=1)
        return (
            Place(self.home, HOME),
            *(Place(base.place, f"base-{number}") for number, base in bases),
        )

    def base_on(self, day: dt.date) -> int:
        """The number among `places` of the one where the tour of a date starts and ends."""
        holding = (number for number, base in enumerate(self.bases, start=1) if base.holds_on(day))
        return max(holding, default=0)

    def place_on(self, day: dt.date) -> Place:
        """Where the tour of a date starts and ends."""
        return self.places[self.base_on(day)] if self.bases else self.places[0]

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays on which the rep has hours (Monday is 0), on some dates at least."""
        if isinstance(self.hours, OpeningHours):
            return frozenset(filter(self.hours.may_open, range(7)))
        return frozenset(day for day, spans in self.hours.items() if spans)

    def hours_on(self, day: dt.date) -> tuple[Hours, ...]:
        """The working hours of a date, whether or not the rep works then."""
        if isinstance(self.hours, OpeningHours):
            return self.hours.on(day)
        return self.hours.get(day.weekday(), ())

    def working_minutes(self, day: dt.date) -> int:
        """The minutes of a date's working hours, lunch taken off."""
        return max(0, sum(span.minutes for span in self.hours_on(day)) - self.lunch_minutes)

    def free_minutes(self, day: dt.date) -> int:
        """The minutes of a date's working hours, lunch and busy time taken off.

        Busy time that overlaps counts once, and outside the working hours not at all. Lunch
        comes out of what is left beside it.
        """
        taken = shared_minutes(merged(self.hours_on(day)), self.busy_on(day))
        return max(0, self.working_minutes(day) - taken)

    def busy_on(self, day: dt.date) -> tuple[Hours, ...]:
        """The busy time of a date by the rep's clock, in order and without overlaps."""
        if day not in self._busy_by_day:
            touching = (*self._short_by_day.get(day, ()), *self._long)
            spans = (span for busy in touching for span in busy.on(day, self.zone))
            self._busy_by_day[day] = merged(spans)
        return self._busy_by_day[day]

    def meetings_on(self, day: dt.date) -> tuple[Meeting, ...]:
        """The meetings at known places away from its base that are stops of a date, in order."""
        if day not in self._meetings_by_day:
            here = None, self.place_on(day).coordinates
            away = (busy for busy in self._short_by_day.get(day, ()) if busy.place not in here)
            hours = self.hours_on(day)
            self._meetings_by_day[day] = meetings_of(away, day, self.zone, hours)
        return self._meetings_by_day[day]

    @cached_property
    def _meetings_by_day(self) -> dict[dt.date, tuple[Meeting, ...]]:
        return {}

    @cached_property
    def _busy_by_day(self) -> dict[dt.date, tuple[Hours, ...]]:
        return {}

    @cached_property
    def _short_by_day(self) -> dict[dt.date, list[Busy]]:
        """Busy times of a few days by each date that they touch."""
        found: dict[dt.date, list[Busy]] = {}
        for busy in self.busy:
            if busy.end - busy.start < _LONG:
                for day in each_day(*busy.days(self.zone)):
                    found.setdefault(day, []).append(busy)
        return found

    @cached_property
    def _long(self) -> tuple[Busy, ...]:
        return tuple(busy for busy in self.busy if busy.end - busy.start >= _LONG)


@frozen(field_transformer=converting)
class Capacity:
    """How much the rep gives to the campaign.

    Minutes are counted with travel. `ramp` is the share of both limits in the first real
    week of work and in those that follow; after its end the share is 1, before it the first.
    `contacts_at_once` is the most contacts of one account that run a cadence. `more` are
    minutes beyond both limits by date: so much more on that day, and in its week.
    """

    minutes_per_day: int = field(default=360, kw_only=True, validator=[ge(0), le(A_DAY)])
    minutes_per_week: int = field(default=720, kw_only=True, validator=[ge(0), le(A_WEEK)])
    ramp: tuple[float, ...] = field(default=(0.5, 0.75), kw_only=True, converter=tuple[float, ...])
    contacts_at_once: int = field(default=2, kw_only=True, validator=ge(1))
    more: Mapping[dt.date, int] = field(
        default=FrozenDict(), kw_only=True, converter=frozen_mapping
    )

    @more.validator
    def _of_a_day(self, _attribute: object, more: Mapping[dt.date, int]) -> None:
        if any(not 0 <= minutes <= A_DAY for minutes in more.values()):
            raise ValueError(f"more {dict(more)} holds minutes that no day has")

    @ramp.validator
    def _shares(self, _attribute: object, ramp: tuple[float, ...]) -> None:
        if any(not 0 <= share <= 1 for share in ramp):
            raise ValueError(f"ramp {list(ramp)} holds a share that is not between 0 and 1")

    def share(self, week: int) -> float:
        """The share of a week, 0 being the first real week of work, below 0 one before it."""
        since = max(0, week)
        return self.ramp[since] if since < len(self.ramp) else 1.0

    def more_on(self, day: dt.date) -> int:
        """The minutes beyond the limits on a date."""
        return self.more.get(plain(day), 0)

    def more_in_week_of(self, monday: dt.date) -> int:
        """The minutes beyond the limit in the week that a Monday begins."""
        return sum(m for day, m in self.more.items() if 0 <= (day - monday).days < A_WEEK // A_DAY)


@frozen(field_transformer=converting)
class Courtesy:
    """How often one contact may be touched (`[contact]` in campaign.toml).

    `gap` is the least number of business days between two touches of a contact; `most`
    the most touches in the campaign, `most_by_channel` the same for single channels.
    `unknown_consent` is `allow` or `deny`. `call_hours` are those in which somebody who names
    none is called, by the clock there: of the weekdays that they name, else on the working days
    of the account's country; none: whenever the rep works. A decision maker `since` fewer
    than `new_days` days before the start is new and runs the cadence `new_cadence`. With
    `substitute` another channel that somebody allows takes the place where they allow none of a
    step's; `promise_early` is by how many business days a promise is wished to be early.
    """

    gap: int = field(default=5, kw_only=True, validator=[ge(0), le(MOST_GAP)])
    most: int = field(default=8, kw_only=True, validator=[ge(0), le(MOST_TOUCHES)])
    most_by_channel: Mapping[str, int] = field(
        default=FrozenDict({"call": 3, "letter": 6, "visit": 3}),
        kw_only=True,
        converter=frozen_mapping,
    )
    unknown_consent: str = field(default="allow", kw_only=True, validator=in_(("allow", "deny")))
    call_hours: OpeningHours | tuple[Hours, ...] = field(
        default=CALL_HOURS, kw_only=True, converter=to_usual_hours
    )
    substitute: bool = field(default=True, kw_only=True)
    promise_early: int = field(default=3, kw_only=True, validator=[ge(0), le(MOST_GAP)])
    new_days: int = field(default=180, kw_only=True, validator=ge(0))
    new_cadence: str = field(default="new-decision-maker", kw_only=True)


@frozen(field_transformer=converting)
class Travel:
    """How drives are reckoned: straight line x `detour` at `speed_kmh`.

    Each stop costs `minutes_per_stop` more; a place that is not known is `unknown_minutes`
    away from everywhere. With `overnight` nights away are planned, at most `most_nights` in a
    row, each of which is worth `night_saves` minutes of driving to the rep. Minutes of `drives`
    take the straight line's place where they are known.
    """

    speed_kmh: float = field(default=60, kw_only=True, validator=ge(1))
    detour: float = field(default=1.3, kw_only=True, validator=[ge(1), le(10)])
    minutes_per_stop: int = field(default=5, kw_only=True, validator=[ge(0), le(A_DAY)])
    unknown_minutes: int = field(default=30, kw_only=True, validator=[ge(0), le(A_DAY)])
    overnight: bool = field(default=False, kw_only=True, metadata=_LATER)
    most_nights: int = field(
        default=2, kw_only=True, validator=[ge(1), le(MOST_NIGHTS)], metadata=_LATER
    )
    night_saves: int = field(
        default=120, kw_only=True, validator=[ge(0), le(A_DAY)], metadata=_LATER
    )
    drives: Drives = field(default=NO_DRIVES, kw_only=True, metadata=_LATER)


def other_owner(rep: Rep, account: Account) -> str:
    """Whoever else works an account; empty where it is the rep's, or nobody's."""
    if not rep.owner or not account.owner:
        return ""
    mine = {_folded(name) for name in rep.owner}
    return "" if _folded(account.owner) in mine else account.owner


def owned(rep: Rep, account: Account) -> Account:
    """An account as the rep works it: what is another's is not active."""
    other = other_owner(rep, account)
    return evolve(account, status=f"with {other}") if other and account.is_active else account


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
