"""Accounts that are far from wherever the rep starts."""

from campaign.geography.travel import tour
from campaign.model.accounts import Account
from campaign.model.territory import Territory

FAR_MINUTES = 120
"""An account is far from so many minutes there and back on: what a night away has to save."""


def far_accounts(territory: Territory) -> tuple[Account, ...]:
    """The active accounts whose way there and back alone takes two hours, in their order."""
    bases, travel = territory.rep.places, territory.travel
    if all(base.coordinates is None for base in bases):
        return ()
    known = (one for one in territory.active_accounts if one.coordinates is not None)
    return tuple(
        one
        for one in known
        if min(tour(travel, base, [one.place]).minutes for base in bases) >= FAR_MINUTES
    )
