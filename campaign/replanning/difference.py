"""What a new plan changes of the one before, touch by touch, each change with its cause."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

from attrs import field, frozen

from campaign.answer import Campaign
from campaign.consequences import Begun
from campaign.replanning.because import Because, Cause
from campaign.replanning.causes import Causes
from campaign.replanning.plans import TwoPlans
from campaign.touches import LeftOut, Plan, Status, Touch, attempt


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


def difference(before: Plan, begun: Begun, campaign: Campaign) -> Difference:
    """What a campaign changes of a plan that had begun."""
    return _Comparison(before, begun, campaign).difference()


@frozen(eq=False)
class _Comparison(TwoPlans):
    def difference(self) -> Difference:
        """Every change, the weightiest kind first."""
        order = list(ChangeKind)
        found = [*self._of_rows(), *self._new(), *self._no_place()]
        found.sort(
            key=lambda change: (
                order.index(change.kind),
                change.left_out is None,
                change.date,
                change.touch_id,
            )
        )
        return Difference(self.campaign, self.begun.day, changes=found, stay=self._stay())

    def _of_rows(self) -> Iterator[Change]:
        """What becomes of the rows that were planned until now."""
        for row in self._rows:
            if row.touch_id in self._missed:
                yield self._missed_change(row)
            else:
                yield from self._of_row(row, self._planned.get(row.touch_id))

    def _of_row(self, row: Touch, after: Touch | None) -> Iterator[Change]:
        if after is None:
            left = self._left.get(row.touch_id)
            because = self._causes.dropped(row, left)
            yield Change(
                ChangeKind.DROPPED, row.touch_id, before=row, because=because, left_out=left
            )
        elif (kind := _kind(row, after)) is not None:
            is_retimed = kind is ChangeKind.RETIMED
            because = Because(Cause.NEW_TIMES) if is_retimed else self._causes.moved(row, after)
            by = self._causes.rerouted(row, after) if kind is ChangeKind.MOVED else None
            yield Change(
                kind, row.touch_id, before=row, after=after, because=because, by_because=by
            )

    def _missed_change(self, row: Touch) -> Change:
        owed_id = attempt(row)[0]
        again = self._again.get(owed_id)
        left = self._left_by_owed.get(owed_id) if again is None else None
        because = self._causes.missed(row)
        return Change(
            ChangeKind.MISSED, row.touch_id, before=row, after=again, because=because, left_out=left
        )

    def _new(self) -> Iterator[Change]:
        had = {row.touch_id for row in self.before.touches}
        for touch_id, row in self._planned.items():
            if touch_id not in had and attempt(row)[0] not in self._missed_owed:
                yield Change(ChangeKind.NEW, touch_id, after=row, because=self._causes.new(row))

    def _no_place(self) -> Iterator[Change]:
        """What is owed since, and left out at once."""
        had = {row.touch_id for row in self.before.touches}
        had |= {left.touch_id for left in self.before.left_out}
        for touch_id, left in self._left.items():
            if touch_id not in had and attempt(left)[0] not in self._missed_owed:
                because = Because(Cause.LEFT_OUT, what=left.reason)
                yield Change(ChangeKind.NO_PLACE, touch_id, because=because, left_out=left)

    def _stay(self) -> int:
        stays = (self._planned.get(row.touch_id) for row in self._rows)
        return sum(
            after is not None and (after.date, after.channel) == (row.date, row.channel)
            for row, after in zip(self._rows, stays, strict=True)
        )

    @cached_property
    def _causes(self) -> Causes:
        return Causes(self.before, self.begun, self.campaign)

    @cached_property
    def _rows(self) -> tuple[Touch, ...]:
        """The rows that were planned until now."""
        return tuple(row for row in self.before.touches if row.status is Status.PLANNED)

    @cached_property
    def _planned(self) -> dict[str, Touch]:
        """The rows that are planned from now on, by id."""
        touches = self.campaign.touches
        return {row.touch_id: row for row in touches if row.status is Status.PLANNED}

    @cached_property
    def _again(self) -> dict[str, Touch]:
        """The same by the id of what is owed."""
        return {attempt(row)[0]: row for row in self._planned.values()}

    @cached_property
    def _missed(self) -> frozenset[str]:
        """The ids of the rows that are missed since."""
        planned = {row.touch_id for row in self._rows}
        return frozenset(
            row.touch_id
            for row in self.begun.rows
            if row.status is Status.MISSED and row.touch_id in planned
        )

    @cached_property
    def _missed_owed(self) -> frozenset[str]:
        return frozenset(attempt(row)[0] for row in self._rows if row.touch_id in self._missed)

    @cached_property
    def _left(self) -> dict[str, LeftOut]:
        return {left.touch_id: left for left in self.campaign.left_out}

    @cached_property
    def _left_by_owed(self) -> dict[str, LeftOut]:
        return {attempt(left)[0]: left for left in self._left.values()}


def _kind(before: Touch, after: Touch) -> ChangeKind | None:
    """What has become of a touch that is planned still; None where it stands as it did."""
    if before.date != after.date:
        return ChangeKind.MOVED
    if before.channel != after.channel:
        return ChangeKind.REROUTED
    return ChangeKind.RETIMED if before.start != after.start else None
