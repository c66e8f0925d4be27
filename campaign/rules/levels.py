"""The levels of the objective, each before the next: their one definition."""

from collections.abc import Callable, Iterable, Iterator

from campaign.model.accounts import Account
from campaign.model.territory import Territory
from campaign.rules.dues import Due
from campaign.rules.facts import Facts
from campaign.touches import Level, Plan, Touch


def levels(plan: Plan) -> tuple[Level, ...]:
    """Every level of a plan in order, with what is possible; bounds are the planner's."""
    facts = Facts(plan)
    measures = (one for one in MEASURES if one is not changes or plan.before)
    return tuple(measure(facts) for measure in measures)


def _weight(facts: Facts, account: Account) -> int:
    return facts.territory.tier(account).weight


def _placed(facts: Facts) -> Iterator[Due]:
    return (due for touch_id, due in facts.dues.items() if touch_id in facts.placed)


def owed(facts: Facts) -> Level:
    """Promises and openings of grievance accounts that are kept, by their number."""
    return Level(
        "owed",
        sum(due.is_owed_first for due in _placed(facts)),
        possible=sum(due.is_owed_first for due in facts.dues.values()),
    )


def floor(facts: Facts) -> Level:
    """Months in which an account was touched, weighted, where its tier has a floor.

    Touches by the delivery team count too.
    """
    accounts = {
        account.account_id: _weight(facts, account)
        for account in facts.territory.active_accounts
        if facts.territory.tier(account).floor
    }
    touched = {
        (row.account_id, facts.calendar.month(row.day))
        for row in facts.standing
        if row.account_id in accounts
        and facts.is_inside(row.day)
        and reaches(facts.territory, row.touch)
    }
    for account_id, months in facts.territory.delivered_months.items():
        touched |= {(account_id, month) for month in months if account_id in accounts}
    return Level(
        "floor",
        sum(accounts[account_id] for account_id, _ in touched),
        possible=sum(accounts.values()) * facts.calendar.months,
    )


def reaches(territory: Territory, touch: Touch) -> bool:
    """Whether a touch counts as one: not if it is logged that it has reached nobody."""
    return not touch.outcome or territory.follow_ups[touch.outcome].counts


def required(facts: Facts) -> Level:
    """The required touches that are placed, promises among them, weighted by account."""
    return _weighted(facts, "required", lambda due: due.step.required)


def optional(facts: Facts) -> Level:
    """The optional touches that are placed, weighted by account."""
    return _weighted(facts, "optional", lambda due: not due.step.required)


def _weighted(facts: Facts, name: str, counts: Callable[[Due], bool]) -> Level:
    def total(dues: Iterable[Due]) -> int:
        return sum(_weight(facts, due.account) for due in dues if counts(due))

    return Level(name, total(_placed(facts)), possible=total(facts.dues.values()))


def changes(facts: Facts) -> Level:
    """The touches of the plan before that are still owed, and no longer stand as they did.

    Only where a plan takes the place of another: another day, another channel, or left out.
    """
    stands = {(row.touch_id, row.touch.date, row.touch.channel) for row in facts.standing}
    return Level(
        "changes",
        sum(
            facts.due(row.touch_id) is not None
            and (row.touch_id, row.date, row.channel) not in stands
            for row in facts.plan.before
        ),
    )


def prompt(facts: Facts) -> Level:
    """Working days until each account's first touch, weighted; all of them without one."""
    figure = 0
    for account in facts.territory.active_accounts:
        rows = facts.by_account.get(account.account_id)
        first = rows[0].day if rows else None
        days = len(facts.working_days) if first is None else facts.working_days_before(first)
        figure += _weight(facts, account) * days
    return Level("prompt", figure)


def travel(facts: Facts) -> Level:
    """Minutes of all drives, with the minutes per stop."""
    return Level(
        "travel",
        sum(row.touch.travel_minutes + row.touch.home_minutes for row in facts.standing),
    )


def sittings(facts: Facts) -> Level:
    """Days on which something is written for the post."""
    days = {row.day for row in facts.standing if row.channel and row.channel.is_post}
    return Level("sittings", len(days))


MEASURES: tuple[Callable[[Facts], Level], ...] = (
    owed,
    floor,
    required,
    optional,
    changes,
    prompt,
    travel,
    sittings,
)
LEVELS: tuple[str, ...] = tuple(measure.__name__ for measure in MEASURES)
"""The names of the levels, the most important first; `changes` only of a plan made anew."""
