"""Strategies for what files may hold: sound values, hostile texts, and any bytes at all."""

import datetime as dt
import string

from folders import SOUND
from hypothesis import strategies as st

from campaign.model.accounts import Account, Consent, Contact, Relationship
from campaign.model.hours import WEEKDAYS, Hours, OpeningHours
from campaign.reading.columns.headings import aliases
from campaign.workdays import Span

_NOTHING = {"null", "n/a", "#n/a", "nan", "-", "--", "\\n"}
CHANNELS = ("letter", "postcard", "call", "visit", "email")

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\"',;=+-@"))


def _is_told(text: str) -> bool:
    return bool(text) and text.casefold() not in _NOTHING


words = texts.map(str.strip).filter(_is_told)
maybe_words = st.just("") | words
lines = words.map(lambda text: " ".join(text.split())).filter(_is_told)
ids = st.text(string.ascii_letters + string.digits + "-_./%", min_size=1, max_size=12).filter(
    _is_told
)
dates = st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31))
money = st.integers(-(10**9), 10**12).map(lambda cents: cents / 100)
spans = st.tuples(dates, dates).map(lambda two: Span(min(two), max(two)))
countries = st.sampled_from(["", "US", "DE", "GB", "Narnia"])
zones = st.sampled_from(["", "America/Los_Angeles", "Europe/Berlin", "UTC"])


@st.composite
def opening_hours(draw: st.DrawFn) -> OpeningHours:
    """Opening hours with up to two spans a day."""
    found = {}
    for weekday in draw(st.sets(st.integers(0, len(WEEKDAYS) - 1), min_size=1)):
        ends = sorted(draw(st.sets(st.integers(0, 1440), min_size=4, max_size=4)))
        pairs = [Hours(ends[0], ends[1]), Hours(ends[2], ends[3])]
        found[weekday] = tuple(pairs[: draw(st.integers(1, 2))])
    return OpeningHours(found)


@st.composite
def places(draw: st.DrawFn) -> tuple[float, float] | tuple[None, None]:
    """A place on the globe, or none."""
    if draw(st.booleans()):
        return None, None
    latitude = draw(st.integers(-90_000_000, 90_000_000)) / 1e6
    longitude = draw(st.integers(-180_000_000, 180_000_000)) / 1e6
    return (None, None) if latitude == 0 and longitude == 0 else (latitude, longitude)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """An account of which anything may be known."""
    latitude, longitude = draw(places())
    return Account(
        draw(ids),
        draw(words),
        status=draw(st.sampled_from(["active", "closed", "lost"])),
        tier=draw(st.sampled_from(["", "A", "B"])),
        value=draw(st.none() | money),
        potential=draw(st.none() | money),
        relationship=draw(st.sampled_from(list(Relationship))),
        grievance=draw(maybe_words),
        grievance_since=draw(st.none() | dates),
        last_contact=draw(st.none() | dates),
        street=draw(st.just("") | lines),
        city=draw(maybe_words),
        postal_code=draw(st.sampled_from(["", "01099", "97301-0001"])),
        country=draw(countries),
        latitude=latitude,
        longitude=longitude,
        timezone=draw(zones),
        phone=draw(st.sampled_from(["", "+49 89 123", "(503) 555-0101"])),
        visit_hours=draw(st.none() | opening_hours()),
        closed_dates=draw(st.lists(spans, max_size=3)),
        do_not_contact=draw(st.booleans()),
        notes=draw(maybe_words),
        extra=draw(st.dictionaries(st.sampled_from(["Fleet", "Röster", "x=1"]), words)),
    )


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    """A contact of whom anything may be known."""
    return Contact(
        draw(ids),
        draw(ids),
        name=draw(words),
        role=draw(st.sampled_from(["", "decision_maker", "sponsor", "former"])),
        since=draw(st.none() | dates),
        title=draw(maybe_words),
        phone=draw(st.sampled_from(["", "+49 89 123"])),
        email=draw(st.sampled_from(["", "ito@a.example"])),
        timezone=draw(zones),
        call_hours=draw(st.none() | opening_hours()),
        prefers=draw(st.sampled_from(["", *CHANNELS])),
        consents=draw(
            st.dictionaries(st.sampled_from(CHANNELS), st.sampled_from([Consent.YES, Consent.NO]))
        ),
        do_not_contact=draw(st.booleans()),
        notes=draw(maybe_words),
    )


_HEADINGS = st.sampled_from(
    [
        h
        for kind in ("accounts", "contacts", "promises")
        for own in aliases(kind).values()
        for h in own
    ]
)
_HOSTILE_CELLS = st.sampled_from(
    [
        *("", "A-1", "A-2", "yes", "no", "31/04/2027", "2027-04-30", "9999-12-31", "0001-01-01"),
        *("44.94", "-123.03", "1e999", "nan", "1.234", "$1,2,3", "Mon-Fri 09:00-12:00", "Mon-"),
        *(
            "24:00-25:00",
            "2027-01-01/2026-01-01",
            "good",
            "grievance",
            "active",
            "Z",
            "call",
            "'=1",
        ),
        *("America", "../..", "\ufeff", "١٢", "=1+1", '"', "a@b", "🥐", "\x85", "\u2028"),
    ]
) | st.text(max_size=8)


@st.composite
def lists_of_anything(draw: st.DrawFn) -> bytes:
    """A list under real headings whose cells may hold anything, in any shape and encoding."""
    separator = draw(st.sampled_from([",", ";", "\t"]))
    wide = draw(st.integers(1, 8))
    rows = [draw(st.lists(_HEADINGS, min_size=wide, max_size=wide))]
    rows += draw(st.lists(st.lists(_HOSTILE_CELLS, max_size=wide + 1), max_size=5))
    text = "\n".join(separator.join(row) for row in rows)
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    return text.encode(encoding, errors="replace")


@st.composite
def damaged(draw: st.DrawFn, sound: bytes) -> bytes:
    """A sound file in which a stretch is replaced by other bytes."""
    start = draw(st.integers(0, len(sound)))
    end = draw(st.integers(start, min(len(sound), start + 20)))
    other = draw(
        st.binary(max_size=12) | _HOSTILE_CELLS.map(lambda cell: cell.encode("utf-8", "replace"))
    )
    return sound[:start] + other + sound[end:]


_TOML_VALUES = st.recursive(
    st.sampled_from(
        [
            *(
                "1",
                "-1",
                "0",
                "3.5",
                "nan",
                "inf",
                "true",
                '""',
                '"x"',
                '"call"',
                '"A"',
                "[]",
                "{}",
            ),
            *("2027-01-04", "0001-01-01", "07:30:00", "2027-01-04T09:00:00Z", '"09:00-17:00"'),
        ]
    ),
    lambda inner: st.lists(inner, max_size=3).map(lambda many: f"[{', '.join(many)}]"),
    max_leaves=4,
)
_TABLES = st.sampled_from(
    [
        *("campaign", "rep", "rep.home", "rep.hours", "capacity", "contact", "travel", "score"),
        *("channels", "channels.letter", "channels.fax", "tiers", "tiers.A", "tiers.Z"),
        *("cadences", "cadences.light", "[cadences.own.steps]", "relationships.grievance"),
        *("purposes.share", 'tiers.""', '"".x', "nonsense"),
    ]
)
_KEYS = st.sampled_from(
    [
        *(
            "name",
            "start",
            "days",
            "home",
            "timezone",
            "country",
            "region",
            "hours",
            "leave",
            "busy",
        ),
        *(
            "extra_holidays",
            "lunch_minutes",
            "minutes_per_day",
            "ramp",
            "gap",
            "most_call",
            "detour",
        ),
        *("minutes", "transit", "weekdays", "travels", "weight", "cadence", "others", "floor"),
        *("share", "steps", "step", "channel", "purpose", "after", "within", "selling", "mon", "A"),
    ]
)


@st.composite
def settings_of_anything(draw: st.DrawFn) -> bytes:
    """A campaign.toml under real tables whose keys may hold anything."""
    text = "[campaign]\nstart = 2027-01-04\n"
    for table in draw(st.lists(_TABLES, max_size=4, unique=True)):
        text += f"[{table}]\n"
        for key in draw(st.lists(_KEYS, max_size=4, unique=True)):
            text += f"{key} = {draw(_TOML_VALUES)}\n"
    return text.encode()


def contents(name: str) -> st.SearchStrategy[bytes]:
    """Anything that may stand in a file of a campaign folder, by the file's name."""
    sound = SOUND[name]
    data = sound if isinstance(sound, bytes) else sound.encode()
    shaped = settings_of_anything() if name.endswith(".toml") else lists_of_anything()
    return st.binary(max_size=200) | damaged(data) | shaped
