"""The sheets for calls and visits: what to know, what to say, and room for a note."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import frozen

from campaign.consequences import consequences
from campaign.model.hours import clock
from campaign.outputs.agenda import day_in_words
from campaign.outputs.people import whom
from campaign.outputs.table import in_order
from campaign.touches import Plan, Status, Touch
from campaign.words.saying import Saying
from campaign.words.story import Kind, kind_of
from campaign.workdays import Span


@frozen
class Spoken:
    """One line of a sheet; `kind` is `know` for what is to be known, `say` for the words."""

    kind: str
    text: str


@frozen
class Sheet:
    """What to say in one call or visit."""

    touch: Touch
    head: str
    lines: tuple[Spoken, ...]


def call_sheets(
    plan: Plan, *, days: Span | None, channel: str
) -> Sequence[tuple[str, Sequence[Sheet]]]:
    """The calls and visits of some days, all of them without `days`, by day and in order.

    What is not to be made as things stand is not among them.
    """
    follows = consequences(plan.territory, plan.touches)
    meant = [
        touch
        for touch in in_order(plan.touches)
        if touch.status is Status.PLANNED
        and touch.channel == (channel or touch.channel)
        and (days is None or touch.date in days)
        and _is_spoken(plan, touch)
        and follows.hold(touch) is None
    ]
    saying = Saying(plan)
    accounts = dict.fromkeys(touch.account_id for touch in meant)
    said = {key: one.text for account_id in accounts for key, one in saying.of(account_id).items()}
    made = [_sheet(plan, touch, said[touch.touch_id]) for touch in meant]
    return [
        (day_in_words(day), tuple(sheets))
        for day, sheets in groupby(made, key=lambda sheet: sheet.touch.date)
    ]


def _is_spoken(plan: Plan, touch: Touch) -> bool:
    channel = plan.territory.channels.get(touch.channel)
    return channel is not None and kind_of(channel) in (Kind.CALL, Kind.VISIT)


def _sheet(plan: Plan, touch: Touch, said: str) -> Sheet:
    who = whom(plan.territory, touch.account_id, touch.contact_id)
    person = "" if touch.contact_id == touch.account_id else who.person_name
    names = ", ".join(filter(None, (who.account_name or touch.account_id, person)))
    start = "" if touch.start is None else f"{clock(touch.start)} "
    lines = [Spoken("say", line) for line in said.split("\n")]
    return Sheet(
        touch,
        f"{start}{touch.channel}: {names}",
        (*_to_know(plan, touch), *filter(_is_full, lines)),
    )


def _to_know(plan: Plan, touch: Touch) -> Iterator[Spoken]:
    who = whom(plan.territory, touch.account_id, touch.contact_id)
    place = who.address if plan.territory.channels[touch.channel].travels else ""
    for text in (who.phone, place, touch.brief):
        if text:
            yield Spoken("know", text)


def _is_full(line: Spoken) -> bool:
    return bool(line.text)
