"""Team Orienteering: what is asked, and what the search answers."""

from collections.abc import Callable
from itertools import chain
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings
from orienteering import driven, greatest_score, instances

from campaign.planner.orienteering import Orienteering, Tours, solve
from campaign.planner.orienteering.ground import TABLE_POINTS, ground_of
from campaign.planner.orienteering.ruin import SHARES, Ruin, some
from campaign.planner.orienteering.standing import bare

QUICK = 200
CROSS = Orienteering(
    ((0.0, 0.0), (0.0, 3.0), (3.0, 0.0), (0.0, -3.0), (-3.0, 0.0)),
    (0, 4, 3, 2, 1),
    start=0,
    end=0,
    tours=2,
    longest=6.0,
)


def scattered(count: int, *, tours: int, longest: float, seed: int = 5) -> Orienteering:
    """Points and scores by lot in a square with sides of ten."""
    rng = Random(seed)
    points = tuple((rng.uniform(0, 10), rng.uniform(0, 10)) for _ in range(count))
    scores = tuple(rng.randrange(1, 10) for _ in range(count))
    return Orienteering(points, scores, start=0, end=1, tours=tours, longest=longest)


def test_each_tour_takes_the_best_point_that_its_length_allows() -> None:
    found = solve(CROSS, effort=QUICK)
    assert sorted(found.routes) == [(1,), (2,)]
    assert (found.score, found.length) == (7, 12.0)


def test_a_tour_exactly_as_long_as_allowed_fits_and_a_longer_one_does_not() -> None:
    assert solve(evolve(CROSS, longest=5.999), effort=QUICK) == Tours(((), ()), 0, 0.0)


def test_a_tour_without_points_is_not_driven() -> None:
    apart = evolve(CROSS, scores=(0, 1, 0, 0, 0), end=3, longest=50.0)
    found = solve(apart, effort=QUICK)
    assert sorted(found.routes) == [(), (1,)]
    assert found.length == pytest.approx(9.0)


def test_start_and_end_are_not_collected() -> None:
    assert solve(evolve(CROSS, start=1, end=2, longest=5.0), effort=QUICK).score == 0


def test_no_tours_collect_nothing() -> None:
    assert solve(evolve(CROSS, tours=0), effort=QUICK) == Tours((), 0, 0.0)


def test_without_effort_the_tours_are_still_filled() -> None:
    assert solve(CROSS, effort=0).score == 7


@settings(deadline=None, max_examples=40)
@given(instances())
def test_every_answer_keeps_to_the_question(instance: Orienteering) -> None:
    found = solve(instance, effort=QUICK)
    visited = list(chain.from_iterable(found.routes))
    assert len(found.routes) == instance.tours
    assert len(visited) == len(set(visited))
    assert not {instance.start, instance.end} & set(visited)
    assert all(driven(instance, route) <= instance.longest for route in found.routes if route)
    assert found.score == sum(instance.scores[point] for point in visited)
    lengths = [driven(instance, route) for route in found.routes if route]
    assert found.length == pytest.approx(sum(lengths))


@settings(deadline=None, max_examples=15)
@given(instances(most=6).filter(lambda instance: instance.tours < 3))
def test_a_small_instance_is_solved_as_well_as_by_trying_everything(
    instance: Orienteering,
) -> None:
    assert solve(instance, effort=1_000).score == greatest_score(instance)


@pytest.mark.parametrize("tours", [1, 2])
def test_scattered_points_are_collected_as_well_as_by_trying_everything(tours: int) -> None:
    instance = scattered(8, tours=tours, longest=16.0)
    assert solve(instance, effort=1_000).score == greatest_score(instance)


def test_the_same_question_has_the_same_answer() -> None:
    instance = scattered(30, tours=3, longest=15.0)
    assert solve(instance, effort=2_000) == solve(instance, effort=2_000)


def test_more_effort_collects_more() -> None:
    instance = scattered(40, tours=2, longest=20.0)
    assert solve(instance, effort=4_000).score > solve(instance, effort=0).score


def test_the_search_ends_when_all_is_collected() -> None:
    instance = scattered(30, tours=2, longest=200.0)
    assert solve(instance, effort=10**9).score == sum(instance.scores[2:])


def test_points_out_of_reach_or_without_a_score_are_not_looked_at() -> None:
    ground = ground_of(evolve(CROSS, scores=(0, 4, 0, 2, 1), longest=6.5))
    assert ground.points == (0, 0, 1, 3, 4)
    assert ground_of(evolve(CROSS, longest=5.0)).points == (0, 0)


def test_detours_are_the_same_with_a_table_and_without() -> None:
    small = scattered(20, tours=1, longest=99.0)
    far = ((1e6, 1e6),) * TABLE_POINTS
    large = evolve(
        small,
        points=small.points + far,
        scores=small.scores + (1,) * TABLE_POINTS,
        longest=1e8,
    )
    route = [0, 7, 3, 12, 1]
    without = ground_of(large).detours(route)[:, :20]
    assert ground_of(small).detours(route) == pytest.approx(without)


@pytest.mark.parametrize("ruin", SHARES)
def test_each_ruin_takes_out_visited_points_about_as_many_as_asked(ruin: Ruin) -> None:
    ground = ground_of(scattered(40, tours=3, longest=15.0))
    standing = bare(ground)
    standing.settle(ground.worth)
    rng = Random(1)
    for size in (1, 3, 8):
        gone = ruin(standing, rng, size)
        assert gone <= set(standing.inside)
        assert 0 < len(gone) <= size + len(standing.routes)


def test_nothing_is_taken_from_empty_tours() -> None:
    rng = Random(1)
    assert some(bare(ground_of(CROSS)), rng) == set()


@pytest.mark.parametrize(
    ("contradiction", "message"),
    [
        (lambda: evolve(CROSS, scores=(1, 2)), "5 points need as many scores, not 2"),
        (lambda: evolve(CROSS, start=5), "start is a point from 0 to 4: 5"),
        (lambda: evolve(CROSS, end=-1), "end is a point from 0 to 4: -1"),
        (lambda: evolve(CROSS, tours=-1), "tours is 0 or more: -1"),
        (lambda: evolve(CROSS, longest=float("nan")), "longest is 0 or more: nan"),
    ],
)
def test_a_question_that_contradicts_itself_is_refused(
    contradiction: Callable[[], Orienteering], message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        contradiction()
