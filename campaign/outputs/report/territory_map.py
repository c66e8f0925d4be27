"""The map of the territory: outlines, accounts, and the tours of the days."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import fmean

from attrs import evolve, frozen

from campaign.geography.outlines import SOURCE, outlines
from campaign.model.values import Coordinates, Place
from campaign.outputs.report.map_frame import WIDTH, MapFrame, Point, frame_of, near
from campaign.outputs.report.weeks import anchor
from campaign.outputs.whom import whom_of
from campaign.phrases import minutes_in_words, short_day
from campaign.touches import Plan, Touch

MOST = 16
ON_A_PHONE = 2.3
"""How much larger letters are on a phone, against the drawing."""

_LONGEST = 24
_LETTER, _LINE, _GAP = 7.0, 15.0, 7.0
_TOGETHER = 30


@frozen
class MapTown:
    """A name beside its accounts; not all that fit a page fit a phone."""

    name: str
    point: Point
    fits_a_phone: bool


def towns(places: Iterable[tuple[str, Point]], frame: MapFrame) -> tuple[MapTown, ...]:
    """The towns with the most accounts whose names do not cover one another."""
    found: dict[str, list[tuple[str, Point]]] = {}
    for city, point in places:
        name = " ".join(city.split())
        if name and len(name) <= _LONGEST:
            found.setdefault(name.casefold(), []).append((name, point))
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    shown: list[MapTown] = []
    for town in (_town(same) for _, same in ordered):
        if len(shown) < MOST and _has_room(town, shown, frame, 1.0):
            on_phones = [other for other in shown if other.fits_a_phone]
            fits = _has_room(town, on_phones, frame, ON_A_PHONE)
            shown.append(evolve(town, fits_a_phone=fits))
    return tuple(shown)


def _town(same: Sequence[tuple[str, Point]]) -> MapTown:
    """A town whose name stands to the right of the accounts in its middle."""
    name = Counter(name for name, _ in same).most_common(1)[0][0]
    middle, down = (fmean(point[axis] for _, point in same) for axis in (0, 1))
    rights = [right for _, (right, _) in same if abs(right - middle) <= _TOGETHER]
    right = max(rights, default=middle)
    return MapTown(name, (round(right + _GAP, 1), round(down + _LINE / 3, 1)), fits_a_phone=True)


def _has_room(town: MapTown, others: Iterable[MapTown], frame: MapFrame, size: float) -> bool:
    right, down = town.point
    line = _LINE * size
    inside = right + _length(town) * size <= WIDTH and line <= down <= frame.height - line
    return inside and not any(_overlap(town, other, size) for other in others)


def _overlap(one: MapTown, other: MapTown, size: float) -> bool:
    (left, down), (other_left, other_down) = one.point, other.point
    apart = left > other_left + _length(other) * size or other_left > left + _length(one) * size
    return not apart and abs(down - other_down) < _LINE * size


def _length(town: MapTown) -> float:
    return _LETTER * len(town.name)


SIZES = 3
_FINEST = 0.8
_MILES = 1.609344


@frozen
class MapSpot:
    """An account on the map; `size` is 0 for the first tier and 2 for the third and below."""

    point: Point
    name: str
    tier: str
    size: int
    is_touched: bool


@frozen
class MapTour:
    """The visits of a day: the line from start to end, and its stops in their order."""

    anchor: str
    title: str
    month: int
    line: str
    stops: tuple[tuple[int, Point], ...]
    names: tuple[str, ...]
    driving: str


@frozen
class Map:
    """All that is drawn, and what cannot be: places far away, and those nobody knows."""

    width: int
    height: int
    outlines: tuple[tuple[str, str], ...]
    spots: tuple[MapSpot, ...]
    towns: tuple[MapTown, ...]
    home: Point | None
    scale: float
    scale_words: str
    far: tuple[str, ...]
    unknown: int
    source: str


@frozen
class TerritoryMap:
    """The tours, and the map where any place is known."""

    drawing: Map | None
    tours: tuple[MapTour, ...]
    tiers: tuple[tuple[str, int], ...]


def territory_map(plan: Plan) -> TerritoryMap:
    """The map of the accounts that are worked."""
    accounts = [account.coordinates for account in plan.territory.active_accounts]
    places = [place for place in (plan.territory.rep.home, *accounts) if place]
    shown = near(places) if places else frozenset()
    frame = frame_of([place for place in places if place in shown]) if shown else None
    return TerritoryMap(
        _map(plan, frame, shown) if frame else None,
        tuple(_tours(plan, frame)),
        tuple((tier.name, _size(at)) for at, tier in enumerate(plan.territory.tiers)),
    )


def _map(plan: Plan, frame: MapFrame, shown: frozenset[Coordinates]) -> Map:
    home, kilometres = plan.territory.rep.home, frame.kilometres
    accounts = plan.territory.active_accounts
    placed = [(account, account.coordinates) for account in accounts]
    inside = [(account, place) for account, place in placed if place in shown]
    return Map(
        WIDTH,
        frame.height,
        tuple(_outlines(frame)),
        tuple(_spots(plan, frame)),
        towns([(account.city, frame.at(place)) for account, place in inside if place], frame),
        frame.at(home) if home in shown and home else None,
        frame.points_of(kilometres),
        f"{kilometres:g} km ({kilometres / _MILES:.2g} mi)",
        tuple(account.name for account, place in placed if place and place not in shown),
        sum(place is None for _, place in placed),
        SOURCE,
    )


def _spots(plan: Plan, frame: MapFrame) -> Iterator[MapSpot]:
    sizes = {tier.name: _size(at) for at, tier in enumerate(plan.territory.tiers)}
    for account in sorted(plan.territory.active_accounts, key=lambda a: -sizes[a.tier]):
        if account.coordinates:
            yield MapSpot(
                frame.at(account.coordinates),
                account.name,
                account.tier,
                sizes[account.tier],
                account.account_id in plan.by_account,
            )


def _size(place: int) -> int:
    return min(place, SIZES - 1)


def _outlines(frame: MapFrame) -> Iterator[tuple[str, str]]:
    """The outlines as paths, one of each kind."""
    found: dict[str, list[str]] = {"region": [], "border": [], "coast": []}
    for outline in outlines(frame.box):
        points = [frame.point(east, north) for east, north in outline.points]
        found[outline.kind] += map(_path, _visible(_coarse(points), frame))
    for kind, paths in found.items():
        if paths:
            yield kind, "".join(paths)


def _coarse(points: Sequence[Point]) -> list[Point]:
    """The line without points that nobody could tell from the one before."""
    kept = [points[0]]
    for point in points[1:-1]:
        if max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= _FINEST:
            kept.append(point)
    return [*kept, points[-1]]


def _visible(points: Sequence[Point], frame: MapFrame) -> Iterator[list[Point]]:
    """The pieces of a line whose stretches may cross the drawing."""
    piece: list[Point] = []
    for start, end in pairwise(points):
        (left, right), (top, foot) = (sorted(side) for side in zip(start, end, strict=True))
        beside = right < 0 or left > WIDTH or foot < 0 or top > frame.height
        # what goes half around the earth was parted by the far side of the globe
        if beside or right - left > frame.half_round:
            if piece:
                yield piece
            piece = []
        else:
            piece = [*(piece or [start]), end]
    if piece:
        yield piece


def _path(points: Sequence[Point]) -> str:
    return f"M{' '.join(f'{x:g},{y:g}' for x, y in points)}"


def _tours(plan: Plan, frame: MapFrame | None) -> Iterator[MapTour]:
    for date, touches in plan.by_date.items():
        visits = sorted((touch for touch in touches if touch.stop), key=lambda t: t.stop)
        if visits:
            stops = [next(same) for _, same in groupby(visits, lambda touch: touch.account_id)]
            driving = sum(touch.travel_minutes + touch.home_minutes for touch in visits)
            points = list(_stops(plan, stops, frame)) if frame else []
            yield MapTour(
                anchor(date),
                short_day(date),
                plan.territory.calendar.month(date),
                _line(plan.tour_ends(date), points, frame) if frame and points else "",
                tuple(points),
                tuple(_name(plan, touch) for touch in stops),
                minutes_in_words(driving),
            )


def _stops(plan: Plan, visits: Sequence[Touch], frame: MapFrame) -> Iterator[tuple[int, Point]]:
    for number, touch in enumerate(visits, 1):
        account = whom_of(plan, touch).account
        if account and account.coordinates:
            yield number, frame.at(account.coordinates)


def _line(ends: Sequence[Place], stops: Sequence[tuple[int, Point]], frame: MapFrame) -> str:
    """The line of a tour from its start to its end, as far as these are known."""
    where = [place.coordinates for place in ends]
    start, end = ([frame.at(place)] if place else [] for place in where)
    points = [*start, *(point for _, point in stops), *end]
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _name(plan: Plan, touch: Touch) -> str:
    return whom_of(plan, touch).called
