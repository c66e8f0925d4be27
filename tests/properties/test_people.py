"""Random lives: people move, join, leave, refuse, ask for days, complain; appointments are made.

`PEOPLE_LIVES` says how many lives are lived, over thirteen Mondays each; by default a few.
"""

import datetime as dt
import os
import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from attrs import define, evolve
from small import small

from campaign import Account, Contact, Promise, Rep, plan
from campaign.consequences import consequences, territory_now
from campaign.model.cadences import COMPLAINT
from campaign.model.outcomes import WITHOUT_A_PERSON, Outcome, outcomes_of
from campaign.model.runs import runner_of, runs_of
from campaign.model.territory import Territory
from campaign.outputs.activities import activities
from campaign.outputs.steady import steady
from campaign.refusing import to_note
from campaign.replanning import Cause, Replanned, replan
from campaign.touches import Plan, ReasonCode, Status, Touch

LIVES = int(os.environ.get("PEOPLE_LIVES", "2"))
MONDAYS = 13 if "PEOPLE_LIVES" in os.environ else 3
_WEEK = dt.timedelta(days=7)
_LATE = 45


def everybody() -> Territory:
    """Eight accounts with two or three people each, some of whom share an address or a number."""
    accounts = [
        Account(
            f"A-{n}",
            f"Firm {n}",
            tier="ABC"[n % 3],
            phone=f"503 555 010{min(n, 6)}",
            latitude=44.9 + n / 50,
            longitude=-123.0 - n / 60,
        )
        for n in range(8)
    ]
    people = [
        Contact(
            f"P-{n}-{k}",
            f"A-{n}",
            name=f"Person {n}.{k}",
            role=("decision_maker", "user", "sponsor")[k],
            email=f"p{n}{min(k, 1)}@firm{n}.example" if n % 4 == 0 else "",
        )
        for n in range(8)
        for k in range(2 + n % 2)
    ]
    promises = [
        Promise(f"PR-{n}", f"A-{n}", what="word", due=due, channel=channel)
        for n, (due, channel) in enumerate([("2027-01-20", "call"), ("2027-02-17", "letter")] * 2)
    ]
    rep = Rep("Ann", home=(44.94, -123.03), owner=["Ann"])
    return small(*accounts, rep=rep, contacts=people, promises=promises)


@define
class Life:
    """A plan that is lived week by week, and what was said in it."""

    dice: random.Random
    made: Any
    territory: Territory
    refused: set[str]
    shut: set[tuple[str, str]]
    away: list[Contact]
    gone: list[Account]

    @property
    def rows(self) -> tuple[Touch, ...]:
        rows: tuple[Touch, ...] = self.made.touches
        return rows

    def week(self, monday: dt.date) -> tuple[list[Touch], list[Touch]]:
        """What becomes of the rows before a Monday, and those that are pinned from then on."""
        rows = [self._lived(row, monday) for row in self.rows]
        rows += self._heard(monday)
        return self._pinned(rows, monday)

    def _lived(self, row: Touch, monday: dt.date) -> Touch:
        if row.status is not Status.PLANNED or row.date >= monday:
            return row
        channel = self.territory.channels[row.channel]
        if self.dice.random() < 0.1:
            return row  # nobody made it
        outcomes = [one for one in outcomes_of(channel) if one is not Outcome.LATER]
        usual = Outcome.REACHED
        if channel.travels or channel.is_post:
            usual = Outcome.MET if channel.travels else Outcome.DONE
        outcome = self.dice.choice([*[usual] * 12, *outcomes])
        done = evolve(row, status="done", done_on=row.date, outcome=outcome)
        if not channel.is_post and self.dice.random() < 0.12:
            asked = row.date + dt.timedelta(days=self.dice.randint(1, 40))
            done = evolve(done, outcome="later", again_on=asked)
        if done.outcome is Outcome.DO_NOT_CONTACT:
            self.refused.add(row.contact_id)
        return done

    def _heard(self, monday: dt.date) -> Iterator[Touch]:
        """A complaint, on any day of the week before, of some account."""
        if self.dice.random() < 0.3:
            account = self.dice.choice(self.territory.active_accounts).account_id
            day = max(self.territory.start, monday - dt.timedelta(days=self.dice.randint(1, 7)))
            number = sum(one.is_heard and one.account_id == account for one in self.rows) + 1
            yield Touch(
                f"{account}/{account}/heard" + (f"#{number}" if number > 1 else ""),
                day,
                account_id=account,
                contact_id=account,
                channel="",
                cadence="heard",
                step="heard",
                purpose="listen",
                required=False,
                minutes=0,
                planned_on=day,
                status="done",
                outcome="complaint",
                done_on=day,
            )

    def _pinned(self, rows: list[Touch], monday: dt.date) -> tuple[list[Touch], list[Touch]]:
        ahead = [
            n for n, row in enumerate(rows) if row.status is Status.PLANNED and row.date > monday
        ]
        for number in self.dice.sample(ahead, k=min(1, len(ahead))):
            row = rows[number]
            start = self.dice.randrange(9 * 60, 15 * 60, 15) if row.start is not None else None
            rows[number] = evolve(row, pinned=True, start=start, end=None)
        for number in self.dice.sample(ahead, k=min(2, len(ahead))):
            rows[number] = evolve(rows[number], told=monday)
        return rows, [row for row in rows if row.pinned and row.status is Status.PLANNED]

    def edit_the_lists(self) -> None:
        """People and accounts come, go and are put together; rows stand in any order."""
        for edit in self.dice.sample((self._edit_people, self._edit_accounts, self._refuse), k=2):
            edit()

    def _edit_accounts(self) -> None:
        """Two accounts become one, one leaves the list or comes back, one changes hands."""
        accounts, dice = list(self.territory.accounts), self.dice
        promises, people = list(self.territory.promises), list(self.territory.contacts)
        first, other = dice.sample(range(len(accounts)), k=2)
        gone, stays = accounts[first].account_id, accounts[other].account_id
        match dice.randrange(5):
            case 0 if len(accounts) > 4:
                accounts.pop(first)
                people = [_moved(one, gone, stays) for one in people]
                promises = [_moved(one, gone, stays) for one in promises]
            case 1 if len(accounts) > 4:
                self.gone.append(accounts.pop(first))
                self.away += [one for one in people if one.account_id == gone]
                people = [one for one in people if one.account_id != gone]
                promises = [one for one in promises if one.account_id != gone]
            case 2 if self.gone:
                accounts.insert(0, self.gone.pop())
            case 3:
                owner = "" if accounts[first].owner else "Somebody else"
                accounts[first] = evolve(accounts[first], owner=owner)
            case _:
                dice.shuffle(accounts)
        self.territory = evolve(
            self.territory, accounts=accounts, contacts=people, promises=promises
        )

    def _refuse(self) -> None:
        """A row says that they want no contact, or not by a channel; or says so no more."""
        people = list(self.territory.contacts)
        number, channel = self.dice.randrange(len(people)), self.dice.choice(["call", "letter"])
        person = people[number]
        match self.dice.randrange(6):
            case 0:
                self.refused.add(person.contact_id)
                person = evolve(person, do_not_contact=True)
            case 1 | 2:
                self.shut.add((person.contact_id, channel))
                person = evolve(person, consents={**person.consents, channel: "no"})
            case _:
                person = evolve(person, do_not_contact=False, consents={})
        people[number] = person
        self.territory = evolve(self.territory, contacts=people)

    def _edit_people(self) -> None:
        """Somebody moves, joins above the rest, leaves, comes back; rows stand in any order."""
        people, dice = list(self.territory.contacts), self.dice
        ids = [account.account_id for account in self.territory.accounts]
        number = dice.randrange(len(people))
        match dice.randrange(5):
            case 0:
                people[number] = evolve(people[number], account_id=dice.choice(ids))
            case 1:
                new = Contact(
                    f"N-{len(people)}-{dice.randrange(10**6)}", dice.choice(ids), name="New"
                )
                people.insert(0, new)
            case 2:
                self.away.append(people.pop(number))
            case 3 if self.away:
                back = self.away.pop()
                there = back.account_id if back.account_id in ids else dice.choice(ids)
                people.insert(0, evolve(back, account_id=there))
            case _:
                dice.shuffle(people)
        self.territory = evolve(self.territory, contacts=people)


def _moved(one: Any, gone: str, stays: str) -> Any:  # noqa: ANN401 (a person, or a promise)
    return evolve(one, account_id=stays) if one.account_id == gone else one


def lived(seed: int, mondays: int) -> Iterator[tuple[Life, Replanned, list[Touch], list[Touch]]]:
    """One life, Monday by Monday."""
    territory = everybody()
    life = Life(random.Random(seed), plan(territory, effort=0), territory, set(), set(), [], [])
    for number in range(1, mondays + 1):
        monday = territory.start + number * _WEEK
        if monday > territory.calendar.end:
            return
        rows, pins = life.week(monday)
        for edit in (life.edit_the_lists, bool):
            kept = to_note(life.territory, rows)  # As each command does, before and after.
            life.territory = evolve(life.territory, refusals=[*life.territory.refusals, *kept])
            edit()
        made = replan(Plan(life.territory, rows), monday, freeze=life.dice.randint(0, 3), effort=0)
        life.made = made.campaign
        yield life, made, rows, pins


def refused_are_left_alone(life: Life, made: Replanned) -> None:
    """No refused person in the plan, nor in any output that reaches out."""
    planned = [row for row in made.campaign.touches if row.status is Status.PLANNED]
    assert not life.refused & {row.contact_id for row in planned}
    assert not life.shut & {(row.contact_id, row.channel) for row in planned if not row.pinned}
    owners = {one.account_id: one.owner for one in made.campaign.territory.accounts}
    assert not any(owners.get(row.account_id, "gone") for row in planned)
    reached = {
        touch.contact_id
        for one in activities(made.campaign)
        for touch in one.touches
        if not touch.is_done
    }
    assert not life.refused & reached
    assert not life.refused & {one.person.contact_id for one in steady(made.campaign)}


def pins_stay(made: Replanned, pins: Sequence[Touch]) -> None:
    """Every pin of somebody who is owed it still stands on its day, at its time."""
    now = {row.touch_id: row for row in made.campaign.touches}
    for pin in pins:
        row = now.get(pin.touch_id)
        if row is not None and row.status is Status.PLANNED:
            assert (row.date, row.channel) == (pin.date, pin.channel)
            assert pin.start is None or row.start == pin.start


def who_runs_goes_on(made: Replanned, rows: Sequence[Touch]) -> None:
    """Nobody who is in mid-cadence is pushed out by anybody who is new."""
    now = territory_now(made.campaign.territory, made.campaign.touches)
    begun = {
        (row.account_id, runner_of(row.touch_id))
        for row in rows
        if row.is_done and not (row.is_heard or row.is_promise or row.cadence == COMPLAINT)
    }
    for account in now.active_accounts:
        people = {one.contact_id: one for one in now.contacts_of(account.account_id)}
        runners = [run.contact.contact_id for run in runs_of(now, account)]
        persons = {now.person_of(one) for one in runners}
        new = [one for one in runners if (account.account_id, one) not in begun]
        waiting = [
            one
            for one in people
            if (account.account_id, one) in begun
            and now.person_of(one) not in persons
            and not people[one].do_not_contact
            and (now.tier(account).others or people[one].cadence)
        ]
        # The main contact may be new where nobody who ran the account's cadence is left.
        assert not waiting or len(new) <= 1, (account.account_id, waiting, runners)
        assert not waiting or runners[1:] == [one for one in runners[1:] if one not in new]


def days_asked_for_are_met_or_told(made: Replanned) -> None:
    """Each day that was asked for stands on it, or is left out with a reason, never before it."""
    found = consequences(made.campaign.territory, made.campaign.touches)
    for one in found.asked:
        if not (one.is_open and one.is_in_time):
            continue
        named = one.promise.promise_id
        rows = [row for row in made.campaign.touches if row.step == named]
        left = [row for row in made.campaign.left_out if row.step == named]
        planned = [row for row in rows if row.status is Status.PLANNED]
        assert planned or left, named
        asked = one.promise.not_before
        assert asked is not None
        assert all(row.date >= asked for row in planned)


def complaints_cost_nothing(made: Replanned) -> None:
    """Who complained is answered first, by what makes it good, and nothing is dropped for it."""
    plan_ = made.campaign
    found = consequences(plan_.territory, plan_.touches)
    now = territory_now(plan_.territory, plan_.touches)
    planned = [row for row in plan_.touches if row.status is Status.PLANNED and not row.pinned]
    for one in found.recoveries:
        rows = [row for row in planned if row.account_id == one.account_id]
        mends = [row for row in rows if one.makes_good(row.step)]
        if one.is_open and not any(row.step == one.promise.promise_id for row in mends):
            continue  # No channel is left to answer by, or the rep has pinned the answer.
        last = max((row.date for row in mends), default=None)
        others = [row for row in rows if row.cadence not in ("promises", "complaint")]
        openings = now.account(one.account_id).has_grievance
        assert last is None or openings or all(row.date > last for row in others)
        # A later complaint of the same account keeps all else waiting anew, until it is made good.
        own = [each for each in found.recoveries if each.account_id == one.account_id]
        mended = [
            row.day
            for row in plan_.touches
            if row.account_id == one.account_id and any(each.makes_good(row.step) for each in own)
        ]
        if (now.calendar.end - max([*mended, *(each.because.day for each in own)])).days < _LATE:
            continue  # Then the campaign ends before all that waited could stand.
        left = [row for row in plan_.left_out if row.account_id == one.account_id]
        assert ReasonCode.BEFORE_THE_ANSWER not in {row.reason_code for row in left}


def nobody_is_introduced_twice(made: Replanned) -> None:
    """Who was reached by an introduction is not introduced again, wherever they stand."""
    met: set[str] = set()
    for row in sorted(made.campaign.touches, key=lambda row: row.day):
        if row.purpose != "introduce":
            continue
        if row.status is Status.PLANNED:
            assert row.contact_id not in met, row.touch_id
        elif row.is_done and row.outcome not in WITHOUT_A_PERSON:
            met.add(row.contact_id)


@pytest.mark.parametrize("seed", range(LIVES))
def test_what_people_said_holds_through_any_life(seed: int) -> None:
    for life, made, rows, pins in lived(seed, MONDAYS):
        assert [one for one in made.campaign.violations() if not one.is_notice] == []
        refused_are_left_alone(life, made)
        pins_stay(made, pins)
        who_runs_goes_on(made, rows)
        days_asked_for_are_met_or_told(made)
        nobody_is_introduced_twice(made)
        complaints_cost_nothing(made)


@pytest.mark.parametrize("seed", range(LIVES))
def test_what_is_frozen_stays_and_what_moves_is_told_with_its_cause(seed: int) -> None:
    """Of the next days nothing moves unless it cannot stay; what moves is in the diff, once."""
    for _life, made, rows, _pins in lived(seed + 100, min(MONDAYS, 4)):
        now = {row.touch_id: row for row in made.campaign.touches}
        changes = {one.touch_id: one for one in made.difference.changes}
        for row in rows:
            if row.status is not Status.PLANNED or row.date < made.begun.day:
                continue
            after = now.get(row.touch_id)
            is_here = after is not None and after.status is Status.PLANNED
            stays = is_here and after is not None and after.date == row.date
            if not stays:
                assert row.touch_id in changes, row.touch_id
            if row.date < made.begun.first_free and not stays:
                assert changes[row.touch_id].because.cause is not Cause.NOT_FORCED
