"""What becomes of touches in the field: rates, and dice that always fall alike."""

import datetime as dt
import random
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from attrs import evolve, frozen

from campaign.errors import Finding, InvalidInput
from campaign.model.accounts import Account
from campaign.model.given import taken, to_number
from campaign.model.outcomes import Outcome
from campaign.model.territory import Territory
from campaign.touches import Status, Touch
from campaign.workdays import plain

LOST = "lost"
_WEEKS_A_MONTH = 30 / 7


@frozen
class Rates:
    """How often each thing happens, as a share of 1, by `table.name` of `rates.toml`."""

    by_name: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        """The rate of that name."""
        return self.by_name[name]

    def overridden(self, rates: Mapping[str, float]) -> "Rates":
        """The same with some rates of one's own; raises `InvalidInput` for what is none."""
        given = taken(rates, dict[str, float], "rates", _remedy(self.by_name))
        wrong = [
            Finding("rates", _problem(name, rate, self.by_name), remedy=_remedy(self.by_name))
            for name, rate in given.items()
            if name not in self.by_name or not _is_share(rate)
        ]
        if wrong:
            raise InvalidInput(wrong)
        return Rates({**self.by_name, **given})


def _is_share(rate: object) -> bool:
    try:
        return 0 <= to_number(rate) <= 1
    except ValueError:
        return False


def _problem(name: str, rate: float, known: Mapping[str, float]) -> str:
    return f"{rate} is no share of 1" if name in known else f'"{name}" is no rate'


def _remedy(known: Mapping[str, float]) -> str:
    return f"write a share from 0 to 1 of one of {', '.join(known)}"


@cache
def shipped_rates() -> Rates:
    """The rates that ship, with their sources in `rates.toml`."""
    text = files("campaign.rehearsal").joinpath("rates.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return Rates(
        {f"{t}.{name}": rate for t, rates in tables.items() for name, rate in rates.items()}
    )


@frozen
class Field:
    """One life: its rates and its dice; what happens hangs on the day and the touch alone.

    So two ways of planning meet the same luck: a call to the same person on the same day is
    answered in both or in neither, and the rep is ill on the same days.
    """

    rates: Rates
    life: str

    def happens(self, rate: str, *of: object) -> bool:
        """Whether something of a rate happens to whatever it is about."""
        dice = random.Random("/".join(map(str, (self.life, rate, *of))))  # noqa: S311 (repeatable)
        return dice.random() < self.rates[rate]

    def is_sick(self, day: dt.date) -> bool:
        """Whether the rep is ill on a day."""
        return self.happens("day.sick", day)

    def lived(self, territory: Territory, touch: Touch) -> Touch:
        """A touch after its day: done with its outcome, or not done."""
        key = (touch.touch_id, plain(touch.date))
        if self.is_sick(plain(touch.date)) or self.happens("day.not_done", *key):
            return touch
        outcome = self._outcome(territory, touch, *key)
        return evolve(touch, status=Status.DONE, outcome=outcome, done_on=touch.date)

    def _outcome(self, territory: Territory, touch: Touch, *key: object) -> Outcome:
        channel = territory.channels[touch.channel]
        if self.happens("touch.complaint", *key):
            return Outcome.COMPLAINT
        if channel.is_post:
            return self._of_post(touch, *key)
        if channel.travels:
            return Outcome.MET if self.happens("visit.met", *key) else Outcome.NO_ANSWER
        return self._of_call(touch, *key)

    def _of_post(self, touch: Touch, *key: object) -> Outcome:
        if self.happens("post.returned", touch.contact_id):
            return Outcome.RETURNED_MAIL
        return Outcome.REPLIED if self.happens("post.replied", *key) else Outcome.DONE

    def _of_call(self, touch: Touch, *key: object) -> Outcome:
        if self.happens("call.reached", *key):
            return Outcome.REACHED
        if self.happens("call.wrong_number", touch.contact_id):
            return Outcome.WRONG_NUMBER
        return Outcome.VOICEMAIL if self.happens("call.voicemail", *key) else Outcome.NO_ANSWER

    def changed(self, territory: Territory, week: int) -> Territory:
        """The territory after a week: some accounts are lost, some have joined."""
        accounts = [self._after(account, week) for account in territory.accounts]
        joined = list(self._joining(territory, week))
        if not joined and accounts == list(territory.accounts):
            return territory
        return evolve(territory, accounts=(*accounts, *joined))

    def _after(self, account: Account, week: int) -> Account:
        is_lost = self._in_a_week("month.lost", account.account_id, week)
        return evolve(account, status=LOST) if account.is_active and is_lost else account

    def _joining(self, territory: Territory, week: int) -> Iterator[Account]:
        """Newcomers, each near an account that is there, of its tier."""
        for account in territory.active_accounts:
            if self._in_a_week("month.joined", account.account_id, week):
                yield Account(
                    f"{account.account_id}-new-{week}",
                    f"New near {account.name}",
                    tier=account.tier,
                    latitude=account.latitude,
                    longitude=account.longitude,
                    timezone=account.timezone,
                    country=account.country,
                    phone=account.phone,
                )

    def _in_a_week(self, rate: str, *of: object) -> bool:
        dice = random.Random("/".join(map(str, (self.life, rate, *of))))  # noqa: S311 (repeatable)
        return dice.random() < self.rates[rate] / _WEEKS_A_MONTH
