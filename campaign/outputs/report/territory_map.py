"""The map of the territory: outlines, accounts, and the tours of the days."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from math import cos, floor, hypot, log10, radians
from statistics import fmean, median

from attrs import frozen

from campaign.geography.outlines import SOURCE, Box, outlines
from campaign.model.values import Coordinates
from campaign.outputs.pages import View
from campaign.outputs.whom import whom_of
from campaign.phrases import minutes_in_words, short_day
from campaign.touches import Plan, Touch

WIDTH = 960
KM_OF_A_DEGREE = 111.2
MOST = 16
"""So many towns are named."""
ON_A_PHONE = 2.3
"""How much larger letters are on a phone, against the drawing."""

# The drawing, in parts of its width: the least and the greatest height, the margin, the scale.
_FLATTEST, _TALLEST, _MARGIN, _WIDEST_SCALE = 0.5, 0.75, 0.07, 0.25
# What is shown at the least; how many times the third quartile of the distances is too far.
_LEAST_KM, _FAR = 12.0, 4
_ROUND, _POLE = 360, 89.0
# Names of towns: the most letters, then points of a letter, a line, the gap before a name; what
# lies so near the middle of its town keeps clear of the name.
_LONGEST = 24
_LETTER, _LINE, _GAP, _TOGETHER = 7.0, 15.0, 7.0, 30
# Marks have so many sizes; outlines are drawn no finer than so many points.
_SIZES, _FINEST = 3, 0.8
_KM_OF_A_MILE = 1.609344

Point = tuple[float, float]


def _turned(degrees: float) -> float:
    """The same longitude, from half a turn west to half a turn east."""
    return (degrees + _ROUND / 2) % _ROUND - _ROUND / 2


def _narrowing(latitude: float) -> float:
    """How much shorter a degree of longitude is than one of latitude."""
    return cos(radians(min(_POLE, abs(latitude))))


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
        turned = _turned(east - self.middle.longitude)
        right = WIDTH / 2 + turned * _narrowing(self.middle.latitude) * self.scale
        down = self.height / 2 - (north - self.middle.latitude) * self.scale
        return round(right, 1), round(down, 1)

    def at(self, place: Coordinates) -> Point:
        """Where a place stands."""
        return self.point(place.longitude, place.latitude)

    @property
    def box(self) -> Box:
        """The part of the earth that is shown."""
        east = WIDTH / 2 / self.scale / _narrowing(self.middle.latitude)
        north, middle = self.height / 2 / self.scale, self.middle
        south, north = max(-_POLE, middle.latitude - north), min(_POLE, middle.latitude + north)
        return Box(middle.longitude - east, south, middle.longitude + east, north)

    @property
    def kilometres(self) -> float:
        """A round length that is at most a quarter of the width."""
        longest = _WIDEST_SCALE * WIDTH / self.scale * KM_OF_A_DEGREE
        power = 10.0 ** floor(log10(longest))
        return power * max(step for step in (1, 2, 5) if step * power <= longest)

    def points_of(self, kilometres: float) -> float:
        """How long so many kilometres are in the drawing."""
        return round(kilometres / KM_OF_A_DEGREE * self.scale, 1)


def near(places: Sequence[Coordinates]) -> frozenset[Coordinates]:
    """The places that belong together.

    Those farther from their middle than four times the third quartile of all distances are
    most likely mistakes, and would make everything else a speck.
    """
    middle = Coordinates(
        median(place.latitude for place in places), median(place.longitude for place in places)
    )
    distances: dict[Coordinates, float] = {}
    for place in places:
        east = abs(place.longitude - middle.longitude)
        east = min(east, _ROUND - east) * _narrowing(middle.latitude)
        distances[place] = KM_OF_A_DEGREE * hypot(east, place.latitude - middle.latitude)
    ordered = sorted(distances[place] for place in places)
    limit = max(_LEAST_KM, _FAR * ordered[3 * (len(ordered) - 1) // 4])
    return frozenset(place for place, distance in distances.items() if distance <= limit)


def frame_of(places: Sequence[Coordinates]) -> MapFrame:
    """The smallest frame that shows some places, with a margin."""
    first = places[0].longitude
    easts = [_turned(place.longitude - first) for place in places]
    norths = [place.latitude for place in places]
    east = first + (min(easts) + max(easts)) / 2
    middle = Coordinates((min(norths) + max(norths)) / 2, _turned(east))
    wide, tall = (max(easts) - min(easts)) * _narrowing(middle.latitude), max(norths) - min(norths)
    least = _LEAST_KM / KM_OF_A_DEGREE
    wide, tall = (max(least, side) * (1 + 2 * _MARGIN) for side in (wide, tall))
    height = min(_TALLEST, max(_FLATTEST, tall / wide)) * WIDTH
    return MapFrame(middle, min(WIDTH / wide, height / tall), round(height))


def anchor(date: dt.date) -> str:
    """The name under which a day is found on the page."""
    return f"d{date:%Y%m%d}"


def territory_map(plan: Plan) -> View:
    """The tours, and the map of the accounts that are worked, None where no place is known."""
    territory = plan.territory
    sizes = {tier.name: min(at, _SIZES - 1) for at, tier in enumerate(territory.tiers)}
    accounts = [account.coordinates for account in territory.active_accounts]
    places = [place for place in (territory.rep.home, *accounts) if place]
    shown = near(places) if places else frozenset()
    frame = frame_of([place for place in places if place in shown]) if shown else None
    return {
        "drawing": _drawing(plan, frame, shown, sizes) if frame else None,
        "tours": list(_tours(plan, frame)),
        "tiers": list(sizes.items()),
    }


def _drawing(
    plan: Plan, frame: MapFrame, shown: frozenset[Coordinates], sizes: dict[str, int]
) -> View:
    """All that is drawn, and what cannot be: places far away, and those nobody knows."""
    home, kilometres = plan.territory.rep.home, frame.kilometres
    accounts = plan.territory.active_accounts
    placed = [(one, place) for one in accounts for place in (one.coordinates,) if place]
    spots = [
        {
            "point": frame.at(place),
            "name": account.name,
            "tier": account.tier,
            "size": sizes[account.tier],
            "is_touched": account.account_id in plan.by_account,
        }
        for account, place in sorted(placed, key=lambda pair: -sizes[pair[0].tier])
    ]
    inside = ((account.city, frame.at(place)) for account, place in placed if place in shown)
    return {
        "width": WIDTH,
        "height": frame.height,
        "outlines": list(_outlines(frame)),
        "spots": spots,
        "towns": towns(inside, frame),
        "home": frame.at(home) if home and home in shown else None,
        "scale": frame.points_of(kilometres),
        "scale_words": f"{kilometres:g} km ({kilometres / _KM_OF_A_MILE:.2g} mi)",
        "far": [account.name for account, place in placed if place not in shown],
        "unknown": len(accounts) - len(placed),
        "source": SOURCE,
    }


@frozen
class MapTown:
    """A name to the right of its accounts; not all that fit a page fit a phone."""

    name: str
    point: Point
    fits_a_phone: bool = False

    def has_room(self, others: Iterable["MapTown"], frame: MapFrame, size: float) -> bool:
        """Whether it lies in the frame and covers none of the others, in letters of a size."""
        (left, down), line = self.point, _LINE * size
        right = left + _LETTER * len(self.name) * size
        if right > WIDTH or not line <= down <= frame.height - line:
            return False
        for other in others:
            other_left, other_down = other.point
            other_right = other_left + _LETTER * len(other.name) * size
            if left <= other_right and other_left <= right and abs(down - other_down) < line:
                return False
        return True


def towns(places: Iterable[tuple[str, Point]], frame: MapFrame) -> list[MapTown]:
    """The towns with the most accounts whose names do not cover one another."""
    found: dict[str, list[tuple[str, Point]]] = {}
    for city, point in places:
        name = " ".join(city.split())
        if name and len(name) <= _LONGEST:
            found.setdefault(name.casefold(), []).append((name, point))
    shown: list[MapTown] = []
    for _, same in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        name = Counter(name for name, _ in same).most_common(1)[0][0]
        middle, down = (fmean(point[axis] for _, point in same) for axis in (0, 1))
        rights = [right for _, (right, _) in same if abs(right - middle) <= _TOGETHER]
        right = max(rights, default=middle)
        town = MapTown(name, (round(right + _GAP, 1), round(down + _LINE / 3, 1)))
        if len(shown) < MOST and town.has_room(shown, frame, 1.0):
            on_phones = [other for other in shown if other.fits_a_phone]
            fits = town.has_room(on_phones, frame, ON_A_PHONE)
            shown.append(MapTown(name, town.point, fits))
    return shown


def _outlines(frame: MapFrame) -> Iterator[tuple[str, str]]:
    """The outlines as paths, one of each kind."""
    found: dict[str, str] = {"region": "", "border": "", "coast": ""}
    for outline in outlines(frame.box):
        points = [frame.point(east, north) for east, north in outline.points]
        # Points that nobody could tell from the one before are left out.
        kept = [points[0]]
        for right, down in points[1:-1]:
            if max(abs(right - kept[-1][0]), abs(down - kept[-1][1])) >= _FINEST:
                kept.append((right, down))
        pieces = _visible([*kept, points[-1]], frame)
        found[outline.kind] += "".join(f"M{_line(piece)}" for piece in pieces)
    yield from ((kind, path) for kind, path in found.items() if path)


def _visible(points: Sequence[Point], frame: MapFrame) -> Iterator[list[Point]]:
    """The pieces of a line whose stretches may cross the drawing."""
    half_round = _ROUND / 2 * _narrowing(frame.middle.latitude) * frame.scale
    piece: list[Point] = []
    for start, end in pairwise(points):
        (left, right), (top, foot) = (sorted(side) for side in zip(start, end, strict=True))
        beside = right < 0 or left > WIDTH or foot < 0 or top > frame.height
        # what goes half around the earth was parted by the far side of the globe
        if beside or right - left > half_round:
            if piece:
                yield piece
            piece = []
        else:
            piece = [*(piece or [start]), end]
    if piece:
        yield piece


def _line(points: Iterable[Point]) -> str:
    return " ".join(f"{right:g},{down:g}" for right, down in points)


def _tours(plan: Plan, frame: MapFrame | None) -> Iterator[View]:
    """The visits of each day: the line from start to end, and its stops in their order."""
    for date, touches in plan.by_date.items():
        visits = sorted((touch for touch in touches if touch.stop), key=lambda t: t.stop)
        if visits:
            stops = [next(same) for _, same in groupby(visits, lambda touch: touch.account_id)]
            driving = sum(touch.travel_minutes + touch.home_minutes for touch in visits)
            placed = [
                (at, where) for at, touch in enumerate(stops, 1) for where in _at(plan, touch)
            ]
            numbered = [(at, frame.at(where)) for at, where in placed] if frame else []
            start, end = ([place.coordinates] for place in plan.tour_ends(date))
            ways = (*start, *(where for _, where in placed), *end)
            line = _line(frame.at(where) for where in ways if where) if frame and placed else ""
            yield {
                "anchor": anchor(date),
                "title": short_day(date),
                "month": plan.territory.calendar.month(date),
                "line": line,
                "stops": numbered,
                "names": [whom_of(plan, touch).called for touch in stops],
                "driving": minutes_in_words(driving),
            }


def _at(plan: Plan, touch: Touch) -> tuple[Coordinates, ...]:
    """Where an account is, as far as that is known."""
    account = whom_of(plan, touch).account
    return (account.coordinates,) if account and account.coordinates else ()
