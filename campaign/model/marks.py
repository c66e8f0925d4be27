"""What marks the events of a campaign in calendars, so that they are known again there."""

import datetime as dt
import hashlib

_DOMAIN = "territory-campaign"
_DIGITS, _DIGITS_OF_CAMPAIGN = 24, 8


def event_uid(mark: str, key: str) -> str:
    """The UID of the event of that key in the campaign of that mark, the same every time."""
    return f"{_digits(key, _DIGITS)}{mark}"


def event_mark(name: str, start: dt.date) -> str:
    """The end that the UIDs of all events of one campaign have, by its name and start."""
    return f"-{_digits(f'{name}/{start.isoformat()}', _DIGITS_OF_CAMPAIGN)}@{_DOMAIN}"


def _digits(text: str, number: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:number]
