"""The levels of the objective, each before the next: their one definition.

owed      number of promises, dates asked for, openings, apologies and proofs placed   (more)
in_time   business days by which these are late, a call for a visit counting five      (fewer)
floor     account-months touched, weighted                                              (more)
required  required touches placed, weighted                                             (more)
service   late, second choices, optional left out, moves; in weighted late days        (fewer)
comfort   drive, uneven weeks, days off the ideal, set-ups, promises not early; minutes (fewer)

With x_i = 1 where what is owed is placed, w_a the weight of an account's tier, l_i the business
days late and z_am = 1 where account a is touched in month m:

    owed = sum x_i (duties)         in_time = sum l_i x_i + 5 calls instead of a visit
    floor = sum w_a z_am            required = sum w_a x_i (required)
    service = sum w_a (f(l_i) + 10 second choices + 5 optional left out + moves)
    comfort = drive + sum_week g(minutes - share) + 0.3 sum w_a |day - ideal| + set-ups + early

f and g are piecewise linear and convex (`model/objective.py`). A plan is better if the first
level that differs is better: no exchange rate between levels, as in lexicographic goal
programming.
"""

from collections.abc import Callable, Iterable, Iterator

from campaign.geography.travel import usual_drives
from campaign.model.accounts import Account
from campaign.model.channels import CALL
from campaign.model.objective import (
    CALL_FOR_VISIT,
    NEAR_DAYS,
    THOUSANDTHS,
    Comfort,
    thousandths,
)
from campaign.model.runs import channels_for
from campaign.model.territory import Territory
from campaign.rules.allowed_days import may_stand
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.rules.dues import Due
from campaign.rules.facts import Facts, PlanRow
from campaign.rules.open_channels import could_stand_alone
from campaign.rules.windows import late, window
from campaign.touches import Level, Plan, Touch, attempt
from campaign.workdays import plain

_ROUNDING = 1e-9


def levels(plan: Plan) -> tuple[Level, ...]:
    """Every level of a plan in order, with what is possible; bounds are the planner's."""
    facts = Facts(plan)
    return tuple(measure(facts) for measure in MEASURES)


def _weight(facts: Facts, account: Account) -> int:
    return facts.territory.tier(account).weight


def _placed(facts: Facts) -> Iterator[tuple[PlanRow, Due]]:
    """What is owed and stands, each by its row."""
    for touch_id, row in facts.placed.items():
        due = facts.dues.get(touch_id)
        if due is not None:
            yield row, due


def owed(facts: Facts) -> Level:
    """Promises, openings, apologies and proofs of repair that are placed, by their number."""
    return Level(
        "owed",
        sum(due.is_duty for _, due in _placed(facts)),
        possible=sum(due.is_duty for due in facts.dues.values()),
    )


def in_time(facts: Facts) -> Level:
    """Business days by which what is owed before all else is late.

    A call by which a grievance is heard that could be visited counts five.
    """
    days = sum(late(facts, row) for row, due in _placed(facts) if due.is_duty)
    calls = sum(is_instead_of_a_visit(facts, row, due) for row, due in _placed(facts))
    parts = (("late", days), ("calls_for_visits", CALL_FOR_VISIT * calls))
    return Level("in_time", days + CALL_FOR_VISIT * calls, parts=parts)


def is_instead_of_a_visit(facts: Facts, row: PlanRow, due: Due) -> bool:
    """Whether a grievance is heard by a call though an empty day could hold the visit."""
    if not due.opens or row.channel is None or row.travels:
        return False
    names = channels_for(facts.territory, due.person, due.step)
    before = names[: names.index(row.channel.name)] if row.channel.name in names else ()
    visits = (facts.territory.channels[name] for name in before)
    return any(each.travels and could_stand_alone(facts, due, each) for each in visits)


def floor(facts: Facts) -> Level:
    """Months in which an account was touched, weighted, where its tier has a floor.

    Touches by the delivery team count too. An account that came during the campaign owes the
    months that begin after it came.
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
    owing = {account_id: owing_months(facts, account_id) for account_id in accounts}
    return Level(
        "floor",
        sum(accounts[account_id] for account_id, month in touched if month in owing[account_id]),
        possible=sum(weight * len(owing[account_id]) for account_id, weight in accounts.items()),
    )


def owing_months(facts: Facts, account_id: str) -> range:
    """The months of the floor that an account owes."""
    came = facts.plan.joined.get(account_id)
    first = facts.calendar.month(plain(came)) + 1 if came and plain(came) > facts.start else 1
    return range(first, facts.calendar.months + 1)


def reaches(territory: Territory, touch: Touch) -> bool:
    """Whether a touch counts as one: not if it is logged that it has reached nobody."""
    return not touch.outcome or territory.follow_ups[touch.outcome].counts


def required(facts: Facts) -> Level:
    """The required touches that are placed, promises among them, weighted by account."""

    def total(dues: Iterable[Due]) -> int:
        return sum(_weight(facts, due.account) for due in dues if due.step.required)

    placed = total(due for _, due in _placed(facts))
    return Level("required", placed, possible=total(facts.dues.values()))


def service(facts: Facts) -> Level:
    """What the customer notices beyond that, in weighted late days; fewer are better."""
    rates, placed = facts.territory.service, list(_placed(facts))
    parts = (
        (
            "late",
            sum(
                _weight(facts, due.account) * rates.of_late(late(facts, row))
                for row, due in placed
                if due.step.required and not due.is_duty
            ),
        ),
        (
            "second_choices",
            rates.second_choice
            * sum(_weight(facts, due.account) for row, due in placed if is_second(facts, row, due)),
        ),
        (
            "optional",
            rates.optional
            * sum(
                _weight(facts, due.account)
                for touch_id, due in facts.dues.items()
                if not due.step.required and touch_id not in facts.placed
            ),
        ),
        ("moves", sum(_moves(facts))),
    )
    return Level("service", sum(figure for _, figure in parts), parts=parts)


def is_second(facts: Facts, row: PlanRow, due: Due) -> bool:
    """Whether a later choice of channel was taken where one before it was open.

    Open means consent, and a day of the campaign on which an empty calendar could hold it. What
    is tried again goes by the channels that are left, and a grievance has a level of its own.
    """
    if due.opens or row.channel is None or attempt(row.touch)[1] > 1:
        return False
    return bool(earlier_choices(facts, due, row.channel.name))


def earlier_choices(facts: Facts, due: Due, channel: str) -> tuple[str, ...]:
    """The channels of a touch that are wished before one and are open; none for one not wished."""
    names = channels_for(facts.territory, due.person, due.step)
    before = names[: names.index(channel)] if channel in names else ()
    channels = facts.territory.channels
    return tuple(name for name in before if could_stand_alone(facts, due, channels[name]))


def _moves(facts: Facts) -> Iterator[int]:
    """What each touch counts that could have stayed where it stood, and does not."""
    stands = {(row.touch_id, row.touch.date, row.touch.channel) for row in facts.standing}
    for before in facts.plan.before:
        due = facts.due(before.touch_id)
        is_gone = (before.touch_id, before.date, before.channel) not in stands
        if due is not None and is_gone and _could_stay(facts, before, due):
            yield _weight(facts, due.account) * _rate_of_move(facts, before)


def _rate_of_move(facts: Facts, before: Touch) -> int:
    rates = facts.territory.service
    if before.told is not None:
        return rates.move_told
    is_near = (plain(before.date) - facts.planned_on).days < NEAR_DAYS
    return rates.move_near if is_near else rates.move_later


def _could_stay(facts: Facts, before: Touch, due: Due) -> bool:
    """Whether the old place of a touch is open: by R1, R6 and what is logged."""
    channel, day = facts.territory.channels.get(before.channel), plain(before.date)
    if channel is None or day < facts.planned_on or not may_stand(facts, due, channel, day):
        return False
    # Where the anchor itself has moved, the old place may be outside the window by that alone.
    anchor = due.parent_id in facts.tried or due.parent_id not in facts.dues
    return not anchor or facts.position(day) >= window(facts, due).first


def comfort(facts: Facts) -> Level:
    """Minutes that a rep would give for a better shape of the weeks; fewer are better."""
    rates, placed = facts.territory.comfort, list(_placed(facts))
    drive = sum(row.touch.travel_minutes + row.touch.home_minutes for row in facts.standing)
    parts = {
        "drive": thousandths(rates.drive) * drive,
        "uneven": sum(_uneven(facts)),
        "off_ideal": thousandths(rates.off_ideal) * sum(_off_ideal(facts, placed)),
        "set_up": _set_up(facts),
        "early": thousandths(rates.early) * sum(_less_early(facts, placed)),
    }
    whole = tuple((name, figure // THOUSANDTHS) for name, figure in parts.items())
    return Level("comfort", sum(parts.values()) // THOUSANDTHS, parts=whole)


def _set_up(facts: Facts) -> int:
    """What the days count on which something is written, somebody called, and driven, in all."""
    rates = facts.territory.comfort
    days = {(row.day, _kind_of_work(rates, row)) for row in facts.standing if row.channel}
    return sum(thousandths(rate) for _, (_, rate) in days)


def _kind_of_work(rates: Comfort, row: PlanRow) -> tuple[str, float]:
    """What kind of work a touch is, and what a day of that kind counts."""
    if row.travels:
        return "visit", rates.visit
    return ("call", rates.call) if row.touch.channel == CALL else ("write", rates.write)


def _uneven(facts: Facts) -> Iterator[int]:
    """What the minutes of each week count above its even share, in thousandths."""
    shares = even_shares(facts)
    for week, share in enumerate(shares):
        minutes = sum(row.touch.day_minutes for row in facts.by_week.get(week, ()))
        yield facts.territory.comfort.of_week(minutes, share)


def even_shares(facts: Facts) -> list[int]:
    """The even share of each week in minutes: what it can hold, times the load where below 1."""
    # share_w = usable_w * min(1, load / sum usable): a short week is not asked for a long one's.
    usable = [_usable(facts, week) for week in range(facts.calendar.week(facts.end) + 1)]
    part = min(1.0, load_minutes(facts) / max(1, sum(usable)))
    return [int(minutes * part + _ROUNDING) for minutes in usable]


def _usable(facts: Facts, week: int) -> int:
    days = (day for day in facts.working_days if facts.calendar.week(day) == week)
    held = sum(capacity_of_day(facts.territory, day) for day in days)
    return min(held, capacity_of_week(facts.territory, week))


def load_minutes(facts: Facts) -> int:
    """The minutes of all that is owed, each by its first open channel, drives as usual."""
    territory = facts.territory
    accounts = territory.active_accounts
    places = tuple(account.place for account in accounts)
    drives = dict(
        zip(
            (account.account_id for account in accounts),
            usual_drives(territory.travel, territory.rep.places, places),
            strict=True,
        )
    )
    needed = 0
    for due in facts.dues.values():
        names = channels_for(territory, due.person, due.step)
        channels = (territory.channels[name] for name in names)
        used = next((each for each in channels if could_stand_alone(facts, due, each)), None)
        if used is not None:
            needed += due.account.minutes_by(used)
            needed += drives[due.account.account_id] if used.travels else 0
    return needed


def _off_ideal(facts: Facts, placed: Iterable[tuple[PlanRow, Due]]) -> Iterator[int]:
    for row, due in placed:
        if due.promise is None:
            off = abs(facts.position(row.day) - window(facts, due).ideal)
            yield _weight(facts, due.account) * off


def _less_early(facts: Facts, placed: Iterable[tuple[PlanRow, Due]]) -> Iterator[int]:
    """The business days by which promises are less early than wished."""
    most = facts.territory.courtesy.promise_early
    for row, due in placed:
        if due.promise is not None:
            ideal = window(facts, due, row.touch.channel).ideal
            yield max(0, min(facts.position(row.day) - ideal, most))


MEASURES: tuple[Callable[[Facts], Level], ...] = (
    owed,
    in_time,
    floor,
    required,
    service,
    comfort,
)
LEVELS: tuple[str, ...] = tuple(measure.__name__ for measure in MEASURES)
"""The names of the levels, the most important first."""
