"""The levels of the objective as the exact programme adds them up, the most wanted first."""

from collections.abc import Iterable, Sequence

from campaign.planner.exact.model import Literal, Model, Terms
from campaign.planner.ledger import Placement


def levels_of(model: Model) -> Sequence[Terms]:
    """The levels, each a sum to be made as great as can be before the next."""
    return (
        _owed(model),
        _floor(model),
        _touches(model, required=True),
        _touches(model, required=False),
        _second_choices(model),
        _prompt(model),
        _travel(model),
        _sittings(model),
    )


def _owed(model: Model) -> Terms:
    """Level 0, an opening by visit before one by call."""
    each = duty_worth(model)
    terms: Terms = [(model.placed[job], each) for work in model.works for job in work.promises]
    openings = {work.opening for work in model.works}
    terms += [
        (variable, each + way.travels)
        for job, way, _, variable in model.ways()
        if job.index in openings
    ]
    return terms


def duty_worth(model: Model) -> int:
    """What a duty counts for: more than all openings by visit in place of calls together."""
    return len(model.works) + 1


def owed_by(model: Model, placements: Iterable[Placement]) -> int:
    """What placements reach at level 0, as `levels_of` counts it."""
    each, openings = duty_worth(model), {work.opening for work in model.works}
    promises = {job for work in model.works for job in work.promises}
    total = 0
    for placed in (placed for placement in placements for placed in placement):
        if placed.job in promises:
            total += each
        elif placed.job in openings:
            total += each + model.problem.jobs[placed.job].ways[placed.way].travels
    return total


def _floor(model: Model) -> Terms:
    """Level 1: months of accounts with a touch."""
    month = model.problem.horizon.month
    terms: Terms = []
    for work in model.works:
        if not work.has_floor:
            continue
        for number in sorted(set(month[1:].tolist()) - work.credited):
            here = [
                literal
                for job in work.jobs
                for position, literal in model.on_day[job].items()
                if month[position] == number
            ]
            touched = model.cp.new_bool_var("")
            model.cp.add_bool_or([touched.negated(), *here])
            terms.append((touched, work.weight))
    return terms


def _touches(model: Model, *, required: bool) -> Terms:
    """Levels 2 and 3: touches by the weight of their account."""
    return [
        (model.placed[job], work.weight)
        for work in model.works
        for job in work.jobs
        if model.problem.jobs[job].required is required
    ]


def _second_choices(model: Model) -> Terms:
    """The wanted channel before another; beneath the first four levels."""
    weights = {work.account: work.weight for work in model.works}
    return [
        (variable, -way.rank * weights[job.account])
        for job, way, _, variable in model.ways()
        if way.rank
    ]


def _prompt(model: Model) -> Terms:
    """Level 4: working days before an account's first touch."""
    ranks = model.problem.horizon.working_rank
    terms: Terms = []
    for work in model.works:
        for position in range(1, model.problem.horizon.size):
            if not model.problem.horizon.works[position]:
                continue
            reached = model.cp.new_bool_var("")
            before = [
                literal
                for job in work.jobs
                for day, literal in model.on_day[job].items()
                if ranks[day] <= ranks[position] and day <= position
            ]
            model.cp.add_bool_or([reached.negated(), *before])
            terms.append((reached, work.weight))
    return terms


def _travel(model: Model) -> Terms:
    """Level 5: minutes of driving."""
    return [(arc, -minutes) for legs in model.drives.values() for arc, minutes in legs]


def _sittings(model: Model) -> Terms:
    """Level 6: days on which something is written for the post."""
    written: dict[int, list[Literal]] = {}
    for _, way, position, variable in model.ways():
        if way.is_post and not model.ledger.posts[position]:
            written.setdefault(position, []).append(variable)
    terms: Terms = []
    for literals in written.values():
        sitting = model.cp.new_bool_var("")
        for literal in literals:
            model.cp.add_implication(literal, sitting)
        terms.append((sitting, -1))
    return terms
