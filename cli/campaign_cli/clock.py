"""The only clock of the project: what day it is."""

import datetime as dt
from zoneinfo import ZoneInfo


def today(timezone: str = "") -> dt.date:
    """The date of now in an IANA zone, else in the zone of this computer."""
    zone = ZoneInfo(timezone) if timezone else None
    return dt.datetime.now(dt.UTC).astimezone(zone).date()


def next_monday() -> dt.date:
    """The first Monday after today."""
    day = today()
    return day + dt.timedelta(days=7 - day.weekday())
