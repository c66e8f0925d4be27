"""What lateness, second choices, moves and the shape of the weeks count: the rates of the levels.

`Service` are the rates of what the customer notices, in weighted late days, `Comfort` those of
what the rep notices, in minutes. Both are data (`[service]`, `[comfort]` in campaign.toml). The
defaults are ours; docs/reference/rules.md tells why they are what they are.
"""

from attrs import field, frozen

from campaign.model.given import Between, Rising, converting, whole

STEEPER_FROM = (6, 16)
"""The business days late from which the second and the third rate of `late` count."""
FULL_WEEK = 1.3
"""How many times its even share a week holds before its minutes count at the second rate."""
THOUSANDTHS = 1_000
CALL_FOR_VISIT = 5
"""Business days late that a call counts in place of a visit that could open a grievance."""
NEAR_DAYS = 14
"""Days from that of a re-plan in which a move counts as near."""

_RATE, _LATE_DAYS = Between(0, 1000, like=1), whole("late days", 3)


@frozen(field_transformer=converting, kw_only=True)
class Service:
    """The rates of the level `service`, in late days of an account of a weight of 1.

    `late` is a business day late: up to the fifth, from the sixth, from the sixteenth on, none
    less than the one before. `second_choice` is a later channel of a step where an earlier one was
    open, `optional` an optional touch left out. `move_near`, `move_later` and `move_told` are
    moves of touches that could have stayed when re-planning: within two weeks, later, and of a
    day that was told to the customer.
    """

    late: tuple[int, ...] = field(
        default=(1, 2, 3),
        converter=tuple[int, ...],
        validator=Rising(3, "late days", whole("late days", 1), "[1, 2, 3]"),
    )
    second_choice: int = field(default=10, validator=whole("late days", 10))
    optional: int = field(default=5, validator=whole("late days", 5))
    move_near: int = field(default=3, validator=_LATE_DAYS)
    move_later: int = field(default=1, validator=_LATE_DAYS)
    move_told: int = field(default=30, validator=_LATE_DAYS)

    def of_late(self, days: int) -> int:
        """What so many business days late count, for a weight of 1; 0 for none or fewer."""
        first, second = STEEPER_FROM
        shares = min(days, first - 1), min(days, second - 1) - first + 1, days - second + 1
        return sum(rate * max(0, share) for rate, share in zip(self.late, shares, strict=True))


@frozen(field_transformer=converting, kw_only=True)
class Comfort:
    """The rates of the level `comfort`, in minutes that a rep would give for a better shape.

    `drive` is a minute of driving; `uneven` a minute of a week above its even share, and above
    1.3 times it; `off_ideal` a business day from a touch's ideal day, times the account's weight;
    `write`, `call` and `visit` a day on which this kind of work is done at all; `early` a business
    day by which a promise reaches the customer less early than wished.
    """

    drive: float = field(default=1.0, validator=Between(0, 1000, like=1.0))
    uneven: tuple[float, ...] = field(
        default=(0.5, 1.0),
        converter=tuple[float, ...],
        validator=Rising(2, "minutes", _RATE, "[0.5, 1.0]"),
    )
    off_ideal: float = field(default=0.3, validator=Between(0, 1000, like=0.3))
    write: float = field(default=10.0, validator=Between(0, 1000, like=10))
    call: float = field(default=5.0, validator=Between(0, 1000, like=5))
    visit: float = field(default=20.0, validator=Between(0, 1000, like=20))
    early: float = field(default=30.0, validator=Between(0, 1000, like=30))

    def of_week(self, minutes: int, share: int) -> int:
        """What the minutes of a week count for unevenness, in thousandths of a minute."""
        full = int(share * FULL_WEEK)
        low, high = map(thousandths, self.uneven)
        return low * max(0, minutes - share) + (high - low) * max(0, minutes - full)


def thousandths(rate: float) -> int:
    """A rate in thousandths, whole: so that sums are the same in whatever order."""
    return round(rate * THOUSANDTHS)
