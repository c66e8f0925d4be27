"""From places on the earth to points of a drawing, and the part of the earth that it shows."""

from collections.abc import Sequence
from math import cos, floor, hypot, log10, radians
from statistics import median

from attrs import frozen

from campaign.geography.outlines import Box
from campaign.model.values import Coordinates

WIDTH = 960
KM_OF_A_DEGREE = 111.2
_FLATTEST, _TALLEST = 0.5, 0.75
_MARGIN = 0.07
_LEAST_KM = 12.0
_FAR = 4
_ROUND = 360
_POLE = 89.0
_WIDEST_SCALE = 0.25

Point = tuple[float, float]


@frozen
class MapFrame:
    """A drawing of a part of the earth: equirectangular, true to scale in its middle.

    `middle` is the place in the middle, `scale` the points to a degree of latitude.
    """

    middle: Coordinates
    scale: float
    height: int

    def point(self, east: float, north: float) -> Point:
        """Where a place stands, degrees; right and down from the upper left corner."""
        # x = (lon - lon0) cos(lat0), y = lat - lat0: exact in the middle, and over a territory of
        # a few hundred kilometres no eye sees the difference to a conformal map.
        turned = (east - self.middle.longitude + _ROUND / 2) % _ROUND - _ROUND / 2
        right = WIDTH / 2 + turned * self._narrowing * self.scale
        down = self.height / 2 - (north - self.middle.latitude) * self.scale
        return round(right, 1), round(down, 1)

    def at(self, place: Coordinates) -> Point:
        """Where a place stands."""
        return self.point(place.longitude, place.latitude)

    @property
    def box(self) -> Box:
        """The part of the earth that is shown."""
        east = WIDTH / 2 / self.scale / self._narrowing
        north = self.height / 2 / self.scale
        middle = self.middle
        return Box(
            middle.longitude - east,
            max(-_POLE, middle.latitude - north),
            middle.longitude + east,
            min(_POLE, middle.latitude + north),
        )

    @property
    def half_round(self) -> float:
        """How long half a turn around the earth is in the drawing."""
        return _ROUND / 2 * self._narrowing * self.scale

    @property
    def kilometres(self) -> float:
        """A round length that is at most a quarter of the width."""
        longest = _WIDEST_SCALE * WIDTH / self.scale * KM_OF_A_DEGREE
        power = 10.0 ** floor(log10(longest))
        return power * max(step for step in (1, 2, 5) if step * power <= longest)

    def points_of(self, kilometres: float) -> float:
        """How long a distance is in the drawing."""
        return round(kilometres / KM_OF_A_DEGREE * self.scale, 1)

    @property
    def _narrowing(self) -> float:
        return _narrowing(self.middle.latitude)


def _narrowing(latitude: float) -> float:
    """How much shorter a degree of longitude is than one of latitude."""
    return cos(radians(min(_POLE, abs(latitude))))


def near(places: Sequence[Coordinates]) -> frozenset[Coordinates]:
    """The places that belong together.

    Those farther from their middle than four times the third quartile of all distances are
    most likely mistakes, and would make everything else a speck.
    """
    middle = Coordinates(
        median(place.latitude for place in places), median(place.longitude for place in places)
    )
    distances = {place: _apart(place, middle) for place in places}
    ordered = sorted(distances[place] for place in places)
    limit = max(_LEAST_KM, _FAR * ordered[3 * (len(ordered) - 1) // 4])
    return frozenset(place for place, distance in distances.items() if distance <= limit)


def _apart(one: Coordinates, other: Coordinates) -> float:
    east = abs(one.longitude - other.longitude)
    east = min(east, _ROUND - east) * _narrowing(other.latitude)
    return KM_OF_A_DEGREE * hypot(east, one.latitude - other.latitude)


def frame_of(places: Sequence[Coordinates]) -> MapFrame:
    """The smallest frame that shows some places, with a margin."""
    first = places[0].longitude
    easts = [(p.longitude - first + _ROUND / 2) % _ROUND - _ROUND / 2 for p in places]
    norths = [place.latitude for place in places]
    east = first + (min(easts) + max(easts)) / 2
    middle = Coordinates((min(norths) + max(norths)) / 2, (east + _ROUND / 2) % _ROUND - _ROUND / 2)
    wide, tall = (max(easts) - min(easts)) * _narrowing(middle.latitude), max(norths) - min(norths)
    least = _LEAST_KM / KM_OF_A_DEGREE
    wide, tall = (max(least, side) * (1 + 2 * _MARGIN) for side in (wide, tall))
    height = min(_TALLEST, max(_FLATTEST, tall / wide)) * WIDTH
    return MapFrame(middle, min(WIDTH / wide, height / tall), round(height))
