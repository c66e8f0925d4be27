"""Warm start: a plan made before, taken over as far as the rules and the calendar still allow."""

from collections.abc import Mapping, Sequence

from campaign.planner.insertion.insertion import Insertion
from campaign.planner.instance.jobs import Assignment
from campaign.planner.problem.problem import Problem
from campaign.planner.solution.solution import Solution
from campaign.touches import Plan


def take_over(
    solution: Solution, wanted: Mapping[int, Assignment], accounts: Sequence[int]
) -> None:
    """Enter wanted touches beside what stands, account by account, each that may stand."""
    for account in accounts:
        Insertion(solution, account).take_over(wanted)


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
    positions, found = problem.horizon.positions, dict[int, Assignment]()
    opened = range(len(problem.demand.owed)) if problem.resumed is None else problem.resumed.opened
    numbers = {problem.touch_id(number): number for number in opened}
    for touch in hint.touches:
        number, position = numbers.get(touch.touch_id, -1), positions.get(touch.date, 0)
        ways = problem.jobs[number].ways if number >= 0 and position else ()
        for rank, way in enumerate(ways):
            if problem.channels[way.channel] == touch.channel:
                found[number] = Assignment(number, rank, position)
    return found
