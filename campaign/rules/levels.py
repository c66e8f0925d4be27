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

from collections.abc import Callable, Iterator

from campaign.geography.travel import usual_drives
from campaign.model.accounts import Account
from campaign.model.channels import CALL
from campaign.model.objective import CALL_FOR_VISIT, NEAR_DAYS, THOUSANDTHS, thousandths
from campaign.model.runs import channels_for
from campaign.model.territory import Territory
from campaign.model.values import grouped
from campaign.rules.allowed_days import may_stand
from campaign.rules.capacity import capacity_of_day, capacity_of_week
from campaign.rules.dues import Due
from campaign.rules.facts import Facts, PlanRow
from campaign.rules.sequence import could_stand_alone
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
    channels = facts.territory.channels
    days = calls = 0
    for row, due in _placed(facts):
        if due.is_duty:
            days += late(facts, row)
        if due.opens and row.channel and not row.travels:
            before = earlier_choices(facts, due, row.channel.name)
            calls += any(channels[name].travels for name in before)
    parts = (("late", days), ("calls_for_visits", CALL_FOR_VISIT * calls))
    return Level("in_time", days + CALL_FOR_VISIT * calls, parts=parts)


def floor(facts: Facts) -> Level:
    """Months in which an account was touched, weighted, where its tier has a floor.

    Touches by the delivery team count too. An account that came during the campaign owes the
    months that begin after it came.
    """
    figure = possible = 0
    territory, calendar = facts.territory, facts.calendar
    for account in territory.active_accounts:
        if territory.tier(account).floor:
            account_id, weight = account.account_id, _weight(facts, account)
            came = plain(facts.plan.joined.get(account_id, facts.start))
            first = calendar.month(came) + 1 if came > facts.start else 1
            owing = set(range(first, calendar.months + 1))
            touched = set(territory.delivered_months.get(account_id, ()))
            for row in facts.by_account.get(account_id, ()):
                if facts.is_inside(row.day) and reaches(territory, row.touch):
                    touched.add(calendar.month(row.day))
            figure += weight * len(owing & touched)
            possible += weight * len(owing)
    return Level("floor", figure, possible=possible)


def reaches(territory: Territory, touch: Touch) -> bool:
    """Whether a touch counts as one: not if it is logged that it has reached nobody."""
    return not touch.outcome or territory.follow_ups[touch.outcome].counts


def required(facts: Facts) -> Level:
    """The required touches that are placed, promises among them, weighted by account."""
    weights = {
        touch_id: _weight(facts, due.account)
        for touch_id, due in facts.dues.items()
        if due.step.required
    }
    placed = sum(weights.get(touch_id, 0) for touch_id in facts.placed)
    return Level("required", placed, possible=sum(weights.values()))


def service(facts: Facts) -> Level:
    """What the customer notices beyond that, in weighted late days; fewer are better."""
    rates = facts.territory.service
    parts = dict.fromkeys(("late", "second_choices", "optional", "moves"), 0)
    for row, due in _placed(facts):
        weight = _weight(facts, due.account)
        if due.step.required and not due.is_duty:
            parts["late"] += weight * rates.of_late(late(facts, row))
        # What is tried again goes by the channels that are left; an opening has its own level.
        is_free = row.channel is not None and not due.opens and attempt(row.touch)[1] == 1
        if is_free and earlier_choices(facts, due, row.touch.channel):
            parts["second_choices"] += weight * rates.second_choice
    for touch_id, due in facts.dues.items():
        if not due.step.required and touch_id not in facts.placed:
            parts["optional"] += _weight(facts, due.account) * rates.optional
    parts["moves"] = sum(_moves(facts))
    return Level("service", sum(parts.values()), parts=tuple(parts.items()))


def earlier_choices(facts: Facts, due: Due, channel: str) -> tuple[str, ...]:
    """The channels of a touch that are wished before one and are open; none for one not wished.

    Open means consent, and a day of the campaign on which an empty calendar could hold it.
    """
    names = channels_for(facts.territory, due.person, due.step)
    before = names[: names.index(channel)] if channel in names else ()
    channels = facts.territory.channels
    return tuple(name for name in before if could_stand_alone(facts, due, channels[name]))


def _moves(facts: Facts) -> Iterator[int]:
    """What each touch counts that could have stayed where it stood, and does not."""
    rates = facts.territory.service
    stands = {(row.touch_id, row.touch.date, row.touch.channel) for row in facts.standing}
    for before in facts.plan.before:
        due = facts.due(before.touch_id)
        is_gone = (before.touch_id, before.date, before.channel) not in stands
        if due is not None and is_gone and _could_stay(facts, before, due):
            is_near = (plain(before.date) - facts.planned_on).days < NEAR_DAYS
            rate = rates.move_near if is_near else rates.move_later
            rate = rates.move_told if before.told is not None else rate
            yield _weight(facts, due.account) * rate


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
    rates, most_early = facts.territory.comfort, facts.territory.courtesy.promise_early
    drive = sum(row.touch.travel_minutes + row.touch.home_minutes for row in facts.standing)
    weeks = enumerate(_even_shares(facts))
    off_ideal = less_early = 0
    for row, due in _placed(facts):
        off = facts.position(row.day) - window(facts, due, row.touch.channel).ideal
        if due.promise is None:
            off_ideal += _weight(facts, due.account) * abs(off)
        else:
            less_early += max(0, min(off, most_early))
    kinds = {"visit": rates.visit, "call": rates.call, "write": rates.write}
    days = set()
    for row in facts.standing:
        if row.channel:
            kind = "call" if row.touch.channel == CALL else "write"
            days.add((row.day, "visit" if row.travels else kind))
    parts = {
        "drive": thousandths(rates.drive) * drive,
        "uneven": sum(rates.of_week(facts.minutes_by_week[week], share) for week, share in weeks),
        "off_ideal": thousandths(rates.off_ideal) * off_ideal,
        "set_up": sum(thousandths(kinds[kind]) for _, kind in days),
        "early": thousandths(rates.early) * less_early,
    }
    whole = tuple((name, figure // THOUSANDTHS) for name, figure in parts.items())
    return Level("comfort", sum(parts.values()) // THOUSANDTHS, parts=whole)


def _even_shares(facts: Facts) -> list[int]:
    """The even share of each week in minutes: what it can hold, times the load where below 1."""
    # share_w = usable_w * min(1, load / sum usable): a short week is not asked for a long one's.
    weeks = grouped(facts.working_days, facts.calendar.week)
    usable = [
        min(
            sum(capacity_of_day(facts.territory, day) for day in weeks.get(week, ())),
            capacity_of_week(facts.territory, week),
        )
        for week in range(facts.calendar.week(facts.end) + 1)
    ]
    part = min(1.0, _load_minutes(facts) / max(1, sum(usable)))
    return [int(minutes * part + _ROUNDING) for minutes in usable]


def _load_minutes(facts: Facts) -> int:
    """The minutes of all that is owed, each by its first open channel, drives as usual."""
    territory, accounts = facts.territory, facts.territory.active_accounts
    places = tuple(account.place for account in accounts)
    usual = usual_drives(territory.travel, territory.rep.places, places)
    drives = {account.account_id: drive for account, drive in zip(accounts, usual, strict=True)}
    needed = 0
    for due in facts.dues.values():
        names = channels_for(territory, due.person, due.step)
        channels = (territory.channels[name] for name in names)
        used = next((each for each in channels if could_stand_alone(facts, due, each)), None)
        if used is not None:
            needed += due.account.minutes_by(used)
            needed += drives[due.account.account_id] if used.travels else 0
    return needed


MEASURES: tuple[Callable[[Facts], Level], ...] = (owed, in_time, floor, required, service, comfort)
LEVELS: tuple[str, ...] = tuple(measure.__name__ for measure in MEASURES)
"""The names of the levels, the most important first."""
