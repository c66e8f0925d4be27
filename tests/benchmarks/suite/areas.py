"""The fixed drive of a visit: what a model without tours has to reckon with."""

from collections import defaultdict
from statistics import mean

from campaign import Account, Territory
from campaign.geography.travel import drive_minutes
from campaign.model.values import Coordinates, Place

AREA_DEGREES = 0.15
"""The side of an area, some 15 km: the visits of a day lie in one."""
VISITS_A_DAY = 4
"""The visits that share the way to an area and back."""

Area = tuple[int, int]


def fixed_drives(territory: Territory) -> dict[str, int]:
    """Minutes by account id: a share of the round trip to its area, and a leg inside it."""
    areas: dict[Area | None, list[Account]] = defaultdict(list)
    for account in territory.active_accounts:
        areas[_area(account.coordinates)].append(account)
    return {
        account.account_id: minutes
        for accounts in areas.values()
        for minutes in [_minutes(territory, accounts)]
        for account in accounts
    }


def _area(place: Coordinates | None) -> Area | None:
    if place is None:
        return None
    return round(place.latitude / AREA_DEGREES), round(place.longitude / AREA_DEGREES)


def _minutes(territory: Territory, accounts: list[Account]) -> int:
    travel, middle = territory.travel, _middle(accounts)
    trip = 2 * drive_minutes(travel, territory.rep.places[0], middle)
    inside = mean(drive_minutes(travel, middle, account.place) for account in accounts)
    share = max(1, min(VISITS_A_DAY, len(accounts)))
    return round(trip / share + inside) + travel.minutes_per_stop


def _middle(accounts: list[Account]) -> Place:
    places = [account.coordinates for account in accounts]
    known = [place for place in places if place is not None]
    if not known:
        return Place()
    return Place(Coordinates(mean(p.latitude for p in known), mean(p.longitude for p in known)))
