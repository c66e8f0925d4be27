"""The search as a whole: effort, progress, interrupts."""

import random
from collections.abc import Sequence

import pytest
from attrs import evolve
from small import small

from campaign.model.accounts import Account, Relationship
from campaign.model.rep import Capacity
from campaign.model.territory import Territory
from campaign.planner import EFFORTS, Progress
from campaign.planner.bounds import with_bounds
from campaign.planner.improvement.ruin_recreate import RuinAndRecreate
from campaign.planner.mandatory import with_mandatory
from campaign.planner.problem.problem import problem_of
from campaign.planner.progress import effort_of
from campaign.planner.search import search
from campaign.planner.solution.solution import Incumbent
from campaign.planning import plan
from campaign.touches import Level

pytestmark = pytest.mark.no_cover  # whole searches: the tracer takes minutes


def busy(count: int, minutes_per_week: int = 150, tiers: str = "ABC") -> Territory:
    dice = random.Random(7)
    return small(
        *(
            Account(
                f"A-{n}",
                f"Account {n}",
                tier=dice.choice(tiers),
                latitude=44.9 + dice.random() / 3,
                longitude=-123 + dice.random() / 3,
            )
            for n in range(count)
        ),
        capacity=Capacity(minutes_per_week=minutes_per_week),
    )


def test_an_effort_is_a_name_or_a_number() -> None:
    assert effort_of("normal", 1000) == EFFORTS["normal"]
    assert effort_of("normal", 10) == 280
    assert effort_of(0, 10) == 0
    for wrong in ("much", -1):
        with pytest.raises(ValueError, match="write quick, normal, thorough, or a number"):
            effort_of(wrong, 10)


def test_more_effort_is_never_worse_at_any_level_that_counts_touches() -> None:
    problem = problem_of(busy(8))
    scores = [search(problem, effort, None).solution.score[:5] for effort in (0, 40, 150)]
    assert scores == sorted(scores)


def test_months_that_lack_a_touch_are_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campaign.planner.improvement.ruin_recreate._UNREACHED", 1.0)
    mandatory, dropped = with_mandatory(problem_of(busy(6, minutes_per_week=720)))
    improver = RuinAndRecreate(mandatory, dropped)
    assert improver.score[2] == 0
    improver.run(60, lambda _done, _best: None)
    works = mandatory.problem.works
    assert improver.score[2] == sum(3 * work.weight for work in works if work.has_floor)


def test_an_interrupt_before_the_first_plan_gives_a_plain_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(
        "campaign.planner.relaxation.lagrangian.LagrangianRelaxation.prices", interrupted
    )
    campaign = plan(busy(12, minutes_per_week=60), effort=30)
    assert campaign.stopped
    assert campaign.touches
    assert campaign.violations() == ()


def test_progress_runs_up_to_the_effort_and_tells_the_levels() -> None:
    seen: list[Progress] = []
    plan(busy(6), effort=40, progress=seen.append)
    assert [step.done for step in seen] == sorted(step.done for step in seen)
    assert seen[-1].done == seen[-1].of == 40
    assert [level.name for level in seen[-1].levels] == [
        "owed",
        "in_time",
        "floor",
        "required",
        "service",
        "comfort",
    ]


def test_an_interrupt_gives_the_best_plan_so_far_and_says_so() -> None:
    def interrupt(_: Progress) -> None:
        raise KeyboardInterrupt

    campaign = plan(busy(6), effort=1000, progress=interrupt)
    assert campaign.stopped
    assert campaign.touches
    assert campaign.effort < 1000
    assert campaign.violations() == ()


def test_an_interrupt_of_the_proof_keeps_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = plan(busy(6), effort=30)
    interrupts = iter([KeyboardInterrupt()])

    def interrupted(found: Incumbent, levels: Sequence[Level]) -> tuple[Level, ...]:
        for error in interrupts:
            raise error
        return with_bounds(found, levels)

    monkeypatch.setattr("campaign.planner.search.with_bounds", interrupted)
    campaign = plan(busy(6), effort=30)
    assert campaign.stopped
    assert campaign.touches == whole.touches


def test_a_plan_to_its_end_was_not_stopped() -> None:
    assert not plan(busy(3), effort=5).stopped


def test_an_opening_that_was_moved_is_kept_where_it_stands() -> None:
    territory = small(
        Account(
            "G-1", "Angry", relationship=Relationship.GRIEVANCE, latitude=44.95, longitude=-123.0
        ),
        Account("A-1", "Calm", tier="C"),
    )
    solution, _ = with_mandatory(problem_of(territory))
    work = solution.problem.works[0]
    opening = next(row for row in solution.placements[0] if row.job == work.opening)
    moved = evolve(opening, position=opening.position + 1)
    solution.take(opening)
    solution.place(moved)
    improver = RuinAndRecreate(solution, frozenset())
    improver.polish()
    assert moved in improver.best.placements[work.account]
    assert improver.best.resources.tours[moved.position] == (1,)
    assert improver.best.resources.tours[opening.position] == ()
