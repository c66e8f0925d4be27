"""What feasibility comes to: weeks, channels, repairs, and the text of them."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from math import inf

from attrs import field, frozen

from campaign.phrases import counted, listed, preformatted

FULL = 1.0
TIGHT = 0.85


class RepairCode(StrEnum):
    """What a repair changes."""

    VISITS_BY_CALL = "visits_by_call"
    CHEAPEST_CHANNEL = "cheapest_channel"
    NO_OPTIONAL_STEPS = "no_optional_steps"
    NO_FURTHER_CONTACTS = "no_further_contacts"
    WITHOUT_LOWEST_TIER = "without_lowest_tier"
    MORE_MINUTES = "more_minutes"


@frozen
class Week:
    """One week of the campaign, 0 being the start's: minutes available and needed."""

    week: int
    available: int = field(kw_only=True)
    needed: int = field(kw_only=True)

    @property
    def is_over(self) -> bool:
        """Whether more is needed than there is."""
        return self.needed > self.available


@frozen
class ChannelUse:
    """One channel: touches owed by it, their minutes with travel, and room by its limits.

    `room` is how many touches its limits a day and a week allow in all, None without any.
    """

    channel: str
    touches: int = field(kw_only=True)
    minutes: int = field(kw_only=True)
    room: int | None = field(kw_only=True)

    @property
    def is_short(self) -> bool:
        """Whether more touches are owed than the limits allow."""
        return self.room is not None and self.touches > self.room


@frozen
class Repair:
    """One change that makes the work fit better.

    `touches` are changed or left out by it; `minutes_saved` are needed no more,
    `minutes_more` are given by the rep in addition; `required_lost` and `optional_lost`
    are the touches given up, by the weight of their accounts; `load` is what it leads to.
    `names` says what it concerns: the tier, the channels, or the new `minutes_per_week`.
    """

    code: RepairCode
    load: float
    touches: int = field(default=0, kw_only=True)
    minutes_saved: int = field(default=0, kw_only=True)
    minutes_more: int = field(default=0, kw_only=True)
    required_lost: int = field(default=0, kw_only=True)
    optional_lost: int = field(default=0, kw_only=True)
    names: str = field(default="", kw_only=True)

    @property
    def is_enough(self) -> bool:
        """Whether the work fits with this repair alone."""
        return self.load <= FULL

    def __str__(self) -> str:
        """What to do, what it saves and costs, and the load it leads to."""
        gain, hours = f"saves {_hours(self.minutes_saved)} h", ""
        if self.code is RepairCode.MORE_MINUTES:
            gain = f"gives {_hours(self.minutes_more)} h more"
            whole, rest = divmod(int(self.names), 60)
            hours = f"{whole} h {rest} min" if rest else f"{whole} h"
        what = _WHAT[self.code].format(touches=self.touches, names=self.names, hours=hours)
        # How many touches are given up, where what is done does not say it already.
        kinds = {"required": self.required_lost, "optional": self.optional_lost}
        lost = listed([kind for kind, weight in kinds.items() if weight])
        if lost and self.code is not RepairCode.NO_OPTIONAL_STEPS:
            gain += f", gives up {counted(self.touches, f'{lost} touch')}"
        return f"{what}: {gain}; load {self.load:.2f}"


_WHAT = {
    RepairCode.VISITS_BY_CALL: "make {touches} visits by another channel that their steps allow",
    RepairCode.CHEAPEST_CHANNEL: (
        "make {touches} touches by the cheapest channel that their steps allow"
    ),
    RepairCode.NO_OPTIONAL_STEPS: "leave out all {touches} optional steps",
    RepairCode.NO_FURTHER_CONTACTS: "leave out the further contacts of {names} accounts",
    RepairCode.WITHOUT_LOWEST_TIER: "leave {names} accounts for a later campaign",
    RepairCode.MORE_MINUTES: "give the campaign {hours} a week (minutes_per_week = {names})",
}


@frozen
class Feasibility:
    """What a territory needs and what its rep has, in minutes, travel reckoned.

    `load` is needed over available: 1 is full. `repairs` are the cheapest first: by the
    required touches given up (weighted), then by the hours the rep would have to add,
    then by the optional touches given up, then by what is saved.
    """

    accounts: int
    needed: int
    available: int = field(kw_only=True)
    weeks: tuple[Week, ...] = field(kw_only=True)
    channels: tuple[ChannelUse, ...] = field(kw_only=True)
    repairs: tuple[Repair, ...] = field(default=(), kw_only=True)

    @property
    def load(self) -> float:
        """Minutes needed over minutes available; infinite where none are available."""
        return load(self.needed, self.available)

    @property
    def fits(self) -> bool:
        """Whether the hours suffice; that does not yet say that every window can be met."""
        return self.load <= FULL

    @property
    def is_tight(self) -> bool:
        """Whether there is too little slack for days that go wrong."""
        return self.load > TIGHT

    def _repr_html_(self) -> str:
        """What a notebook shows: the same text."""
        return preformatted("\n".join(self.lines()))

    def lines(self) -> tuple[str, ...]:
        """The text for a terminal: the sum, the weeks, the channels, the repairs."""
        accounts = counted(self.accounts, "account is", "accounts are")
        weeks, channels = list[tuple[str, ...]](), list[tuple[str, ...]]()
        for week in self.weeks:
            full = " !" if week.is_over else ""
            held = f"{_hours(week.available)} h{full}"
            weeks.append((f"{week.week + 1}", f"{_hours(week.needed)} h", held))
        for use in self.channels:
            room = "any" if use.room is None else f"{use.room}"
            channels.append((use.channel, f"{use.touches}", f"{_hours(use.minutes)} h", room))
        over = "  ! more than the week holds, with each touch spread evenly over its window"
        have = f"you have {_hours(self.available)} h (load {self.load:.2f})"
        return (
            f"Your {accounts} owed {_hours(self.needed)} h; {have}.",
            *self._verdict(),
            "",
            *_table(("week", "needed", "available"), weeks),
            *([over] if any(week.is_over for week in self.weeks) else ()),
            "",
            *_table(("channel", "touches", "needed", "room"), channels),
            *(("", "What would help, the cheapest first:") if self.repairs else ()),
            *(f"  {repair}" for repair in self.repairs),
        )

    def _verdict(self) -> Iterator[str]:
        cheapest = [
            each.load
            for each in self.repairs
            if each.code is RepairCode.CHEAPEST_CHANNEL and each.is_enough
        ]
        if self.fits and self.is_tight:
            yield "It fits, with little slack for a day that goes wrong."
        elif not self.fits and cheapest:
            yield (
                "By the first channel of each step it does not fit; "
                f"by the cheapest it does (load {cheapest[0]:.2f})."
            )
        elif not self.fits:
            yield "It does not fit: optional steps go first, then touches of the lowest tiers."
        for use in self.channels:
            if use.is_short:
                yield f"{use.channel}: {use.touches} owed, and its limits allow {use.room}."


def load(needed: int, available: int) -> float:
    """Needed over available; infinite where nothing is available for what is needed."""
    if available:
        return needed / available
    return inf if needed else 0.0


def _hours(minutes: float) -> str:
    """Hours, whole from ten on."""
    hours = minutes / 60
    return f"{hours:.0f}" if hours >= 10 or hours == round(hours) else f"{hours:.1f}"  # noqa: PLR2004


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    cells = [head, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    for row in cells:
        first, *rest = (
            text.ljust(width) if not at else text.rjust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(("  " + first, *rest)).rstrip()
