"""Why a touch comes in, goes, is missed or moves: from the inputs, the rows and the rules."""

from collections.abc import Iterator
from functools import cached_property

from attrs import evolve, frozen

from campaign.explaining.following import account_name
from campaign.model.accounts import Account
from campaign.model.rep import other_owner
from campaign.model.runs import FORMER, runs_of
from campaign.phrases import listed
from campaign.replanning.because import Because, Cause
from campaign.replanning.plans import TwoPlans
from campaign.replanning.staying import Staying
from campaign.touches import PROMISES, LeftOut, ReasonCode, Touch, attempt
from campaign.workdays import in_any, plain


@frozen(eq=False)
class Causes(TwoPlans):
    """Works out why, for one plan and the one that takes its place."""

    def missed(self, row: Touch) -> Because:
        """Why a touch of an earlier day was not made, as far as anybody knows."""
        if in_any(row.date, self.territory.rep.leave):
            return Because(Cause.ON_LEAVE, date=plain(row.date))
        return Because(Cause.NOT_LOGGED, date=plain(row.date))

    def moved(self, row: Touch, after: Touch) -> Because:
        """Why a touch cannot stand where it stood."""
        return self._staying.why_not(row, after)

    def rerouted(self, row: Touch, after: Touch) -> Because | None:
        """Why a touch goes by another channel on its new day; None where it does not."""
        if row.channel == after.channel:
            return None
        return self._staying.why_not(evolve(row, date=after.date), after)

    def new(self, row: Touch) -> Because:
        """Why a touch stands that did not stand before."""
        parts = (self._again, self._recovery, self._had_no_place, self._new_in_the_lists)
        found = (because for part in parts for because in part(row))
        return next(found, Because(Cause.OWED_NOW))

    def _again(self, row: Touch) -> Iterator[Because]:
        owed_id, number = attempt(row)
        tried = [one for one in self.begun.tried.get(owed_id, ()) if attempt(one)[1] < number]
        if tried:
            yield Because(Cause.AGAIN, other=tried[-1])

    def _recovery(self, row: Touch) -> Iterator[Because]:
        for one in self.consequences.recoveries:
            if one.account_id == row.account_id and one.makes_good(row.step):
                yield Because(Cause.RECOVERY, other=one.because)
        for asked in self.consequences.asked:
            if asked.promise.promise_id == row.step:
                yield Because(Cause.ASKED_TO, date=asked.promise.not_before, other=asked.because)

    def _had_no_place(self, row: Touch) -> Iterator[Because]:
        if row.touch_id in {left.touch_id for left in self.before.left_out}:
            yield Because(Cause.HAD_NO_PLACE)

    def _new_in_the_lists(self, row: Touch) -> Iterator[Because]:
        if row.account_id not in self._known_accounts:
            yield Because(Cause.NEW_ACCOUNT)
        elif row.cadence == PROMISES:
            promises = self.territory.promises
            due = next((one.due for one in promises if one.promise_id == row.step), None)
            yield Because(Cause.NEW_PROMISE, date=due)
        elif (row.account_id, row.contact_id) not in self._known_people:
            if row.contact_id == row.account_id:
                yield Because(Cause.NAMELESS)
            places = (one for one, contact in self._known_people if contact == row.contact_id)
            known = next(iter(sorted(places)), "")
            name = account_name(self.territory, known) if known else ""
            yield Because(Cause.NEW_CONTACT, what=name)

    def dropped(self, row: Touch, left: LeftOut | None) -> Because:
        """Why a touch stands no more."""
        ended = self.consequences.end_of(row.account_id, row.contact_id)
        if ended:
            return Because(Cause.NO_CONTACT, other=ended.because)
        closed = self.consequences.closed_to(row.contact_id, row.channel)
        if left and closed and left.reason_code is ReasonCode.NO_CONSENT:
            return Because(Cause.CLOSED_CHANNEL, what=row.channel, other=closed.because)
        if left and (complaint := self._unanswered(row)):
            return Because(Cause.COMPLAINT, what=row.channel, other=complaint)
        if left:
            return Because(Cause.LEFT_OUT, what=left.reason)
        later = self.consequences.overtaken_by(row)
        return Because(Cause.OVERTAKEN, other=later) if later else self._not_owed(row)

    def _unanswered(self, row: Touch) -> Touch | None:
        """The complaint for whose answer there is no place, so that nothing of them has one."""
        recovery = self.consequences.open_recovery(row.account_id)
        if recovery is None or recovery.makes_good(row.step):
            return None
        answer = row.account_id, recovery.promise.promise_id
        rows = self.campaign.touches
        stands = any((one.account_id, one.step) == answer and one.stands for one in rows)
        return None if stands else recovery.because

    def _not_owed(self, row: Touch) -> Because:
        account = next(
            (one for one in self.territory.ranked_accounts if one.account_id == row.account_id),
            None,
        )
        if account is None:
            return Because(Cause.ACCOUNT_GONE)
        if owner := other_owner(self.territory.rep, account):
            return Because(Cause.HANDED_OVER, what=owner)
        if not account.is_active:
            return Because(Cause.NOT_ACTIVE, what=account.status)
        if row.cadence == PROMISES:
            return self._promise_gone(row)
        return self._run_gone(account, row)

    def _run_gone(self, account: Account, row: Touch) -> Because:
        """What has become of the cadence that a person ran."""
        people = {one.contact_id: one for one in self.territory.contacts_of(row.account_id)}
        if row.contact_id not in {*people, row.account_id}:
            return self._person_gone(row)
        runs = runs_of(self.territory, account)
        now = {run.contact.contact_id: run.cadence.name for run in runs}
        person = people.get(row.contact_id)
        if row.contact_id not in now and person and person.role == FORMER:
            return Because(Cause.CONTACT_GONE, what=person.role)
        other = now.get(row.contact_id, "")
        came = [one for one in now if (row.account_id, one) not in self._known_people]
        if not other and came:
            names = [run.contact.name for run in runs if run.contact.contact_id in came]
            return Because(Cause.REPLACED, what=listed(names))
        return Because(Cause.NOT_OWED, what=other if other != row.cadence else "")

    def _person_gone(self, row: Touch) -> Because:
        """Where a person is who stands at the account no more."""
        for person in self.territory.contacts:
            if person.contact_id == row.contact_id:
                name = account_name(self.territory, person.account_id)
                return Because(Cause.CONTACT_MOVED, what=name)
        return Because(Cause.CONTACT_GONE)

    def _promise_gone(self, row: Touch) -> Because:
        promises = (
            *self.territory.promises,
            *(one.promise for one in self.consequences.promised),
        )
        this = row.account_id, row.step
        found = (one for one in promises if (one.account_id, one.promise_id) == this)
        kept_on = next((one.kept_on for one in found), None)
        return Because(Cause.PROMISE_KEPT if kept_on else Cause.NOT_OWED, date=kept_on)

    @cached_property
    def _staying(self) -> Staying:
        return Staying(self.before, self.begun, self.campaign)

    @cached_property
    def _known_accounts(self) -> frozenset[str]:
        return frozenset(account_id for account_id, _ in self._known_people)

    @cached_property
    def _known_people(self) -> frozenset[tuple[str, str]]:
        """Who stands in the plan before, by account and contact id."""
        rows = ((row.account_id, row.contact_id) for row in self.before.touches)
        left_out = ((left.account_id, left.contact_id) for left in self.before.left_out)
        return frozenset((*rows, *left_out))
