"""The exact programme over one cadence, against trying every day."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from small import small
from tries import few

from campaign.model.accounts import Account
from campaign.model.cadences import Cadence, Gap, Step
from campaign.model.policy import Policy
from campaign.model.rep import Courtesy, Rep
from campaign.model.territory import Territory
from campaign.planner.insertion import Insertion
from campaign.planner.problem.problem import problem_of
from campaign.planner.solution.solution import Prices, Solution
from campaign.workdays import Span

FREE = Courtesy(gap=0, most=99, most_by_channel={})


def chain(*gaps: tuple[int, int], within: int, busy: list[Span]) -> Territory:
    """One account on a chain of calls, with some days off."""
    steps = [Step("s0", "call", "listen", within=within, late=0)]
    steps += [
        Step(f"s{n}", "call", "listen", after=f"s{n - 1}", gap=Gap(*gap), late=0)
        for n, gap in enumerate(gaps, start=1)
    ]
    return small(
        Account("A-1", "Cascade Dental", cadence="chain"),
        rep=Rep("Ann", leave=busy),
        cadences={**Policy().cadences, "chain": Cadence("chain", steps)},
        courtesy=FREE,
        days=30,
    )


def most_by_trying(territory: Territory) -> int:
    """The most steps that any choice of days places."""
    calendar = territory.calendar
    days = [None, *map(calendar.position, calendar.working_days)]
    steps = territory.cadences["chain"].steps
    best = 0
    for choice in product(days, repeat=len(steps)):
        anchor, least, most, fits = 0, 0, 0, True
        for step, day in zip(steps, choice, strict=True):
            gap = step.gap or Gap(1, step.within or 0)
            least, most = least + gap.least, most + gap.most
            if day is not None:
                fits = fits and anchor + least <= day <= anchor + most
                anchor, least, most = day, 0, 0
        same_day = [day for day in choice if day is not None]
        if fits and len(set(same_day)) == len(same_day):
            best = max(best, len(same_day))
    return best


@few(12)
@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4)), min_size=1, max_size=2),
    st.integers(1, 8),
    st.lists(st.tuples(st.integers(0, 25), st.integers(0, 9)), max_size=2),
)
def test_a_chain_gets_as_many_steps_as_any_choice_of_days(
    gaps: list[tuple[int, int]], within: int, off: list[tuple[int, int]]
) -> None:
    start = small().start
    busy = [
        Span(start.replace(day=4 + first), start.replace(day=min(31, 4 + first + length)))
        for first, length in off
        if 4 + first <= 31
    ]
    territory = chain(*[(least, least + more) for least, more in gaps], within=within, busy=busy)
    solution = Solution(problem_of(territory))
    Insertion(solution, 0, Prices.flat(solution.problem)).insert()
    assert len(solution.placements[0]) == most_by_trying(territory)


def placed_channels(territory: Territory, price: float) -> list[str]:
    problem = problem_of(territory)
    solution = Solution(problem)
    Insertion(solution, 0, Prices.flat(problem, price)).insert()
    return [
        problem.channels[problem.jobs[placed.job].ways[placed.way].channel]
        for placed in solution.placements[0]
    ]


def test_a_dear_minute_turns_a_visit_into_a_call() -> None:
    cadence = Cadence("one", [Step("talk", ["visit", "call"], "listen")])
    territory = small(
        Account("A-1", "Cascade Dental", cadence="one", latitude=44.9, longitude=-123.0),
        cadences={**Policy().cadences, "one": cadence},
    )
    assert placed_channels(territory, 0) == ["visit"]
    assert placed_channels(territory, 1e-3) == ["call"]


def test_a_touch_that_is_not_worth_its_minutes_is_left_out() -> None:
    cadence = Cadence("one", [Step("card", "postcard", "share", required=False)])
    territory = small(
        Account("A-1", "Cascade Dental", tier="C", cadence="one"),
        cadences={**Policy().cadences, "one": cadence},
        tiers=[*small().tiers[:2], small().tiers[2]],
    )
    assert placed_channels(territory, 0) == ["postcard"]
    assert placed_channels(territory, 1e5) == []
