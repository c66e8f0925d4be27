"""Cadences: the ordered steps that a contact runs through, why each is made, and rhythms after.

A `Step` stands a `Gap` after another one and has a `Purpose`; a `Rhythm` of `Beat`s is what an
account gets again and again once the campaign is over.
"""

import re
from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import islice

from attrs import evolve, field, frozen

from campaign.model.given import converting, whole
from campaign.model.values import MOST_GAP, not_empty

OF_WHAT_IS_HEARD = "heard"
"""The cadence and the step of what was heard of an account: a row that is no touch."""
OF_PROMISES = "promises"
"""The cadence that a touch for a promise names."""
COMPLAINT = "complaint"
"""The cadence that makes a complaint good: its first step is the answer."""
CHECK_BACK = "check-back"
"""The cadence that asks, once a promise was sent, whether it arrived."""
DAYS_A_WEEK = 5
"""Business days."""
MOST_WEEKS = 104
_MOST_STEPS = 300
"""More than a touch on each business day of the longest campaign."""
_ATTEMPT = re.compile(r"#\d+$", re.ASCII)
_NEEDED = "has a name that the plan needs for itself; choose another"


def is_as_an_attempt(name: str) -> bool:
    """Whether a name ends as the id of a further attempt does: `call#2`."""
    return _ATTEMPT.search(name) is not None


@frozen(field_transformer=converting, kw_only=True)
class Purpose:
    """Why a touch is made.

    A `selling` purpose may not stand among an account's first three touches nor in its
    first 30 days. A `courtesy` (thank, promise, recover) keeps no distance from other
    touches and does not count to a contact's ceilings.
    """

    name: str = field(kw_only=False)
    selling: bool = False
    courtesy: bool = False


_COURTESIES = ("thank", "promise", "recover")
PURPOSES = {
    name: Purpose(name, courtesy=name in _COURTESIES)
    for name in ("introduce", "listen", "thank", "promise", "share", "invite", "recover", "review")
}

LATEST = {"thank": 5, "invite": 10, "share": 10}
"""By purpose, the most business days late where a step does not say it; others: to the end."""


@frozen(field_transformer=converting)
class Gap:
    """How many business days lie between a step and its anchor: least, ideal, most.

    `most` is the last in time. The `ideal` is halfway where none is wished.
    """

    least: int
    most: int
    ideal: int = field(kw_only=True)
    is_wished: bool = field(default=False, kw_only=True, eq=False, repr=False)

    @ideal.default
    def _halfway(self) -> int:
        return (self.least + self.most) // 2

    def __attrs_post_init__(self) -> None:
        """Raise `ValueError` for a gap whose figures are not in order."""
        if not 0 <= self.least <= self.ideal <= self.most:
            raise ValueError(
                f"gap {self} is not in order; write least, ideal and most business days "
                f"in rising order, as [1, 2, 6]"
            )

    def __str__(self) -> str:
        """As a cadence file writes it."""
        is_said = self.is_wished or self.ideal != (self.least + self.most) // 2
        middle = f"{self.ideal}, " if is_said else ""
        return f"[{self.least}, {middle}{self.most}]"

    def __add__(self, other: "Gap") -> "Gap":
        """The gap of two in a row."""
        return Gap(self.least + other.least, self.most + other.most, ideal=self.ideal + other.ideal)

    @classmethod
    def of(cls, value: "Gap | list[int] | tuple[int, ...]") -> "Gap":
        """A gap from itself, from [least, most] or from [least, ideal, most]."""
        if isinstance(value, Gap):
            return value
        match tuple(value):
            case (least, most):
                return cls(least, most)
            case (least, ideal, most):
                return cls(least, most, ideal=ideal, is_wished=True)
        raise ValueError(f"gap {list(value)} is not [least, most] or [least, ideal, most]")


def _to_gap(value: "Gap | list[int] | tuple[int, ...] | None") -> Gap | None:
    return None if value is None else Gap.of(value)


def _to_channels(value: "str | list[str] | tuple[str, ...]") -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _some_channel(_owner: object, _its: object, channels: tuple[str, ...]) -> None:
    if not channels:
        raise ValueError('there is no channel; name one, as "call"')


@frozen(field_transformer=converting, kw_only=True)
class Step:
    """One place in a cadence.

    `channels` are tried in order: the first that is possible is used. `after` names the
    required step that this one follows, `gap` the business days between. A step that
    follows nothing counts from the start: `within = 5` is business days 1 to 5, and a
    `gap` counts from the first business day. After its last day in time it may still be made,
    at most `late` business days after. `contact` is the role of the person it goes to, else the
    contact who runs the cadence. `repeat = 5` makes it a chain of five (`visit`, `visit-2` ...),
    each after the one before by the same gap; `every = 2` one each two weeks to the end.
    """

    name: str = field(kw_only=False, validator=not_empty)
    channels: tuple[str, ...] = field(
        converter=_to_channels, validator=_some_channel, kw_only=False
    )
    purpose: str = field(kw_only=False, validator=not_empty)
    after: str | None = None
    gap: Gap | None = field(default=None, converter=_to_gap)
    within: int | None = field(default=None, validator=whole("business days", 5, 1, MOST_GAP))
    contact: str | None = None
    required: bool = True
    late: int | None = field(default=None, validator=whole("business days", 10, 0, MOST_GAP))
    repeat: int = field(default=1, validator=whole("steps", 5, 1, 60))
    every: int | None = field(default=None, validator=whole("weeks", 2, 1, 26))

    @property
    def is_chain(self) -> bool:
        """Whether it stands for several steps in a row."""
        return self.repeat > 1 or self.every is not None

    @property
    def most_late(self) -> int | None:
        """How many business days it may be late at the most; None: to the campaign's end."""
        return LATEST.get(self.purpose) if self.late is None else self.late

    @gap.validator
    def _short_enough(self, _attribute: object, gap: Gap | None) -> None:
        if gap is not None and gap.most > MOST_GAP:
            raise ValueError(f"gap {gap} is more than {MOST_GAP} business days")


def between(step: Step) -> Gap | None:
    """The gap between two steps of a chain: `every` so many weeks give or take two days."""
    if step.every is None:
        return step.gap
    days = DAYS_A_WEEK * step.every
    return Gap(days - 2, days + 2, ideal=days)


@frozen(field_transformer=converting)
class Cadence:
    """Ordered steps; the shape is a tree, whose root or roots count from the start.

    Raises `ValueError` for two steps of one name, a step after an unknown, an optional or
    its own following step, and a gap without anything to count from.
    """

    name: str = field(validator=not_empty)
    steps: tuple[Step, ...] = field(converter=tuple[Step, ...])

    def __attrs_post_init__(self) -> None:
        """Raise `ValueError` with every fault of the cadence, a sentence each."""
        faults = tuple(self._faults())
        if faults:
            raise ValueError("; ".join(faults))

    def step(self, name: str) -> Step:
        """The step of that name, of a chain its first; raises `KeyError` where there is none."""
        return self._by_name[name if name in self._by_name else self._first_of_chain(name)]

    def has(self, name: str) -> bool:
        """Whether it has a step of that name, or a chain with one."""
        return name in self._by_name or self._first_of_chain(name) in self._by_name

    def _first_of_chain(self, name: str) -> str:
        """The step whose chain has one of that name; empty where there is none."""
        first, _, number = name.rpartition("-")
        known = self._by_name.get(first)
        return first if known and known.is_chain and number.isdecimal() else ""

    def parent(self, step: Step) -> Step | None:
        """The step that this one follows, placed or not."""
        return self._by_name.get(step.after or "")

    def path(self, step: Step) -> Iterator[Step]:
        """The steps that a step follows, nearest first."""
        above = self.parent(step)
        while above is not None:
            yield above
            above = self.parent(above)

    def without(self, steps: Collection[str]) -> "Cadence":
        """The cadence without some steps: what followed one follows what that one followed.

        Itself where nothing would be left.
        """
        kept = [step for step in self.steps if step.name not in steps]
        if not kept or len(kept) == len(self.steps):
            return self
        above = (
            next((one.name for one in self.path(step) if one.name not in steps), None)
            for step in kept
        )
        hung = [evolve(step, after=after) for step, after in zip(kept, above, strict=True)]
        return evolve(self, steps=hung)

    @cached_property
    def _by_name(self) -> dict[str, Step]:
        return {step.name: step for step in self.steps}

    def _faults(self) -> Iterator[str]:
        if not self.steps:
            yield f"cadence {self.name} has no steps; give it one, or take it out"
        if self.name in (OF_WHAT_IS_HEARD, OF_PROMISES):
            yield f"cadence {self.name} {_NEEDED}"
        if len(self.steps) > _MOST_STEPS:
            yield (
                f"cadence {self.name} has {len(self.steps):,} steps; "
                f"write at most {_MOST_STEPS}, or take another cadence after them"
            )
            return
        names = [step.name for step in self.steps]
        for number, name in enumerate(names):
            if name in names[:number]:
                yield f'two steps are named "{name}"; give each step a name of its own'
        for step in self.steps:
            faults = (fault for is_so, fault in self._looked_at(step) if is_so)
            yield from (f'step "{step.name}" {fault}' for fault in faults)
        for name in names:
            if first := self._first_of_chain(name):
                yield f'step "{name}" is named as one of the chain of "{first}"; rename it'

    def _looked_at(self, step: Step) -> tuple[tuple[bool, str], ...]:
        """What may be wrong with a step: whether it is, and what to say then."""
        after, within = step.after, step.within is not None
        chain, every = step.is_chain, step.every is not None
        no_gap, known = step.gap is None, self._by_name.get(after or "")
        both = within and not no_gap and not chain
        unknown = f'comes after "{after}", which is no step of this cadence; its steps are '
        optional = f'comes after "{after}", which is optional; name a required step'
        above = islice(self.path(step), len(self.steps))
        circle = f'follows itself through "{after}"; break the circle'
        attempt = f"is named as a further attempt is; write {step.name.replace('#', '-')}"
        forever = "repeats without a gap; write gap = [8, 10, 12], or every = 2"
        return (
            (is_as_an_attempt(step.name), attempt),
            (step.name == OF_WHAT_IS_HEARD, _NEEDED),
            (after is None and both, "has both within and gap; keep one of them"),
            (after is not None and within, "has both after and within; use gap instead of within"),
            (after is not None and known is None, unknown + ", ".join(self._by_name)),
            (known is not None and not known.required, optional),
            (any(one.name == step.name for one in above), circle),
            (chain and not step.required, "is a chain and optional; make it required"),
            (every and step.repeat > 1, "has both repeat and every; keep one of them"),
            (chain and not every and no_gap, forever),
        )


@frozen(field_transformer=converting)
class Beat:
    """One touch of a rhythm: in its `week`, by the first of `channels` that is possible."""

    week: int = field(validator=whole("weeks", 4, 1, MOST_WEEKS))
    channels: tuple[str, ...] = field(converter=_to_channels, validator=_some_channel)
    purpose: str = field(validator=not_empty)


@frozen(field_transformer=converting)
class Rhythm:
    """Touches that come again every so many `weeks`, counted from the last of the campaign.

    Raises `ValueError` for a touch beyond the last week, and for two in one week.
    """

    name: str = field(validator=not_empty)
    weeks: int = field(validator=whole("weeks", 12, 1, MOST_WEEKS))
    touches: tuple[Beat, ...] = field(converter=tuple[Beat, ...])

    @touches.validator
    def _one_a_week(self, _attribute: object, touches: tuple[Beat, ...]) -> None:
        weeks = [beat.week for beat in touches]
        if not weeks:
            raise ValueError(f"rhythm {self.name} has no touches")
        if max(weeks) > self.weeks:
            raise ValueError(f"week {max(weeks)} is beyond the {self.weeks} weeks of {self.name}")
        if len(set(weeks)) < len(weeks):
            raise ValueError(f"rhythm {self.name} has two touches in one week")
