"""The rep: home, hours, leave; what of the week goes to the campaign, and how much people bear.

How the rep drives is here too (`Travel`), and whose accounts are the rep's (`owned`).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen
from attrs.validators import in_

from campaign.model.accounts import Account
from campaign.model.busy import (
    Busy,
    Meeting,
    known_zone,
    meetings_of,
    merged,
    shared_minutes,
    to_busy,
    zone_named,
)
from campaign.model.given import Between, converting, whole
from campaign.model.hours import (
    A_DAY,
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
    NOTHING,
    Coordinates,
    FrozenDict,
    Place,
    Precision,
    frozen_set,
    to_coordinates,
    to_date_or_none,
    to_spans,
)
from campaign.workdays import Span, each_day, in_any, plain

USUAL_NAME = "Rep"
"""What a rep is called who has given no name."""
LANGUAGES = ("en", "de")
"""The languages in which the words of touches ship."""

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


def _to_weekdays(value: Iterable[int]) -> frozenset[int]:
    weekdays = frozenset(value)
    if not weekdays <= frozenset(range(7)):
        raise ValueError(f"weekdays {sorted(weekdays)} are not 0 (Monday) to 6 (Sunday)")
    return weekdays


@frozen(field_transformer=converting, kw_only=True)
class Base:
    """Where tours start and end on some days: by weekday (Monday is 0), date, or from a day on.

    Its days are the `weekdays` and the `days`, all where there are neither, from `since` on.
    Raises `ValueError` where nothing is given, as that would be the home.
    """

    place: Coordinates = field(converter=to_coordinates, kw_only=False)
    weekdays: frozenset[int] = field(default=frozenset(), converter=_to_weekdays)
    days: tuple[Span, ...] = field(default=(), converter=to_spans)
    since: dt.date | None = field(default=None, converter=to_date_or_none)

    def __attrs_post_init__(self) -> None:
        """Raise `ValueError` for a base of every day."""
        if not (self.weekdays or self.days or self.since):
            raise ValueError('a base says neither `on` nor `from`; write on = "Th"')

    def holds_on(self, day: dt.date) -> bool:
        """Whether the tour of a day starts and ends there."""
        is_named = day.weekday() in self.weekdays or in_any(day, self.days)
        is_any = not (self.weekdays or self.days)
        return (is_named or is_any) and (self.since is None or day >= self.since)


@frozen(field_transformer=converting, kw_only=True)
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

    name: str = field(kw_only=False)
    home: Coordinates | None = field(default=None, converter=to_coordinates)
    home_located_by: Precision = field(default=Precision.GIVEN, converter=Precision)
    bases: tuple[Base, ...] = field(default=(), converter=tuple[Base, ...], metadata=_LATER)
    timezone: str = field(default="UTC", validator=known_zone)
    country: str = ""
    region: str = ""
    extra_holidays: frozenset[dt.date] = field(default=frozenset(), converter=frozen_set)
    not_holidays: frozenset[dt.date] = field(default=frozenset(), converter=frozen_set)
    hours: Mapping[int, tuple[Hours, ...]] | OpeningHours = field(
        default=OFFICE_HOURS, converter=to_working_hours
    )
    lunch_minutes: int = field(default=30, validator=whole("minutes", 30, 0, A_DAY))
    leave: tuple[Span, ...] = field(default=(), converter=to_spans)
    busy: tuple[Busy, ...] = field(default=(), converter=to_busy)
    email: str = ""
    owner: tuple[str, ...] = field(default=(), converter=tuple[str, ...], metadata=_LATER)
    writing: int | None = field(
        default=None, converter=to_minutes, validator=whole("minutes", 960, 0, A_DAY)
    )
    language: str = field(default="en", validator=in_(LANGUAGES), metadata={ASIDE: True})

    @property
    def zone(self) -> ZoneInfo:
        """The rep's time zone; UTC where its name is not known."""
        return zone_named(self.timezone) or _UTC

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Where tours start and end: home, then each base."""
        named = enumerate(self.bases, start=1)
        bases = (Place(base.place, f"base-{number}") for number, base in named)
        return (Place(self.home, HOME), *bases)

    def base_on(self, day: dt.date) -> int:
        """The number among `places` of the one where the tour of a date starts and ends."""
        holding = (number for number, base in enumerate(self.bases, start=1) if base.holds_on(day))
        return max(holding, default=0)

    def place_on(self, day: dt.date) -> Place:
        """Where the tour of a date starts and ends."""
        return self.places[self.base_on(day)]

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
        return self._taken_on(day)[0]

    def meetings_on(self, day: dt.date) -> tuple[Meeting, ...]:
        """The meetings at known places away from its base that are stops of a date, in order."""
        return self._taken_on(day)[1]

    def _taken_on(self, day: dt.date) -> tuple[tuple[Hours, ...], tuple[Meeting, ...]]:
        if day not in self._taken:
            short, long = self._busy_by_day.get(day, []), self._busy_by_day.get(None, [])
            spans = (span for busy in (*short, *long) for span in busy.on(day, self.zone))
            here = None, self.place_on(day).coordinates
            away = (busy for busy in short if busy.place not in here)
            meetings = meetings_of(away, day, self.zone, self.hours_on(day))
            self._taken[day] = merged(spans), meetings
        return self._taken[day]

    @cached_property
    def _taken(self) -> dict[dt.date, tuple[tuple[Hours, ...], tuple[Meeting, ...]]]:
        return {}

    @cached_property
    def _busy_by_day(self) -> dict[dt.date | None, list[Busy]]:
        """Busy times by each date that they touch, those of a month and longer by None."""
        found: dict[dt.date | None, list[Busy]] = {}
        for busy in self.busy:
            is_long = busy.end - busy.start >= _LONG
            for day in (None,) if is_long else each_day(*busy.days(self.zone)):
                found.setdefault(day, []).append(busy)
        return found


@frozen(field_transformer=converting, kw_only=True)
class Capacity:
    """How much the rep gives to the campaign.

    Minutes are counted with travel. `ramp` is the share of both limits in the first real
    week of work and in those that follow; after its end the share is 1, before it the first.
    `contacts_at_once` is the most contacts of one account that run a cadence. `more` are
    minutes beyond both limits by date: so much more on that day, and in its week.
    """

    minutes_per_day: int = field(default=360, validator=whole("minutes", 360, 0, A_DAY))
    minutes_per_week: int = field(default=720, validator=whole("minutes", 720, 0, A_WEEK))
    ramp: tuple[float, ...] = field(default=(0.5, 0.75), converter=tuple[float, ...])
    contacts_at_once: int = field(default=2, validator=whole("contacts", 2, 1))
    more: Mapping[dt.date, int] = field(default=NOTHING)

    @more.validator
    def _of_a_day(self, _its: object, more: Mapping[dt.date, int]) -> None:
        if any(not 0 <= minutes <= A_DAY for minutes in more.values()):
            raise ValueError(f"more {dict(more)} holds minutes that no day has")

    @ramp.validator
    def _shares(self, _its: object, ramp: tuple[float, ...]) -> None:
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


@frozen(field_transformer=converting, kw_only=True)
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

    gap: int = field(default=5, validator=whole("business days", 5, 0, 365))
    most: int = field(default=8, validator=whole("touches", 8))
    most_by_channel: Mapping[str, int] = field(
        default=FrozenDict({"call": 3, "letter": 6, "visit": 3})
    )
    unknown_consent: str = field(default="allow", validator=in_(("allow", "deny")))
    call_hours: OpeningHours | tuple[Hours, ...] = field(
        default=CALL_HOURS, converter=to_usual_hours
    )
    substitute: bool = True
    promise_early: int = field(default=3, validator=whole("business days", 3, 0, 365))
    new_days: int = field(default=180, validator=whole("days", 180))
    new_cadence: str = "new-decision-maker"


@frozen(field_transformer=converting, kw_only=True)
class Travel:
    """How drives are reckoned: straight line x `detour` at `speed_kmh`.

    Each stop costs `minutes_per_stop` more; a place that is not known is `unknown_minutes`
    away from everywhere. With `overnight` nights away are planned, at most `most_nights` in a
    row, each of which is worth `night_saves` minutes of driving to the rep. Minutes of `drives`
    take the straight line's place where they are known.
    """

    speed_kmh: float = field(default=60, validator=Between(1, 1000, like=60))
    detour: float = field(default=1.3, validator=Between(1, 10, like=1.3))
    minutes_per_stop: int = field(default=5, validator=whole("minutes", 5, 0, A_DAY))
    unknown_minutes: int = field(default=30, validator=whole("minutes", 30, 0, A_DAY))
    overnight: bool = field(default=False, metadata=_LATER)
    most_nights: int = field(
        default=2, validator=whole("nights", 2, 1, MOST_NIGHTS), metadata=_LATER
    )
    night_saves: int = field(
        default=120, validator=whole("minutes", 120, 0, A_DAY), metadata=_LATER
    )
    drives: Drives = field(default=NO_DRIVES, metadata=_LATER)


def other_owner(rep: Rep, account: Account) -> str:
    """Whoever else works an account; empty where it is the rep's, or nobody's."""
    if not rep.owner or not account.owner:
        return ""
    who, *mine = (" ".join(name.casefold().split()) for name in (account.owner, *rep.owner))
    return "" if who in mine else account.owner


def owned(rep: Rep, account: Account) -> Account:
    """An account as the rep works it: what is another's is not active."""
    other = other_owner(rep, account)
    return evolve(account, status=f"with {other}") if other and account.is_active else account
