from math import hypot

import pytest
from attrs import evolve
from handmade import START, campaign, territory
from rows import a_touch

from campaign.geography.outlines import SOURCE
from campaign.geography.travel import kilometres
from campaign.model.accounts import Account
from campaign.model.rep import Rep
from campaign.model.territory import Territory
from campaign.model.values import Coordinates
from campaign.outputs.pages import View
from campaign.outputs.report.territory_map import (
    KM_OF_A_DEGREE,
    MOST,
    WIDTH,
    MapFrame,
    frame_of,
    near,
    territory_map,
    towns,
)
from campaign.touches import Plan

SALEM, BEND = Coordinates(44.94, -123.03), Coordinates(44.06, -121.31)
SUVA, APIA = Coordinates(-18.14, 178.44), Coordinates(-13.83, -171.76)
FRAME = MapFrame(SALEM, 100.0, 600)


def drawn(plan: Plan) -> View:
    drawing: View = territory_map(plan)["drawing"]
    return drawing


def around(*places: Coordinates, home: Coordinates | None = None) -> Plan:
    """A territory with an account at each of some places, none of them touched."""
    accounts = [
        Account(f"A-{at}", f"Account {at}", tier="A", latitude=p.latitude, longitude=p.longitude)
        for at, p in enumerate(places)
    ]
    return Plan(Territory(Rep("Rep", home=home), accounts, start=START), ())


@pytest.mark.parametrize("places", [(SALEM, BEND), (SUVA, APIA), (SALEM,), (APIA, SUVA, SUVA)])
def test_every_place_lies_within_the_frame_with_a_margin(places: tuple[Coordinates, ...]) -> None:
    frame = frame_of(places)
    for place in places:
        right, down = frame.at(place)
        assert 0.05 * WIDTH < right < 0.95 * WIDTH
        assert 0.05 * frame.height < down < 0.95 * frame.height


KOELN, ROSARIO = Coordinates(50.94, 6.96), Coordinates(-32.95, -60.64)
NOME, HOBART = Coordinates(64.5, -165.4), Coordinates(-42.88, 147.33)


@pytest.mark.parametrize("places", [(KOELN, ROSARIO, NOME), (NOME, HOBART), (KOELN, HOBART, SUVA)])
def test_a_territory_over_continents_has_a_scale(places: tuple[Coordinates, ...]) -> None:
    drawing = drawn(around(*places))
    assert 0 < drawing["scale"] <= WIDTH / 4
    frame = frame_of(places)
    assert frame.kilometres >= 500
    assert frame.kilometres * frame.scale / KM_OF_A_DEGREE <= WIDTH / 4


def test_east_is_right_and_north_is_up() -> None:
    frame = frame_of([SALEM, BEND])
    assert frame.at(SALEM)[0] < frame.at(BEND)[0]
    assert frame.at(SALEM)[1] < frame.at(BEND)[1]


def test_the_scale_is_true_to_a_hundredth() -> None:
    frame = frame_of([SALEM, BEND])
    (x, y), (other_x, other_y) = frame.at(SALEM), frame.at(BEND)
    assert hypot(x - other_x, y - other_y) == pytest.approx(
        frame.points_of(kilometres(SALEM, BEND)), rel=0.01
    )
    assert frame.kilometres == 20
    assert frame.points_of(frame.kilometres) <= WIDTH / 4


def test_a_frame_is_neither_flat_nor_tall_nor_tiny() -> None:
    flat = frame_of([Coordinates(45, -123), Coordinates(45, -118)])
    tall = frame_of([Coordinates(42, -123), Coordinates(46, -123)])
    assert (flat.height, tall.height) == (WIDTH // 2, WIDTH * 3 // 4)
    assert frame_of([SALEM]).kilometres == 2


def test_what_is_far_from_all_others_is_left_off() -> None:
    places = [*(Coordinates(45 + at / 100, -123) for at in range(12)), Coordinates(0, 0)]
    assert near(places) == frozenset(places[:-1])
    assert near([SALEM, BEND]) == {SALEM, BEND}
    assert near([SUVA, SUVA, APIA]) == {SUVA}


def test_the_map_names_who_is_too_far_and_counts_who_has_no_place() -> None:
    close = [Coordinates(45 + at / 100, -123) for at in range(12)]
    plan = around(*close, Coordinates(0, 0), home=close[0])
    nowhere = evolve(plan.territory.accounts[0], account_id="N", latitude=None, longitude=None)
    accounts = (*plan.territory.accounts, nowhere)
    drawing = drawn(Plan(evolve(plan.territory, accounts=accounts), ()))
    assert (drawing["far"], drawing["unknown"]) == (["Account 12"], 1)
    assert drawing["home"] == drawing["spots"][0]["point"]


def test_a_territory_without_places_has_no_map_but_may_have_tours() -> None:
    plan = Plan(
        Territory(Rep("Rep"), [Account("A-1", "One", tier="A")], start=START),
        [a_touch("A-1/A-1/go", channel="visit", stop=1, travel_minutes=30, home_minutes=30)],
    )
    found = territory_map(plan)
    assert found["drawing"] is None
    (tour,) = found["tours"]
    assert (tour["names"], tour["line"], tour["driving"]) == (["One"], "", "1 h")


def test_a_tour_leads_from_home_through_its_stops_and_back() -> None:
    found = territory_map(campaign())
    (tour,) = found["tours"]
    assert (tour["title"], tour["month"], tour["anchor"]) == ("Mon 4 Jan", 1, "d20270104")
    assert [number for number, _ in tour["stops"]] == [2]
    drawing = drawn(campaign())
    ends = [",".join(f"{side:g}" for side in drawing["home"] or ())] * 2
    points = tour["line"].split()
    assert [points[0], points[-1]] == ends
    assert len(points) == 3
    assert tour["driving"] == "49 min"


def test_accounts_of_the_first_tier_are_drawn_last_and_untouched_ones_are_told() -> None:
    spots = drawn(campaign())["spots"]
    assert [(spot["tier"], spot["size"], spot["is_touched"]) for spot in spots] == [
        ("B", 1, True),
        ("A", 0, True),
    ]
    assert not drawn(around(SALEM))["spots"][0]["is_touched"]


def test_outlines_are_drawn_where_there_are_any() -> None:
    coast = drawn(around(Coordinates(44.6, -124.05), Coordinates(45.5, -123.96)))
    assert [kind for kind, _ in coast["outlines"]] == ["coast"]
    wide = drawn(around(SALEM, Coordinates(46.6, -120.5), Coordinates(41.5, -124.2)))
    assert [kind for kind, _ in wide["outlines"]] == ["region", "coast"]
    assert wide["source"] == SOURCE
    assert drawn(around(Coordinates(45, -150)))["outlines"] == []


def test_outlines_across_the_date_line_stay_within_reach() -> None:
    drawing = drawn(around(SUVA, Coordinates(-16.5, -179.9)))
    points = [
        tuple(map(float, point.split(",")))
        for _, path in drawing["outlines"]
        for piece in path.split("M")[1:]
        for point in piece.split()
    ]
    assert points
    assert all(-2 * WIDTH < right < 3 * WIDTH for right, _ in points)


def test_towns_with_more_accounts_come_first_and_names_do_not_overlap() -> None:
    places = [("Salem", (100.0, 100.0))] * 3 + [("Keizer", (104.0, 104.0)), ("Bend", (500, 300))]
    assert [town.name for town in towns(places, FRAME)] == ["Salem", "Bend"]


def test_a_name_of_a_town_stands_beside_its_accounts() -> None:
    (town,) = towns([("salem", (100, 100)), ("Salem", (120, 100)), ("Salem", (110, 100))], FRAME)
    assert (town.name, town.point) == ("Salem", (127, 105))


@pytest.mark.parametrize("place", [("", (100, 100)), ("T" * 30, (100, 100)), ("Edge", (950, 100))])
def test_a_name_without_room_is_not_shown(place: tuple[str, tuple[float, float]]) -> None:
    assert towns([place], FRAME) == []


def test_there_are_only_so_many_names_and_fewer_on_a_phone() -> None:
    places = [(f"Town {at}", (40.0 + at % 4 * 200, 30.0 + at // 4 * 25)) for at in range(40)]
    shown = towns(places, FRAME)
    assert len(shown) == MOST
    assert 0 < sum(town.fits_a_phone for town in shown) < MOST


def test_the_home_may_lie_away_from_the_map() -> None:
    close = [Coordinates(45 + at / 100, -123) for at in range(12)]
    assert drawn(around(*close, home=Coordinates(-30, 20)))["home"] is None
    assert drawn(evolve(campaign(), territory=territory()))["home"] is not None
