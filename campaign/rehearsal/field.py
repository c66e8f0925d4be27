"""What becomes of touches in the field: rates, and dice that always fall alike."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from campaign.errors import Finding, InvalidInput
from campaign.model.accounts import Account
from campaign.model.given import taken, to_number
from campaign.model.outcomes import Outcome
from campaign.model.territory import Territory
from campaign.shipped import shipped_toml
from campaign.touches import Status, Touch
from campaign.workdays import plain

LOST, JOINED = "lost", "-new-"
"""The status of an account that is lost, and what stands in the id of one that has joined."""
_WEEKS_A_MONTH = 30 / 7


def _is_share(rate: object) -> bool:
    try:
        return 0 <= to_number(rate) <= 1
    except ValueError:
        return False


def rates_with(own: Mapping[str, float]) -> Mapping[str, float]:
    """How often each thing happens, as a share of 1, by `table.name` of `rates.toml`.

    Those that ship, with their sources there, and in their place some of one's own; raises
    `InvalidInput` for what is none.
    """
    tables = shipped_toml("rehearsal/rates.toml")
    known = {f"{table}.{name}": rate for table in tables for name, rate in tables[table].items()}
    remedy = f"write a share from 0 to 1 of one of {', '.join(known)}"
    given = taken(own, dict[str, float], "rates", remedy)
    problems = [
        f"{rate} is no share of 1" if name in known else f'"{name}" is no rate'
        for name, rate in given.items()
        if name not in known or not _is_share(rate)
    ]
    if problems:
        raise InvalidInput([Finding("rates", problem, remedy=remedy) for problem in problems])
    return {**known, **given}


@frozen
class Field:
    """One life: its rates and its dice; what happens hangs on the day and the touch alone.

    So two ways of planning meet the same luck: a call to the same person on the same day is
    answered in both or in neither, and the rep is ill on the same days.
    """

    rates: Mapping[str, float]
    life: str

    def happens(self, rate: str, *of: object, parts: float = 1) -> bool:
        """Whether something of a rate, or in one of its `parts`, happens to what it is about."""
        dice = random.Random("/".join(map(str, (self.life, rate, *of))))  # noqa: S311 (repeatable)
        return dice.random() < self.rates[rate] / parts

    def lived(self, territory: Territory, touch: Touch) -> Touch:
        """A touch after its day: done with its outcome, or not done."""
        day = plain(touch.date)
        if self.happens("day.sick", day) or self.happens("day.not_done", touch.touch_id, day):
            return touch
        outcome = self._outcome(territory, touch, day)
        return evolve(touch, status=Status.DONE, outcome=outcome, done_on=touch.date)

    def _outcome(self, territory: Territory, touch: Touch, day: dt.date) -> Outcome:
        """The first of what can come of it that happens: to the touch on its day, or to whom."""
        channel, whom = territory.channels[touch.channel], (touch.contact_id,)
        key: tuple[object, ...] = touch.touch_id, day
        chances = [("touch.complaint", key, Outcome.COMPLAINT)]
        otherwise = Outcome.NO_ANSWER
        if channel.is_post:
            chances += [("post.returned", whom, Outcome.RETURNED_MAIL)]
            chances += [("post.replied", key, Outcome.REPLIED)]
            otherwise = Outcome.DONE
        elif channel.travels:
            chances += [("visit.met", key, Outcome.MET)]
        else:
            chances += [("call.reached", key, Outcome.REACHED)]
            chances += [("call.wrong_number", whom, Outcome.WRONG_NUMBER)]
            chances += [("call.voicemail", key, Outcome.VOICEMAIL)]
        found = (outcome for rate, of, outcome in chances if self.happens(rate, *of))
        return next(found, otherwise)

    def changed(self, territory: Territory, week: int) -> Territory:
        """The territory after a week: some accounts are lost, some have joined."""
        lost = {
            account.account_id
            for account in territory.active_accounts
            if self.happens("month.lost", account.account_id, week, parts=_WEEKS_A_MONTH)
        }
        joined = tuple(self._joining(territory, week))
        if not lost and not joined:
            return territory
        accounts = (
            evolve(account, status=LOST) if account.account_id in lost else account
            for account in territory.accounts
        )
        return evolve(territory, accounts=(*accounts, *joined))

    def _joining(self, territory: Territory, week: int) -> Iterator[Account]:
        """Newcomers, each near an account that is there, of its tier."""
        for account in territory.active_accounts:
            if self.happens("month.joined", account.account_id, week, parts=_WEEKS_A_MONTH):
                yield Account(
                    f"{account.account_id}{JOINED}{week}",
                    f"New near {account.name}",
                    tier=account.tier,
                    latitude=account.latitude,
                    longitude=account.longitude,
                    timezone=account.timezone,
                    country=account.country,
                    phone=account.phone,
                )
