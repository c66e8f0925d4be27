"""The middle of many places, where no home is given."""

from collections.abc import Sequence

from campaign.geography.travel import kilometres
from campaign.model.values import Coordinates


def medoid(places: Sequence[Coordinates]) -> Coordinates | None:
    """The place whose distances to all others sum to the least; the first of equals."""
    if not places:
        return None
    return min(places, key=lambda place: sum(kilometres(place, other) for other in places))
