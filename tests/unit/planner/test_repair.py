"""The clock in the calendar while it fills, and plans mended so that each day can be timed."""

from small import small

from campaign.model.accounts import Account, Contact
from campaign.model.busy import Busy
from campaign.model.cadences import Cadence, Step
from campaign.model.hours import OpeningHours
from campaign.model.policy import Policy
from campaign.model.rep import Capacity, Rep
from campaign.model.territory import Territory
from campaign.planner.decoding import times_of
from campaign.planner.improvement.ruin_recreate import repaired
from campaign.planner.instance.jobs import Assignment
from campaign.planner.problem.problem import Problem, problem_of
from campaign.planner.solution.resources import Resources
from campaign.planner.solution.solution import Solution
from campaign.planning import plan
from campaign.rules import violations
from campaign.touches import ReasonCode

VISIT = Cadence("visits", [Step("visit", "visit", "listen", within=3, late=0)])
CALL = Cadence("calls", [Step("call", "call", "listen", within=1, late=0)])
MORNING, NOON = "Mon-Fri 09:00-10:00", "Mon-Fri 12:00-13:00"


LINE = ((0.1, 0.0), (0.2, 0.0), (0.3, 0.0), (0.4, 0.0))
SQUARE = ((0.2, 0.0), (0.2, 0.3), (0.0, 0.3))


def visited(*hours: str, places: tuple[tuple[float, float], ...] = LINE) -> Territory:
    """An account for each hours, so many degrees north and east, and a visit owed to each."""
    accounts = [
        Account(
            f"A-{n}",
            f"Account {n}",
            cadence="visits",
            latitude=44.94 + north,
            longitude=-123.03 + east,
            visit_hours=OpeningHours.parse(text),
        )
        for n, (text, (north, east)) in enumerate(zip(hours, places, strict=False), start=1)
    ]
    return small(
        *accounts,
        cadences={**Policy().cadences, "visits": VISIT},
        capacity=Capacity(minutes_per_week=2_000, minutes_per_day=450, ramp=()),
    )


def entered(problem: Problem, *accounts: int, position: int = 3) -> Resources:
    resources = Resources(problem)
    for account in accounts:
        resources.enter(account, problem.jobs[account].ways[0], position)
    return resources


def test_two_who_are_open_at_the_same_hour_do_not_fit_on_one_day() -> None:
    problem = problem_of(visited(MORNING, MORNING, NOON))
    resources, way = entered(problem, 0), problem.jobs[1].ways[0]
    assert resources.has_room(1, way, 3)
    assert not resources.fits(1, way, 3)
    assert resources.fits(1, way, 2)
    assert resources.fits(2, problem.jobs[2].ways[0], 3)


def test_the_tour_is_the_one_that_the_clock_allows_though_it_is_longer() -> None:
    late, early = "Mon-Fri 12:00-17:00", "Mon-Fri 08:00-11:30"
    problem = problem_of(visited(early, late, early, places=SQUARE))
    resources = entered(problem, 0, 1, 2)
    minutes, order = problem.roads.shortest((1, 2, 3))
    assert order in {(1, 2, 3), (3, 2, 1)}
    assert resources.tours[3] in {(1, 3, 2), (3, 1, 2)}
    assert int(resources.drive[3]) == problem.roads.length(resources.tours[3]) > minutes


def test_what_is_taken_back_gives_its_hours_free() -> None:
    problem = problem_of(visited(MORNING, MORNING))
    resources = entered(problem, 0, 1)
    assert resources.untimed() == [3]
    resources.enter(0, problem.jobs[0].ways[0], 3, -1)
    assert not resources.untimed()


def test_a_day_without_a_timetable_is_mended_by_moving_the_lightest() -> None:
    problem = problem_of(visited(MORNING, MORNING, NOON))
    solution = Solution.of(problem, [(Assignment(n, 0, 3),) for n in range(3)])
    assert not solution.fits
    found = repaired(solution)
    assert found.fits
    assert found.placements[0] == (Assignment(0, 0, 3),)
    assert [placed.position for placed in found.placements[1]] in ([1], [2])


def test_what_finds_no_other_day_is_left_out() -> None:
    territory = visited(MORNING, MORNING, MORNING, MORNING)
    problem = problem_of(territory)
    solution = Solution.of(problem, [(Assignment(n, 0, 3),) for n in range(4)])
    assert sorted(map(len, repaired(solution).placements)) == [0, 1, 1, 1]


def test_a_plan_that_can_be_timed_is_left_as_it_is() -> None:
    problem = problem_of(visited(MORNING, NOON))
    solution = Solution.of(problem, [(Assignment(n, 0, 3),) for n in range(2)])
    assert repaired(solution) is solution


def test_times_are_those_of_visits_and_calls() -> None:
    problem = problem_of(visited(MORNING, NOON))
    solution = Solution.of(problem, [(Assignment(n, 0, 3),) for n in range(2)])
    first, second = (times_of(solution)[Assignment(n, 0, 3)] for n in range(2))
    assert first in {(540 + late, 595 + late) for late in range(6)}
    assert second in {(720 + late, 775 + late) for late in range(6)}


def test_what_only_the_clock_leaves_out_says_so() -> None:
    campaign = plan(visited(MORNING, MORNING, MORNING, MORNING), effort=0)
    (left,) = campaign.left_out
    assert left.reason_code is ReasonCode.NO_TIME_OF_DAY
    assert "visits Mon,Tue,Wed,Thu,Fri 09:00-10:00" in left.reason
    assert violations(campaign) == ()


def test_wider_hours_free_what_only_the_clock_left_out() -> None:
    wide = "Mon-Fri 09:00-17:00"
    assert plan(visited(MORNING, MORNING, MORNING, wide), effort=0).left_out == ()


def test_nobody_is_visited_where_the_drive_comes_too_late() -> None:
    campaign = plan(visited("Mon-Fri 08:00-09:00", places=((0.5, 0.0),)), effort=0)
    assert [left.reason_code for left in campaign.left_out] == [ReasonCode.TOO_FAR]
    assert not plan(visited("Mon-Fri 08:00-11:00", places=((0.5, 0.0),)), effort=0).left_out


def called(*hours: str, zone: str = "") -> Territory:
    accounts = [Account(f"A-{n}", f"Account {n}", cadence="calls") for n in range(len(hours))]
    people = [
        Contact(f"P-{n}", f"A-{n}", name=f"P {n}", timezone=zone, call_hours=OpeningHours.parse(h))
        for n, h in enumerate(hours)
    ]
    rep = Rep(
        "Ann",
        home=(44.94, -123.03),
        timezone="America/Los_Angeles",
        busy=[Busy("2027-01-04T12:00", "2027-01-04T23:00")],
    )
    return small(*accounts, contacts=people, rep=rep, cadences={**Policy().cadences, "calls": CALL})


def test_a_call_stands_in_the_hours_of_the_contacts_own_zone() -> None:
    (call,) = plan(called("Mon 12:00-12:30", zone="America/New_York"), effort=0).touches
    assert (call.start, call.end) == (540, 556)


def test_no_more_calls_stand_than_the_hour_holds() -> None:
    campaign = plan(called(*["Mon 09:00-09:35"] * 3), effort=0)
    assert [(touch.start, touch.end) for touch in campaign.touches] == [(540, 556), (556, 572)]
    assert [left.reason_code for left in campaign.left_out] == [ReasonCode.NO_TIME_OF_DAY]
    assert violations(campaign) == ()
