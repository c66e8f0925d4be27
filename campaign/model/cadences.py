"""Cadences: the ordered steps that a contact runs through."""

import re
from collections.abc import Collection, Iterator
from functools import cached_property

from attrs import evolve, field, frozen
from attrs.validators import ge, le, optional

from campaign.model.given import converting
from campaign.model.values import MOST_GAP, not_empty

OF_WHAT_IS_HEARD = "heard"
"""The cadence and the step of what was heard of an account: a row that is no touch."""
OF_PROMISES = "promises"
"""The cadence that a touch for a promise names."""
COMPLAINT = "complaint"
"""The cadence that makes a complaint good: its first step is the answer."""
CHECK_BACK = "check-back"
"""The cadence that asks, once a promise was sent, whether it arrived."""
MOST_REPEAT, MOST_WEEKS_APART = 60, 26
"""The most steps of a chain, and the most weeks between two of them."""
_MOST_STEPS = 300
"""More than a touch on each business day of the longest campaign."""
_ATTEMPT = re.compile(r"#\d+$", re.ASCII)


def is_as_an_attempt(name: str) -> bool:
    """Whether a name ends as the id of a further attempt does: `call#2`."""
    return _ATTEMPT.search(name) is not None


@frozen(field_transformer=converting)
class Purpose:
    """Why a touch is made.

    A `selling` purpose may not stand among an account's first three touches nor in its
    first 30 days. A `courtesy` (thank, promise, recover) keeps no distance from other
    touches and does not count to a contact's ceilings.
    """

    name: str
    selling: bool = field(default=False, kw_only=True)
    courtesy: bool = field(default=False, kw_only=True)


PURPOSES = {
    purpose.name: purpose
    for purpose in (
        Purpose("introduce"),
        Purpose("listen"),
        Purpose("thank", courtesy=True),
        Purpose("promise", courtesy=True),
        Purpose("share"),
        Purpose("invite"),
        Purpose("recover", courtesy=True),
        Purpose("review"),
    )
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
    def _usual(self) -> int:
        return self._halfway()

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
        is_said = self.is_wished or self.ideal != self._halfway()
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


def _to_channels(value: "str | list[str] | tuple[str, ...]") -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _to_gap(value: "Gap | list[int] | tuple[int, ...] | None") -> Gap | None:
    return None if value is None else Gap.of(value)


@frozen(field_transformer=converting)
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

    name: str = field(validator=not_empty)
    channels: tuple[str, ...] = field(converter=_to_channels)
    purpose: str = field(validator=not_empty)
    after: str | None = field(default=None, kw_only=True)
    gap: Gap | None = field(default=None, kw_only=True, converter=_to_gap)
    within: int | None = field(
        default=None, kw_only=True, validator=optional([ge(1), le(MOST_GAP)])
    )
    contact: str | None = field(default=None, kw_only=True)
    required: bool = field(default=True, kw_only=True)
    late: int | None = field(default=None, kw_only=True, validator=optional([ge(0), le(MOST_GAP)]))
    repeat: int = field(default=1, kw_only=True, validator=[ge(1), le(MOST_REPEAT)])
    every: int | None = field(
        default=None, kw_only=True, validator=optional([ge(1), le(MOST_WEEKS_APART)])
    )

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

    @channels.validator
    def _some_channel(self, _attribute: object, channels: tuple[str, ...]) -> None:
        if not channels:
            raise ValueError(f"step {self.name} has no channel")


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
        return self._by_name[step.after] if step.after else None

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
        return evolve(self, steps=[self._hung(step, steps) for step in kept])

    def _hung(self, step: Step, gone: Collection[str]) -> Step:
        above = self.parent(step)
        while above is not None and above.name in gone:
            above = self.parent(above)
        return evolve(step, after=above.name if above else None)

    @cached_property
    def _by_name(self) -> dict[str, Step]:
        return {step.name: step for step in self.steps}

    def _faults(self) -> Iterator[str]:
        if not self.steps:
            yield f"cadence {self.name} has no steps; give it one, or take it out"
        if self.name in (OF_WHAT_IS_HEARD, OF_PROMISES):
            yield f"cadence {self.name} has a name that the plan needs for itself; choose another"
        if len(self.steps) > _MOST_STEPS:
            yield (
                f"cadence {self.name} has {len(self.steps):,} steps; "
                f"write at most {_MOST_STEPS}, or take another cadence after them"
            )
            return
        yield from self._repeated_names()
        for step in self.steps:
            yield from self._faults_of(step)
            yield from self._faults_of_chain(step)

    def _repeated_names(self) -> Iterator[str]:
        seen: set[str] = set()
        for step in self.steps:
            if step.name in seen:
                yield f'two steps are named "{step.name}"; give each step a name of its own'
            seen.add(step.name)

    def _faults_of(self, step: Step) -> Iterator[str]:
        if is_as_an_attempt(step.name):
            yield (
                f'step "{step.name}" is named as a further attempt is; '
                f"write {step.name.replace('#', '-')}"
            )
        if step.name == OF_WHAT_IS_HEARD:
            yield f'step "{step.name}" has a name that the plan needs for itself; choose another'
        if step.after is None:
            if step.within is not None and step.gap is not None and not step.is_chain:
                yield f'step "{step.name}" has both within and gap; keep one of them'
            return
        if step.within is not None:
            yield f'step "{step.name}" has both after and within; use gap instead of within'
        known = self._by_name.get(step.after)
        if known is None:
            yield (
                f'step "{step.name}" comes after "{step.after}", which is no step of this '
                f"cadence; its steps are {', '.join(self._by_name)}"
            )
        elif not known.required:
            yield (
                f'step "{step.name}" comes after "{step.after}", which is optional; '
                "name a required step"
            )
        if self._follows_itself(step):
            yield f'step "{step.name}" follows itself through "{step.after}"; break the circle'

    def _faults_of_chain(self, step: Step) -> Iterator[str]:
        if not step.is_chain:
            return
        if not step.required:
            yield f'step "{step.name}" is a chain and optional; make it required'
        if step.every is not None and step.repeat > 1:
            yield f'step "{step.name}" has both repeat and every; keep one of them'
        if step.every is None and step.gap is None:
            yield f'step "{step.name}" repeats without a gap; write gap = [8, 10, 12], or every = 2'
        for name in self._by_name:
            if self._first_of_chain(name) == step.name:
                yield f'step "{name}" is named as one of the chain of "{step.name}"; rename it'

    def _follows_itself(self, step: Step) -> bool:
        seen = {step.name}
        above = self._by_name.get(step.after) if step.after else None
        while above is not None:
            if above.name in seen:
                return above.name == step.name
            seen.add(above.name)
            above = self._by_name.get(above.after) if above.after else None
        return False


MOST_WEEKS = 104


@frozen(field_transformer=converting)
class Beat:
    """One touch of a rhythm: in its `week`, by the first of `channels` that is possible."""

    week: int = field(validator=[ge(1), le(MOST_WEEKS)])
    channels: tuple[str, ...] = field(converter=_to_channels)
    purpose: str = field(validator=not_empty)

    @channels.validator
    def _some_channel(self, _attribute: object, channels: tuple[str, ...]) -> None:
        if not channels:
            raise ValueError(f"the touch of week {self.week} has no channel")


@frozen(field_transformer=converting)
class Rhythm:
    """Touches that come again every so many `weeks`, counted from the last of the campaign.

    Raises `ValueError` for a touch beyond the last week, and for two in one week.
    """

    name: str = field(validator=not_empty)
    weeks: int = field(validator=[ge(1), le(MOST_WEEKS)])
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
