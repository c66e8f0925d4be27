"""Dates of a campaign, names, and notes in words."""

import datetime as dt
import textwrap

from campaign.model.territory import Territory
from campaign.phrases import short_date, short_day
from campaign.touches import LeftOut, Touch

_LONGEST_NOTE = 300


def date_in_words(territory: Territory, day: dt.date) -> str:
    """`Tue 12 Jan` for a day of the campaign, `10 Nov 2026` for any other."""
    calendar = territory.calendar
    if calendar.start <= day <= calendar.end:
        return short_day(day)
    return f"{short_date(day)} {day.year}"


def span_in_words(territory: Territory, first: dt.date, last: dt.date) -> str:
    """`Tue 12 Jan to Tue 19 Jan`, or one date where both are the same."""
    if first == last:
        return date_in_words(territory, first)
    return f"{date_in_words(territory, first)} to {date_in_words(territory, last)}"


def sentence(text: str) -> str:
    """The text in one line, with an end."""
    line = " ".join(text.split())
    return line if not line or line[-1] in ".!?" else f"{line}."


def note(text: str) -> str:
    """A note as a sentence, cut short where it is long."""
    return sentence(textwrap.shorten(text, _LONGEST_NOTE, placeholder=" ... (more in the list)"))


def account_name(territory: Territory, account_id: str) -> str:
    """The name of an account, or the one that it had in an earlier plan; else its id."""
    try:
        return territory.account(account_id).name
    except KeyError:
        return territory.former.get((account_id, account_id), account_id)


def name_of(territory: Territory, touch: Touch | LeftOut) -> str:
    """The person that a row names, else the account."""
    people = {one.contact_id: one.name for one in territory.contacts_of(touch.account_id)}
    former = territory.former.get((touch.account_id, touch.contact_id))
    known = people.get(touch.contact_id) or former
    return known or account_name(territory, touch.account_id)
