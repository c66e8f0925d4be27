"""Accounts to which the straight line crosses the sea: their drives are reckoned too short."""

from collections.abc import Iterator

from campaign.errors import Finding, Severity
from campaign.geography.seas import coasts_around
from campaign.model.territory import Territory

_MOST_NAMED = 3


def over_the_sea(territory: Territory, file: str) -> Iterator[Finding]:
    """One notice on all active accounts to which the line from home crosses the sea."""
    home = territory.rep.home
    places = {
        each.coordinates: each for each in territory.accounts if each.is_active and each.coordinates
    }
    if home is None or not places:
        return
    coasts = coasts_around(home)
    beyond = {place for place in places if place and coasts.lie_between(place)}
    names = [
        each.name for each in territory.accounts if each.is_active and each.coordinates in beyond
    ]
    if names:
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        yield Finding(
            file,
            f"the straight line from home crosses the sea to {len(names)} of the accounts: "
            f"{', '.join(names[:_MOST_NAMED])}{more}",
            remedy="their drives are reckoned as if there were a bridge; where there is none, "
            "plan nights away, another base, or calls",
            column="latitude",
            severity=Severity.NOTICE,
        )
