"""What a territory owes, worked out once more and apart from the demand of the planner."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from campaign.model.accounts import Account, Contact, Promise
from campaign.model.cadences import Step
from campaign.model.runs import Run, cadences_of, person_for, promised_to, touch_id
from campaign.model.territory import Territory
from campaign.touches import PROMISES

PROMISE = "promise"


@frozen
class Due:
    """One touch that is owed: a step of a run, or an open promise.

    `person` is who it goes to, `parent_id` the touch that the step follows, `runner` the
    contact whose run it belongs to. `opens` is true for the step with which a grievance
    account has to open. What makes a complaint good follows the `answer` to it; what was `sent`
    is asked after once it was due.
    """

    touch_id: str
    account: Account
    person: Contact = field(kw_only=True)
    step: Step = field(kw_only=True)
    cadence: str = field(kw_only=True)
    parent_id: str = field(default="", kw_only=True)
    opens: bool = field(default=False, kw_only=True)
    is_apology: bool = field(default=False, kw_only=True)
    is_proof: bool = field(default=False, kw_only=True)
    answer: Promise | None = field(default=None, kw_only=True)
    sent: Promise | None = field(default=None, kw_only=True)
    promise: Promise | None = field(default=None, kw_only=True)

    @property
    def is_heard(self) -> bool:
        """Whether a grievance is heard or a complaint answered by it."""
        return self.opens or (self.promise is not None and self.promise.is_answer)

    @property
    def has_own_day(self) -> bool:
        """Whether it is a promise or the opening of a grievance account."""
        return self.opens or self.promise is not None

    @property
    def is_duty(self) -> bool:
        """Whether it is owed before all else."""
        return self.has_own_day or self.is_apology or self.is_proof


def dues_of(territory: Territory, account: Account, promises: Iterable[Promise]) -> Iterator[Due]:
    """What an active account is owed: its open promises, then the steps of its runs."""
    promises = tuple(promises)
    for promise in promises:
        if promise.is_open:
            person = promised_to(territory, account, promise)
            yield Due(
                touch_id(account.account_id, person.contact_id, promise.promise_id),
                account,
                person=person,
                step=Step(promise.promise_id, promise.channel, promise.purpose),
                cadence=PROMISES,
                promise=promise,
            )
    for run in cadences_of(territory, account, promises):
        runner, steps = run.contact.contact_id, run.cadence.steps
        ids = {step.name: touch_id(account.account_id, runner, step.name) for step in steps}
        is_grieved = run.is_main and account.has_grievance
        apology, proofs = _repairs(territory, run) if is_grieved or run.answer else ("", ())
        for number, step in enumerate(run.steps):
            yield Due(
                ids[step.name],
                account,
                person=person_for(territory, run, step),
                step=step,
                cadence=run.cadence.name,
                parent_id=ids[step.after] if step.after else "",
                opens=number == 0 and is_grieved,
                is_apology=step.name == apology,
                is_proof=step.name in proofs,
                answer=run.answer,
                sent=run.sent,
            )


def _repairs(territory: Territory, run: Run) -> tuple[str, tuple[str, ...]]:
    """The apology of a cadence that opens a grievance, and its proofs of repair, by name (R8).

    The first later step to recover that post leads; and the other required ones.
    """
    recovering = [step for step in run.cadence.steps[1:] if step.purpose == "recover"]
    posted = (s.name for s in recovering if territory.channels[s.channels[0]].is_post)
    apology = next(posted, "")
    return apology, tuple(s.name for s in recovering if s.required and s.name != apology)


def first_attempt(touch_id_: str, dues: Mapping[str, Due]) -> str:
    """The id of what is owed: that of a further attempt (`...#2`) without its number."""
    if touch_id_ in dues:
        return touch_id_
    head, mark, number = touch_id_.rpartition("#")
    return head if mark and number.isascii() and number.isdecimal() else touch_id_
