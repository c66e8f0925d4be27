"""Who runs which cadence, and which person a step goes to."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from attrs import evolve, field, frozen

from campaign.model.accounts import Account, Contact, Promise
from campaign.model.cadences import CHECK_BACK, COMPLAINT, Cadence, Step
from campaign.model.channels import CALL, VISIT
from campaign.model.question import Question

DECISION_MAKER = "decision_maker"
FORMER = "former"
INTRODUCE, RECOVER, PROMISE = "introduce", "recover", "promise"
_OF_COMPLAINT = re.compile(rf"{COMPLAINT}-\d{{4}}-\d\d-\d\d-", re.ASCII)
SUBSTITUTES = ("letter", "postcard", "email", "call")
"""What takes the place of channels that are refused, in this order; never a visit."""


@frozen(kw_only=True)
class Run:
    """One contact of one account on one cadence.

    With an `answer` it makes a complaint good: that is the promise of its first step, from
    which the others count. With `sent` it asks whether that promise arrived, from its due day on.
    """

    account: Account = field(kw_only=False)
    contact: Contact = field(kw_only=False)
    cadence: Cadence
    is_main: bool = True
    answer: Promise | None = None
    sent: Promise | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that the run owes: of a complaint those after its answer."""
        return self.cadence.steps[int(self.answer is not None) :]

    @property
    def answer_id(self) -> str:
        """The touch that answers the complaint; empty for a run without one."""
        if self.answer is None:
            return ""
        return touch_id(self.account.account_id, self.contact.contact_id, self.answer.promise_id)


def main_contact(territory: Question, account: Account) -> Contact:
    """The contact who runs the account's cadence: who does already, who decides, the first.

    Who has moved on (`former`) or wants no contact is passed over while there is anybody
    else; where nobody is known the account is its own contact. That it stays, once it runs,
    where only people come who want no contact.
    """
    people = territory.contacts_of(account.account_id)
    here = [person for person in people if person.role != FORMER]
    willing = [person for person in here if not person.do_not_contact]
    if not willing:
        nameless = territory.as_contact(account)
        willing = here if here and not _ran(territory, account, nameless) else [nameless]
    usual = next((one for one in willing if one.role == DECISION_MAKER), willing[0])
    running = [person for person in willing if _leads(territory, account, person)]
    return usual if usual in running else next(iter(running), usual)


def _leads(territory: Question, account: Account, person: Contact) -> bool:
    """Whether somebody is in the middle of the account's cadence, and not of a further one."""
    ran = _ran(territory, account, person)
    if not ran:
        return False
    is_further = ran == {territory.tier(account).others}
    return not is_further or main_cadence(territory, account, person) in ran


def _ran(territory: Question, account: Account, person: Contact) -> set[str]:
    """The cadences that somebody has begun at an account."""
    lived = territory.lived_at(account.account_id)
    return {one.cadence for one in lived if one.runner == person.contact_id}


def main_cadence(territory: Question, account: Account, main: Contact) -> str:
    """The name of the cadence that the main contact runs.

    The contact's own, else the account's own, else the relationship's (a grievance before
    any other), else that of a new decision maker, else the tier's.
    """
    relationship = "grievance" if account.has_grievance else account.relationship.value
    return (
        main.cadence
        or account.cadence
        or territory.relationships.get(relationship, "")
        or (territory.courtesy.new_cadence if is_new(territory, main) else "")
        or territory.tier(account).cadence
    )


def is_new(territory: Question, contact: Contact) -> bool:
    """Whether the contact has decided there for a short time only."""
    return (
        contact.role == DECISION_MAKER
        and contact.since is not None
        and (territory.start - contact.since).days < territory.courtesy.new_days
    )


def cadences_of(
    territory: Question, account: Account, promises: Iterable[Promise]
) -> Iterator[Run]:
    """All that an account runs: what makes complaints good, its cadences, what asks after promises.

    `promises` are those of the account.
    """
    yield from recoveries_of(territory, account)
    yield from runs_of(territory, account)
    yield from _check_backs_of(territory, account, promises)


def runs_of(territory: Question, account: Account) -> tuple[Run, ...]:
    """The runs of an active account, the main contact's first.

    Who runs already goes on before anybody who is new; nobody runs twice, whatever their ids.
    """
    main = main_contact(territory, account)
    runs = [_run(territory, account, main, main_cadence(territory, account, main))]
    taken = {territory.person_of(main.contact_id)}
    people = territory.contacts_of(account.account_id)
    for contact in sorted(people, key=lambda one: not _ran(territory, account, one)):
        person = territory.person_of(contact.contact_id)
        if person in taken or contact.do_not_contact:
            continue
        usual = "" if contact.role == FORMER else territory.tier(account).others
        if name := contact.cadence or usual:
            taken.add(person)
            runs.append(evolve(_run(territory, account, contact, name), is_main=False))
    return tuple(runs[: territory.capacity.contacts_at_once])


def _run(territory: Question, account: Account, contact: Contact, name: str) -> Run:
    """A run without the introductions of somebody who is known already."""
    cadence, account_id = territory.played[name], account.account_id
    past = territory.lived_with(contact.contact_id)
    if any(one.by for one in past if (one.account_id, one.cadence) != (account_id, name)):
        made = {step for one in past if one.account_id == account_id for step in one.steps}
        introductions = {step.name for step in cadence.steps if step.purpose == INTRODUCE}
        cadence = cadence.without(introductions - made)
    return Run(account, contact, cadence=cadence)


def recoveries_of(territory: Question, account: Account) -> Iterator[Run]:
    """The runs that make good what an account has complained of, the first complaint first."""
    people = {one.contact_id: one for one in territory.contacts_of(account.account_id)}
    for promise in territory.answers_to(account.account_id):
        if promise.contact_id and promise.contact_id not in people and not promise.is_open:
            continue  # Who was talked to has left: nobody else is told what has been repaired.
        person = people.get(promise.contact_id) or main_contact(territory, account)
        prefix = of_complaint(promise.complained_on, "")
        cadence = _renamed(territory.played[COMPLAINT], prefix)
        yield Run(account, person, cadence=cadence, is_main=False, answer=promise)


def _check_backs_of(
    territory: Question, account: Account, promises: Iterable[Promise]
) -> Iterator[Run]:
    """The runs that ask whether what was promised to an account, and sent, has arrived.

    Of the promises of the list that are due in the campaign, save those kept before it.
    """
    for promise in promises:
        channel = territory.channels[promise.channel]
        is_sent = promise.is_listed and not channel.travels and channel.name != CALL
        is_over = promise.kept_on is not None and promise.kept_on < territory.start
        if not is_sent or is_over or promise.due >= territory.calendar.end:
            continue
        person = promised_to(territory, account, promise)
        if consents(territory, person, promise.channel):
            cadence = _renamed(territory.played[CHECK_BACK], f"{promise.promise_id}+")
            yield Run(account, person, cadence=cadence, is_main=False, sent=promise)


def _renamed(cadence: Cadence, prefix: str) -> Cadence:
    steps = (
        evolve(one, name=prefix + one.name, after=prefix + one.after if one.after else None)
        for one in cadence.steps
    )
    return evolve(cadence, steps=tuple(steps))


def asked_from(territory: Question, sent: Promise) -> int:
    """The position from which it is asked whether a promise arrived: its due day, or the eve."""
    return max(0, territory.calendar.position(sent.due))


def of_complaint(day: dt.date | None, step: str) -> str:
    """The name of a step that makes good what was complained of on a day."""
    return f"{COMPLAINT}-{day}-{step}"


def plain_step(step: str, cadence: str = COMPLAINT) -> str:
    """The name of a step as its cadence has it, without the day of a complaint, or a promise."""
    return step.rpartition("+")[2] if cadence == CHECK_BACK else _OF_COMPLAINT.sub("", step)


def promised_to(territory: Question, account: Account, promise: Promise) -> Contact:
    """Whom a promise is kept to: who is named, while they are there, else the main contact."""
    people = territory.contacts_of(account.account_id)
    named = (person for person in people if person.contact_id == promise.contact_id)
    return next(named, None) or main_contact(territory, account)


def person_for(territory: Question, run: Run, step: Step) -> Contact:
    """The person a step goes to: who has the step's role, else the main contact.

    Without a role it is the contact who runs the cadence.
    """
    if step.contact is None or run.contact.role == step.contact:
        return run.contact
    for person in territory.contacts_of(run.account.account_id):
        if person.role == step.contact and not person.do_not_contact:
            return person
    return main_contact(territory, run.account)


def channels_for(territory: Question, person: Contact, step: Step) -> tuple[str, ...]:
    """The channels of a step that the person allows, the preferred one first.

    Where none is allowed the first allowed of letter, postcard, email and call takes their
    place, unless the policy says otherwise (`substitute`); nobody recovers by postcard, and a
    promise keeps its own channel.
    """
    if person.do_not_contact:
        return ()
    allowed = [name for name in step.channels if consents(territory, person, name)]
    if not allowed and territory.courtesy.substitute:
        first = territory.channels.get(step.channels[0])
        # an apology by post is left out without its channel
        is_apology = step.purpose == RECOVER and first is not None and first.is_post
        never = (*step.channels, "postcard") if step.purpose == RECOVER else step.channels
        if step.purpose != PROMISE and not is_apology:
            others = (name for name in SUBSTITUTES if name in territory.channels)
            allowed = [
                name for name in others if name not in never and consents(territory, person, name)
            ][:1]
    return tuple(sorted(allowed, key=lambda name: name != person.prefers))


def consents(territory: Question, person: Contact, channel: str) -> bool:
    """Whether the person may be reached by a channel; unknown is as the policy says.

    Who refuses visits refuses every channel by which the rep comes there.
    """
    answers = {person.consent(channel).value}
    used = territory.channels.get(channel)
    if used is not None and used.travels:
        answers.add(person.consent(VISIT).value)
    if "no" in answers:
        return False
    return "yes" in answers or territory.courtesy.unknown_consent == "allow"


def touch_id(account_id: str, contact_id: str, step: str) -> str:
    """The stable name of a touch: account/contact/step, with slashes inside escaped."""
    return "/".join(map(escaped, (account_id, contact_id, step)))


def step_of(territory: Question, cadence: str, step: str) -> Step | None:
    """The step of a cadence by its name; None for a promise and what is no step any more."""
    known = territory.played.get(cadence)
    name = plain_step(step, cadence) if cadence in (COMPLAINT, CHECK_BACK) else step
    return next((one for one in known.steps if one.name == name), None) if known else None


def runner_of(touch_id_: str) -> str:
    """The contact whose run a touch belongs to, by its id."""
    parts = touch_id_.split("/")
    return parts[1].replace("%2F", "/").replace("%25", "%") if len(parts) > 1 else ""


def escaped(part: str) -> str:
    """A name as it stands in the id of a touch, with its slashes escaped."""
    return part.replace("%", "%25").replace("/", "%2F")
