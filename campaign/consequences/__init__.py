"""What follows from what was logged: worked out on reading, never stored.

`consequences` takes a territory and the rows of its plan and gives what is owed now: further
attempts, closed channels, waits, pauses, recoveries, who is never touched again. What a
territory can say of itself, `territory_after` puts there, so that demand, planner and rules
need to know no more. What it cannot say, `rows_owed` gives as rows that are still to be planned,
and `hold` as the reason why a planned row has to wait. `begun` is the whole of a plan on a
day on which it is planned anew.
"""

from campaign.consequences.begun import (
    FREEZE,
    Begun,
    begun,
    rows_owed,
    territory_after,
    territory_now,
    with_lived,
)
from campaign.consequences.follow_ups import Attempt, Closed, Consequences, Hold, HoldReason
from campaign.consequences.from_rows import consequences

__all__ = [
    "FREEZE",
    "Attempt",
    "Begun",
    "Closed",
    "Consequences",
    "Hold",
    "HoldReason",
    "begun",
    "consequences",
    "rows_owed",
    "territory_after",
    "territory_now",
    "with_lived",
]
