"""`places.csv`: the places of a territory, to be sent to a routing engine in this order."""

import codecs

from campaign.outputs.lists import render_list
from campaign.touches import Plan

COLUMNS = ("id", "longitude", "latitude")


def render_places(plan: Plan) -> bytes:
    """Home, the bases and the active accounts whose coordinates are known, a row a place."""
    records = [
        {"id": place.name, "longitude": repr(where.longitude), "latitude": repr(where.latitude)}
        for place in plan.territory.places
        for where in (place.coordinates,)
        if where is not None
    ]
    return render_list(records, COLUMNS).removeprefix(codecs.BOM_UTF8)  # engines read it, no Excel
