"""Every rule as the exact programme holds it, one small function each.

`RULES` is the table of contents; `campaign.rules` has the same rules in plain Python.
"""

from collections.abc import Callable

from campaign.planner.due_days import talks
from campaign.planner.exact.model import Literal, Model
from campaign.planner.problem import SELLING_AFTER_DAYS, SELLING_AFTER_TOUCHES
from campaign.planner.work import Job


def _one_way_and_day(model: Model) -> None:
    """R11: a touch stands at most once (a promise on its day)."""
    for job in model.jobs:
        model.cp.add_at_most_one(model.on_day[job.index].values())
        if job.index in model.fixed:
            model.cp.add(model.placed[job.index] == 1)


def _windows(model: Model) -> None:
    """R4: a touch stands in the window that its anchor opens."""
    for job in model.jobs:
        for anchor in model.path(job):
            least, most = model.gap(job, anchor)
            holds = model.anchors[job.index, anchor]
            opened = _opened_by(model, anchor)
            for position, here in model.on_day[job.index].items():
                fitting = [lit for start, lit in opened if least <= position - start <= most]
                if anchor >= 0 or not least <= position <= most:
                    model.cp.add_bool_or([holds.negated(), here.negated(), *fitting])


def _opened_by(model: Model, anchor: int) -> list[tuple[int, Literal]]:
    """The effective positions of an anchor, each with its literal."""
    return [
        (position + way.days_in_post, variable)
        for job, way, position, variable in model.ways()
        if job.index == anchor
    ]


def _one_touch_a_day(model: Model) -> None:
    """R5: one touch of an account a day, unless promised; a visit may meet several."""
    for work in model.works:
        jobs = [job for run in work.runs for job in run.jobs]
        for place, one in enumerate(jobs):
            for other in jobs[place + 1 :]:
                _keep_apart(model, one, other)


def _keep_apart(model: Model, one: Job, other: Job) -> None:
    for (job, rank, position), variable in model.x.items():
        if job != one.index:
            continue
        for place, way in enumerate(other.ways):
            twin = model.x.get((other.index, place, position))
            meets = (
                way.travels and one.ways[rank].channel == way.channel and one.person != other.person
            )
            if twin is not None and not meets:
                model.cp.add_bool_or([variable.negated(), twin.negated()])


def _distance(model: Model) -> None:
    """R5: some business days between two touches of a person, save a step and its anchor."""
    gap = model.problem.territory.courtesy.gap
    counted = [job for job in model.jobs if not job.courtesy]
    for place, one in enumerate(counted):
        for other in counted[place + 1 :]:
            if one.person == other.person:
                _keep_distance(model, one, other, gap)


def _keep_distance(model: Model, one: Job, other: Job, gap: int) -> None:
    follows = [
        model.anchors[pair]
        for pair in ((one.index, other.index), (other.index, one.index))
        if pair in model.anchors
    ]
    for position, here in model.on_day[one.index].items():
        for near in range(position - gap + 1, position + gap):
            there = model.on_day[other.index].get(near)
            if there is not None:
                model.cp.add_bool_or([here.negated(), there.negated(), *follows])


def _ceilings(model: Model) -> None:
    """R5: the most touches of a person, in all and by channel."""
    courtesy = model.problem.territory.courtesy
    by_person: dict[int, list[tuple[int, Literal]]] = {}
    for job, way, _, variable in model.ways():
        if not job.courtesy:
            by_person.setdefault(job.person, []).append((way.channel, variable))
    for touches in by_person.values():
        model.cp.add(sum(variable for _, variable in touches) <= courtesy.most)
        for name, most in courtesy.most_by_channel.items():
            if name in model.problem.channels:
                channel = model.problem.channels.index(name)
                model.cp.add(sum(var for used, var in touches if used == channel) <= most)


def _grievances_open(model: Model) -> None:
    """R8: nothing of a grievance account before its opening, by visit or call."""
    for work in model.works:
        if work.opening < 0:
            continue
        for job, way, _, variable in model.ways():
            if job.index == work.opening and not talks(model.problem, way):
                model.cp.add(variable == 0)
        for other in work.jobs:
            if other != work.opening:
                _comes_after(model, other, work.opening, or_same=other in work.promises)


def _comes_after(model: Model, job: int, opening: int, *, or_same: bool) -> None:
    for position, here in model.on_day[job].items():
        before = [
            literal
            for day, literal in model.on_day[opening].items()
            if day < position or (or_same and day == position)
        ]
        model.cp.add_bool_or([here.negated(), *before])


def _no_early_selling(model: Model) -> None:
    """R12: no selling among the first three touches or in the first 30 days."""
    calendar = model.problem.territory.calendar
    for work in model.works:
        for number in work.jobs:
            if not model.problem.jobs[number].selling:
                continue
            for position, here in model.on_day[number].items():
                earlier = [
                    literal
                    for job in work.jobs
                    for day, literal in model.on_day[job].items()
                    if day < position
                ]
                day = calendar.day_number(model.problem.horizon.date(position))
                if day <= SELLING_AFTER_DAYS:
                    model.cp.add(here == 0)
                model.cp.add(sum(earlier) >= SELLING_AFTER_TOUCHES).only_enforce_if(here)


def _capacity(model: Model) -> None:
    """R2: the minutes of each day and each week, drives included."""
    horizon, ledger = model.problem.horizon, model.ledger
    used = sorted({position for _, _, position, _ in model.ways()})
    for position in used:
        for minutes in model.minutes([position]):
            model.cp.add(minutes <= int(ledger.day_free[position]))
    for week in sorted({int(horizon.week[position]) for position in used}):
        days = [position for position in used if horizon.week[position] == week]
        for minutes in model.minutes(days):
            model.cp.add(minutes <= int(ledger.week_free[week]))


def _channel_limits(model: Model) -> None:
    """R3: the most touches of a channel a day and a week."""
    horizon, ledger = model.problem.horizon, model.ledger
    by_day: dict[tuple[int, int], list[Literal]] = {}
    for _, way, position, variable in model.ways():
        if not way.travels:
            by_day.setdefault((way.channel, position), []).append(variable)
    for (_, channel, position), stop in model.stops.items():
        by_day.setdefault((channel, position), []).append(stop)
    by_week: dict[tuple[int, int], list[Literal]] = {}
    for (channel, position), literals in by_day.items():
        model.cp.add(sum(literals) <= int(ledger.day_room[channel, position]))
        by_week.setdefault((channel, int(horizon.week[position])), []).extend(literals)
    for (channel, week), literals in by_week.items():
        model.cp.add(sum(literals) <= int(ledger.week_room[channel, week]))


RULES: tuple[Callable[[Model], None], ...] = (
    _one_way_and_day,
    _windows,
    _one_touch_a_day,
    _distance,
    _ceilings,
    _grievances_open,
    _no_early_selling,
    _capacity,
    _channel_limits,
)
