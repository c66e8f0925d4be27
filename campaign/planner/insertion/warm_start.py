"""A plan made before, taken over as far as the rules and the calendar still allow it."""

from collections.abc import Iterator, Mapping, Sequence

from campaign.planner.instance.jobs import Assignment
from campaign.planner.problem import Problem
from campaign.planner.solution import AccountRules, Solution
from campaign.touches import Plan


def take_over(
    solution: Solution, wanted: Mapping[int, Assignment], accounts: Sequence[int]
) -> None:
    """Enter wanted touches beside what stands, account by account, each that may stand."""
    problem = solution.problem
    for work in (problem.works[account] for account in accounts):
        # Run by run and parents first, so that each is looked at beside the anchor it really gets.
        rules = AccountRules.of(problem, work, solution.placements[work.account])
        stands = {placed.job: placed for placed in rules.placed}
        for number in work.jobs:
            placed, job = wanted.get(number), problem.jobs[number]
            if placed is None or number in stands:
                continue
            way, anchor = job.ways[placed.way], problem.anchor_of(job, stands)
            # What is not allowed any more, or has no room any more, is left to insertion.
            fits = (
                anchor.admits(placed.position)
                and not rules.closed(job, way, anchor.job)[placed.position]
                and solution.resources.fits(work.account, way, placed.position)
            )
            if fits:
                stands[number] = placed
                rules.enter(placed)
                solution.place(placed)


def as_it_stood(problem: Problem, wanted: Mapping[int, Assignment]) -> Solution | None:
    """Every touch of a campaign that has begun where it stood before.

    None where one cannot stand there any more, or where something is owed now that had neither a
    day nor a reason to have none.
    """
    resumed, solution = problem.resumed, Solution(problem)
    if resumed is None or resumed.blocked:
        return None
    known = resumed.begun.left_out
    for job, opened in resumed.opened.items():
        if job not in wanted and opened.touch_id not in known and problem.jobs[job].ways:
            return None
    facts = sum(map(len, solution.placements))
    take_over(solution, wanted, range(len(problem.works)))
    is_whole = sum(map(len, solution.placements)) == facts + len(wanted)
    return solution if is_whole else None


def wanted_by(problem: Problem, hint: Plan) -> dict[int, Assignment]:
    """The touches of a plan as placements, by job."""
    positions = problem.horizon.positions
    numbers = dict(_numbers(problem))
    found: dict[int, Assignment] = {}
    for touch in hint.touches:
        number, position = numbers.get(touch.touch_id, -1), positions.get(touch.date, 0)
        ways = problem.jobs[number].ways if number >= 0 and position else ()
        for rank, way in enumerate(ways):
            if problem.channels[way.channel] == touch.channel:
                found[number] = Assignment(number, rank, position)
    return found


def _numbers(problem: Problem) -> Iterator[tuple[str, int]]:
    """The touches to plan by the ids of their rows, with their jobs."""
    for number, owed in enumerate(problem.demand.owed):
        if problem.resumed is None:
            yield owed.touch_id, number
        elif number in problem.resumed.opened:
            yield problem.resumed.opened[number].touch_id, number
