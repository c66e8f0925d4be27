"""The best plan of a tiny territory by trying everything, judged by the rules alone.

Neither demand nor planner is asked. Each account is tried by itself first; then their placements
are joined, the best sums first, until the rules let one stand.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import permutations, product
from math import prod

from attrs import evolve, field, frozen

from campaign.geography.travel import tour
from campaign.model.accounts import Account
from campaign.model.post import days_in_post
from campaign.model.runs import channels_for
from campaign.model.territory import Territory
from campaign.rules import Facts, levels, violations
from campaign.rules.dues import Due
from campaign.touches import LeftOut, Level, Plan, ReasonCode, Touch

Choice = tuple[str, dt.date] | None
Figures = tuple[int, ...]


class TooManyError(Exception):
    """There is more to try than a test may."""


@frozen
class Placement:
    """One way in which all that one account is owed stands or is left out."""

    figures: Figures
    rows: tuple[Touch, ...] = field(eq=False)


def figures_of(plan: Plan) -> Figures:
    """The levels before comfort, each so that more is better."""
    return tuple(signed(level, level.figure) for level in levels(plan)[:-1])


def signed(level: Level, figure: int) -> int:
    """A figure of a level so that more is better."""
    return -figure if level.is_less_better else figure


def best_figures(territory: Territory, *, most: int) -> Figures:
    """What no plan can exceed; raises `TooManyError` beyond `most` tries."""
    accounts = territory.active_accounts
    if sum(prod(map(len, _choices_of(territory, each).values())) for each in accounts) > most:
        raise TooManyError
    options = [_by_figures(territory, account) for account in accounts]
    first = (0,) * len(options)
    heap, seen, tried = [(_negated(options, first), first)], {first}, 0
    while heap:
        _, places = heappop(heap)
        alike = [groups[place] for groups, place in zip(options, places, strict=True)]
        for picked in product(*alike):
            if not _fits(territory, picked):
                continue
            tried += 1
            if tried > most:
                raise TooManyError
            plan = _plan(territory, [row for one in picked for row in one.rows])
            if not violations(plan):
                return figures_of(plan)
        for following in _following(options, places):
            if following not in seen:
                seen.add(following)
                heappush(heap, (_negated(options, following), following))
    raise AssertionError("not even the empty plan keeps the rules")


Options = Sequence[Sequence[Sequence[Placement]]]
"""By account, groups of placements with the same figures, the best first."""


def _negated(options: Options, places: tuple[int, ...]) -> Figures:
    rows = [groups[place][0].figures for groups, place in zip(options, places, strict=True)]
    return tuple(-sum(column) for column in zip(*rows, strict=True))


def _following(options: Options, places: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for n, place in enumerate(places):
        if place + 1 < len(options[n]):
            yield (*places[:n], place + 1, *places[n + 1 :])


def _fits(territory: Territory, picked: Sequence[Placement]) -> bool:
    """Whether the minutes of each day hold the touches without their drives: a quick look."""
    minutes: dict[dt.date, int] = {}
    for one in picked:
        for row in one.rows:
            if not row.stop:
                minutes[row.date] = minutes.get(row.date, 0) + row.minutes
    most = territory.capacity.minutes_per_day
    return all(spent <= most for spent in minutes.values())


def _by_figures(territory: Territory, account: Account) -> list[list[Placement]]:
    groups: dict[Figures, list[Placement]] = {}
    for one in _placements(territory, account):
        groups.setdefault(one.figures, []).append(one)
    return [groups[figures] for figures in sorted(groups, reverse=True)]


def _placements(territory: Territory, account: Account) -> Iterator[Placement]:
    """Every placement of one account that keeps the rules while it is alone."""
    alone = _only(territory, account)
    choices = _choices_of(territory, account)
    for picked in product(*choices.values()):
        chosen = zip(choices, picked, strict=True)
        plan = _plan(alone, [_row(alone, due, one) for due, one in chosen if one])
        if not violations(plan):
            yield Placement(figures_of(plan), plan.touches)


def _only(territory: Territory, account: Account) -> Territory:
    return evolve(
        territory,
        accounts=[account],
        contacts=territory.contacts_of(account.account_id),
        promises=[one for one in territory.promises if one.account_id == account.account_id],
    )


def _choices_of(territory: Territory, account: Account) -> dict[Due, list[Choice]]:
    """What is owed to an account, each with the channels and days that it could stand on."""
    dues = Facts(Plan(_only(territory, account), ())).dues.values()
    return {due: _choices(territory, due) for due in dues}


def _choices(territory: Territory, due: Due) -> list[Choice]:
    channels = channels_for(territory, due.person, due.step)
    days = territory.calendar.working_days
    return [None, *((channel, day) for channel in channels for day in days)]


def _row(territory: Territory, due: Due, choice: tuple[str, dt.date]) -> Touch:
    name, day = choice
    channel = territory.channels[name]
    in_post = days_in_post(territory, name, due.account, due.person)
    return Touch(
        due.touch_id,
        day,
        account_id=due.account.account_id,
        contact_id=due.person.contact_id,
        channel=name,
        cadence=due.cadence,
        step=due.step.name,
        purpose=due.step.purpose,
        required=due.step.required,
        minutes=due.account.minutes_by(channel),
        planned_on=territory.start,
        stop=int(channel.travels),
        arrives=territory.calendar.after(day, in_post) if channel.is_post else None,
    )


def _plan(territory: Territory, rows: Sequence[Touch]) -> Plan:
    """The plan of these rows, each day driven the shortest way, and what is left out said."""
    days = sorted({row.date for row in rows})
    driven = [row for day in days for row in _driven(territory, [r for r in rows if r.date == day])]
    dues = Facts(Plan(territory, ())).dues
    placed = {row.touch_id for row in rows}
    gone = [_left_out(due, dues, placed) for due in dues.values() if due.touch_id not in placed]
    first = sorted(gone, key=lambda one: one.reason_code is not ReasonCode.GRIEVANCE_UNOPENED)
    return Plan(territory, driven, left_out=first)


def _left_out(due: Due, dues: Mapping[str, Due], placed: set[str]) -> LeftOut:
    openings = [one for one in dues.values() if one.opens and one.account == due.account]
    unopened = any(one.touch_id not in placed for one in openings)
    code = ReasonCode.GRIEVANCE_UNOPENED if unopened else ReasonCode.CAPACITY
    return LeftOut(
        due.touch_id,
        account_id=due.account.account_id,
        contact_id=due.person.contact_id,
        cadence=due.cadence,
        step=due.step.name,
        channel=due.step.channels[0],
        required=due.step.required,
        reason_code=code,
        reason="not tried",
    )


def _driven(territory: Territory, rows: Sequence[Touch]) -> Iterator[Touch]:
    """The rows of a day, the visits by the shortest tour; the first row at a stop carries it."""
    visits = sorted((row for row in rows if row.stop), key=lambda row: row.touch_id)
    yield from (row for row in rows if not row.stop)
    stops = sorted({row.account_id for row in visits})
    if not stops:
        return
    base = territory.rep.place_on(rows[0].date)
    drives = {
        order: tour(territory.travel, base, [territory.account(one).place for one in order])
        for order in permutations(stops)
    }
    order = min(drives, key=lambda one: (drives[one].minutes, one))
    for place, account_id in enumerate(order):
        first, *others = (row for row in visits if row.account_id == account_id)
        is_last = place == len(order) - 1
        yield evolve(
            first,
            stop=place + 1,
            travel_minutes=drives[order].to_stops[place],
            home_minutes=drives[order].home if is_last else 0,
        )
        yield from (evolve(row, stop=place + 1, minutes=0) for row in others)
