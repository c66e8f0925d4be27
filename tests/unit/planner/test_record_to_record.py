"""Shorter drives for a finished plan: visits move together, no level before gets worse."""

import pytest
from small import small

from campaign.model.accounts import Account
from campaign.model.rep import Capacity
from campaign.model.territory import Territory
from campaign.planner.improvement.record_to_record import RecordToRecord, shorten
from campaign.planner.improvement.ruin_recreate import RuinAndRecreate
from campaign.planner.insertion import Insertion, fill
from campaign.planner.problem.problem import problem_of
from campaign.planner.solution.solution import Prices, Solution

HOME = (44.94, -123.03)


def towns(count: int, *, minutes_per_week: int = 2_000) -> Territory:
    """So many accounts with a visit each, by turns in one of two towns, 45 km north and south."""
    return small(
        *(
            Account(
                f"A-{n}",
                f"Account {n}",
                tier="B",
                latitude=HOME[0] + (0.4 if n % 2 else -0.4),
                longitude=HOME[1] + n / 500,
                visit_hours="Mon-Fri 09:00-12:00" if n == 1 else None,
            )
            for n in range(count)
        ),
        capacity=Capacity(minutes_per_day=400, minutes_per_week=minutes_per_week, ramp=()),
    )


def scattered(territory: Territory) -> Solution:
    """A plan that sends the rep to each account on a day of its own, as far as it can."""
    solution = Solution(problem_of(territory))
    for account in range(len(territory.accounts)):
        idle = [day for day, stops in enumerate(solution.resources.stops) if not stops]
        Insertion(solution, account, Prices.towards(solution.problem, idle, 2e-6)).insert()
    return solution


def shortened(solution: Solution, effort: int = 1_000) -> Solution:
    improver = RuinAndRecreate(solution, frozenset())
    shorten(improver, range(len(solution.problem.works)), effort, lambda *_: None)
    return improver.best


def visited_days(solution: Solution) -> list[tuple[int, ...]]:
    return [tuple(sorted(stops)) for stops in solution.resources.stops if stops]


def test_visits_to_one_town_come_to_share_a_day() -> None:
    before = scattered(towns(6))
    after = shortened(before)
    assert sorted(visited_days(after)) == [(0, 2, 4), (1, 3, 5)]
    assert after.score[:5] >= before.score[:5]
    assert after.fits


@pytest.mark.parametrize("minutes_per_week", [2_000, 160])
def test_no_level_before_travel_gets_worse(minutes_per_week: int) -> None:
    problem = problem_of(towns(9, minutes_per_week=minutes_per_week))
    before = Solution(problem)
    fill(before, range(9), Prices.flat(problem))
    after = shortened(before)
    assert after.score >= before.score
    assert after.score[:5] >= before.score[:5]
    assert after.resources.travel <= before.resources.travel
    assert after.fits


def test_the_same_plan_comes_out_every_time() -> None:
    first, second = (shortened(scattered(towns(6)), 300).placements for _ in range(2))
    assert first == second


def test_more_effort_never_makes_the_drives_longer_than_they_were() -> None:
    before = scattered(towns(7))
    travel = [shortened(before, effort).resources.travel for effort in (0, 20, 200)]
    assert max(travel) <= before.resources.travel
    assert travel[0] == before.resources.travel


def test_a_plan_without_visits_stays_as_it_is() -> None:
    account = Account("A-1", "Cascade Dental", tier="C")
    solution = Solution(problem_of(small(account)))
    Insertion(solution, 0, Prices.flat(solution.problem)).insert()
    assert not RecordToRecord(solution, [0]).visited
    assert shortened(solution) is solution


def test_only_a_branch_of_an_account_is_taken_out() -> None:
    solution = scattered(towns(1))
    work, jobs = solution.problem.works[0], solution.problem.jobs
    visit = next(p for p in solution.placements[0] if jobs[p.job].ways[p.way].travels)
    gone = work.branch(visit.job)
    names = {number: solution.problem.demand.owed[number].step.name for number in work.jobs}
    assert {names[number] for number in gone} == {"visit", "thanks", "news", "review"}
    solution.remove(0, gone)
    assert [names[p.job] for p in solution.placements[0]] == ["hello", "call"]
    assert solution.resources.travel == 0
