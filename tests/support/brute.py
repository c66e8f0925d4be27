"""The best plan of a tiny territory by trying everything, judged by the rules alone."""

import datetime as dt
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import permutations, product
from math import prod

from attrs import evolve

from campaign.geography.travel import Tour, tour
from campaign.model.accounts import Account
from campaign.model.cadences import Cadence, Step
from campaign.model.post import days_in_post
from campaign.model.runs import Run, main_contact, person_for, runs_of, touch_id
from campaign.model.territory import Territory
from campaign.rules import violations
from campaign.rules.levels import levels
from campaign.touches import LeftOut, Plan, ReasonCode, Touch

Slot = tuple[Run, Step]
Choice = tuple[str, dt.date] | None
Figures = tuple[int, ...]
BESIDE_OTHERS = ("R7", "R8")
UNOPENED = ReasonCode.GRIEVANCE_UNOPENED
JUDGED = ("owed", "floor", "required", "optional")


def choices_of(territory: Territory) -> int:
    """How many placements of its accounts would be tried, one account at a time."""
    return sum(
        prod(len(_choices(territory, step)) for _, step in _slots(territory, account))
        for account in territory.active_accounts
    )


def best_figures(territory: Territory) -> Figures:
    """What no plan can exceed, as `figures_of` counts it."""
    options = [
        sorted(_options(territory, account), reverse=True, key=lambda o: o[0])
        for account in territory.active_accounts
    ]
    heap = [(_negated(options, (0,) * len(options)), (0,) * len(options))]
    seen = {heap[0][1]}
    while heap:
        _, places = heappop(heap)
        picked = [options[n][place][1] for n, place in enumerate(places)]
        plan = _plan(territory, [row for rows in picked for row in rows])
        if not violations(plan):
            return figures_of(plan)
        for following in _following(options, places):
            if following not in seen:
                seen.add(following)
                heappush(heap, (_negated(options, following), following))
    raise AssertionError("not even the empty plan keeps the rules")


def _negated(
    options: Sequence[Sequence[tuple[Figures, object]]], places: tuple[int, ...]
) -> Figures:
    rows = [options[n][place][0] for n, place in enumerate(places)]
    return tuple(-sum(column) for column in zip(*rows, strict=True))


def _following(
    options: Sequence[Sequence[object]], places: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    for n, place in enumerate(places):
        if place + 1 < len(options[n]):
            yield (*places[:n], place + 1, *places[n + 1 :])


def _options(territory: Territory, account: Account) -> Iterator[tuple[Figures, list[Touch]]]:
    """Every placement of one account that keeps the rules while it is alone."""
    alone = evolve(
        territory,
        accounts=[account],
        contacts=territory.contacts_of(account.account_id),
        promises=[p for p in territory.promises if p.account_id == account.account_id],
    )
    slots = list(_slots(territory, account))
    for choices in product(*[_choices(territory, step) for _, step in slots]):
        rows = [
            _row(territory, slot, choice)
            for slot, choice in zip(slots, choices, strict=True)
            if choice is not None
        ]
        plan = _plan(alone, rows)
        if all(broken.rule in BESIDE_OTHERS for broken in violations(plan)):
            yield figures_of(plan), rows


def _slots(territory: Territory, account: Account) -> Iterator[Slot]:
    """Every touch owed to an account, a promise as a step of a run of its own."""
    for promise in territory.promises:
        if promise.account_id == account.account_id:
            step = Step(promise.promise_id, promise.channel, "promise")
            main = main_contact(territory, account)
            yield Run(account, main, cadence=Cadence("promises", [step])), step
    for run in runs_of(territory, account):
        yield from ((run, step) for step in run.cadence.steps)


def _choices(territory: Territory, step: Step) -> list[Choice]:
    days = territory.calendar.working_days
    return [None, *((channel, day) for channel in step.channels for day in days)]


def _row(territory: Territory, slot: Slot, choice: tuple[str, dt.date]) -> Touch:
    (run, step), (channel, day) = slot, choice
    used, person = territory.channels[channel], person_for(territory, run, step)
    in_post = days_in_post(territory, channel, run.account, person)
    return Touch(
        touch_id(run.account.account_id, run.contact.contact_id, step.name),
        day,
        account_id=run.account.account_id,
        contact_id=person.contact_id,
        channel=channel,
        cadence=run.cadence.name,
        step=step.name,
        purpose=step.purpose,
        required=step.required,
        minutes=used.minutes,
        planned_on=territory.start,
        arrives=territory.calendar.after(day, in_post) if used.is_post else None,
    )


def _plan(territory: Territory, rows: list[Touch]) -> Plan:
    stands = {row.touch_id for row in rows}
    left_out = [row for row in _owed_rows(territory, stands) if row.touch_id not in stands]
    driven = [
        row
        for day in sorted({row.date for row in rows})
        for row in _driven(territory, [r for r in rows if r.date == day])
    ]
    return Plan(territory, driven, left_out=left_out)


def _driven(territory: Territory, rows: list[Touch]) -> list[Touch]:
    visits = [row for row in rows if territory.channels[row.channel].travels]
    rest = [row for row in rows if not territory.channels[row.channel].travels]
    stops = sorted({row.account_id for row in visits})
    if not stops:
        return rest
    order, driven = min(
        ((order, _tour(territory, order)) for order in permutations(stops)),
        key=lambda found: (found[1].minutes, found[0]),
    )
    found: list[Touch] = []
    for stop, account_id in enumerate(order):
        here = sorted(
            (row for row in visits if row.account_id == account_id), key=lambda r: r.touch_id
        )
        home = driven.home if stop == len(order) - 1 else 0
        first = evolve(
            here[0], stop=stop + 1, travel_minutes=driven.to_stops[stop], home_minutes=home
        )
        found += [first, *(evolve(row, stop=stop + 1, minutes=0) for row in here[1:])]
    return found + rest


def _tour(territory: Territory, order: Sequence[str]) -> Tour:
    places = [territory.account(account_id).coordinates for account_id in order]
    return tour(territory.travel, territory.rep.home, places)


def _owed_rows(territory: Territory, stands: set[str]) -> Iterator[LeftOut]:
    for account in territory.active_accounts:
        unopened = account.has_grievance and not any(
            touch_id(account.account_id, run.contact.contact_id, run.cadence.steps[0].name)
            in stands
            for run in runs_of(territory, account)[:1]
        )
        for run, step in _slots(territory, account):
            yield LeftOut(
                touch_id(account.account_id, run.contact.contact_id, step.name),
                account_id=account.account_id,
                contact_id=person_for(territory, run, step).contact_id,
                cadence=run.cadence.name,
                step=step.name,
                channel=step.channels[0],
                required=step.required,
                reason_code=UNOPENED if unopened else ReasonCode.CAPACITY,
                reason="not tried",
            )


def figures_of(plan: Plan) -> Figures:
    """What a plan reaches: duties, openings by visit, then the levels below, in order."""
    counted = {level.name: level.figure for level in levels(plan)}
    owed, *rest = (counted[name] for name in JUDGED)
    visits = sum(row.step == "go" and row.channel == "visit" for row in plan.touches)
    return (owed, visits, *rest)
