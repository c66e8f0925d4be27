"""Whether a straight line crosses the sea, by the coasts that ship."""

import pytest

from campaign.geography.outlines import Coasts
from campaign.model.values import Coordinates


@pytest.mark.parametrize(
    ("home", "place", "crosses"),
    [
        ((50.80, -1.09), (50.70, -1.29), True),  # Portsmouth, Newport on the Isle of Wight
        ((50.80, -1.09), (50.91, -1.40), False),  # Southampton
        ((39.57, 2.65), (38.91, 1.43), True),  # Palma, Ibiza
        ((39.57, 2.65), (39.70, 3.10), False),  # Petra, on the same island
        ((-36.85, 174.76), (-36.79, 175.10), True),  # Auckland, Waiheke
        ((53.35, -6.26), (52.26, -7.10), False),  # Dublin, Waterford
        ((53.35, -6.26), (53.30, -4.60), True),  # Holyhead
        ((52.52, 13.40), (53.55, 10.00), False),  # Berlin, Hamburg
        ((44.94, -123.03), (44.05, -123.09), False),  # Salem, Eugene
        ((43.30, 5.37), (43.70, 7.26), False),  # Marseille, Nice: along the coast
        ((44.40, 8.95), (44.10, 9.82), False),  # Genoa, La Spezia
        ((54.32, 10.14), (54.41, 10.23), False),  # Kiel, Laboe: the length of a fjord
        ((47.61, -122.33), (47.25, -122.44), False),  # Seattle, Tacoma
        ((47.61, -122.33), (47.57, -122.63), True),  # Seattle, Bremerton: round the whole sound
        ((37.77, -122.42), (37.34, -121.89), False),  # San Francisco, San Jose
        ((50.80, -1.09), (50.82, -0.14), False),  # Portsmouth, Brighton
        ((43.37, -124.22), (43.98, -124.10), False),  # Coos Bay, Florence
        ((55.68, 12.57), (55.60, 13.00), True),  # Copenhagen, Malmö
        ((41.31, -72.93), (40.95, -73.07), True),  # New Haven, Port Jefferson
        ((50.80, -1.09), (40.71, -74.01), False),  # too far to be driven at all
        ((-16.8, 179.9), (-16.8, -179.9), False),  # the date line
    ],
)
def test_a_line_crosses_the_sea(
    home: tuple[float, float],
    place: tuple[float, float],
    crosses: bool,  # noqa: FBT001 (a column)
) -> None:
    assert Coasts(Coordinates(*home)).lie_between(Coordinates(*place)) is crosses
