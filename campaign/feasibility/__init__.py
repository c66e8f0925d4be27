"""Hours needed against hours available, before any date is set, and what would mend it."""

from attrs import evolve

from campaign.demand import demand
from campaign.feasibility.books import TRAVEL_A_VISIT, Books
from campaign.feasibility.hours_needed import ChannelUse, Feasibility, Repair, RepairCode, Week
from campaign.model.territory import Territory

__all__ = [
    "TRAVEL_A_VISIT",
    "ChannelUse",
    "Feasibility",
    "Repair",
    "RepairCode",
    "Week",
    "feasibility",
]


def feasibility(territory: Territory) -> Feasibility:
    """Reckon a territory's hours: each touch by its first allowed channel, 25 minutes a drive.

    Repairs are given where the load is above 0.85, each reckoned anew from what is owed.
    """
    books = Books(territory, demand(territory).owed)
    found = Feasibility(
        len(territory.active_accounts),
        books.needed,
        available=books.available,
        weeks=tuple(books.weeks()),
        channels=tuple(books.channels()),
    )
    return evolve(found, repairs=books.repairs()) if found.is_tight else found
