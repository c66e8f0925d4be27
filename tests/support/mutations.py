"""Sound files made wrong: by bytes, by cells and rows, by keys, by structure."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from hypothesis import strategies as st

_CELLS = (
    *("", " ", "0", "-1", "nan", "NULL", "#N/A", "1e308", "1e999", "-0.0", "9" * 40, "1.234,5"),
    *("31/04/2027", "0001-01-01", "9999-12-31", "2027-01-05", "03/04/27", "2027-W01", "today"),
    *("yes", "no", "maybe", "A", "Z", "A-1", "A-9", "C-1", "P-1", "call", "visit", "fax", "done"),
    *("met", "planned", "complaint", "later", "grievance", "recovery", "hello#2", "A-1/C-1/x#2"),
    *("00:00", "24:00", "25:61", "9am", "Mon-Fri 09:00-12:00", "We[1] 09:00-12:00", "week 54 Mo"),
    *("2027 Jan 40 off", "Mo-", "24/7", "2027-01-04/2026-01-04", "localtime", "Mars/Olympus"),
    *("90.1", "-181", "=1+1", "'=1", "@SUM(A1)", "%s%n", "{{7*7}}", "\x00", "\ufeff", "\u2028"),
    *('"', 'a"b', "a\nb", "a;b", "../../etc", "\ud83e\udd50".encode("utf-16", "surrogatepass")
      .decode("utf-16"), "x" * 3000, "١٢", "ß" * 70, "\x1b[31m", "<script>", "US", "DE-BY", "??"),
)  # fmt: skip
_VALUES = (
    *("0", "-1", "1", "3.5", "nan", "inf", "-inf", "1e400", "9" * 30, "true", '""', '"x"', "[]"),
    *("{}", "[[]]", "[1, 2]", "[5, 2]", '["A", 1]', "2027-01-04", "0001-01-01", "9999-12-31"),
    *("07:30:00", '"09:00-17:00"', '"25:00"', '"call"', '"hello"', '"A"', '"UTC"', '"localtime"'),
    *("{ latitude = 91, longitude = 0 }", '{ city = "" }', '"calendar.ics"', '"."', '"\\u0000"'),
    *("[{ step = 1 }]", '[{ step = "a#2", channel = "call", purpose = "listen" }]', "[{}]"),
    *('"' + "x" * 3000 + '"', "1_000", "0x10", "+1", "'''a\nb'''"),
)  # fmt: skip
_LINES = (
    *("[rep]", "[campaign]", "[tiers.A]", '[tiers.""]', "[cadences.x]", "[[rep]]", "[a.b.c]", "["),
    *("= 1", "x", '"" = 1', "a.b = 1", "rep = 1", "#", "]", '"""', "days = 60", "steps = []"),
)
_CALENDAR_LINES = (
    *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "RRULE:FREQ=DAILY"),
    *("RRULE:FREQ=SECONDLY", "RRULE:FREQ=YEARLY;BYMONTH=13", "RRULE:FREQ=DAILY;COUNT=-1"),
    *("RRULE:FREQ=MONTHLY;BYDAY=53MO", "EXDATE:", "EXDATE:x", "DTSTART:", "DTSTART:00000000"),
    *("DTSTART:99991231T235959Z", "DTEND:19000101", "DURATION:P99999999W", "DURATION:-PT1H"),
    *("DTSTART;TZID=Mars/Olympus:20270105T090000", "DTSTART;VALUE=DATE:20270230", "UID:"),
    *("RECURRENCE-ID:20270105T090000Z", "STATUS:NONSENSE", "TRANSP:TRANSPARENT", ":", ";;=", " x"),
    *("GEO:91;181", "GEO:nan;nan", "LOCATION:" + "x" * 3000, "RDATE;VALUE=PERIOD:x/y", "\x00"),
)


@st.composite
def by_bytes(draw: st.DrawFn, sound: bytes) -> bytes:
    """A stretch is replaced, doubled or cut off, or the encoding is another."""
    start = draw(st.integers(0, len(sound)))
    end = draw(st.integers(start, min(len(sound), start + 60)))
    kind = draw(st.sampled_from(["replace", "double", "cut", "encode"]))
    if kind == "replace":
        return sound[:start] + draw(st.binary(max_size=12)) + sound[end:]
    if kind == "double":
        return sound[:end] + sound[start:]
    if kind == "cut":
        return sound[:start]
    encoding = draw(st.sampled_from(["utf-16", "utf-8-sig", "cp1252", "utf-32", "utf-7"]))
    return sound.decode("utf-8", "replace").encode(encoding, "replace")


@st.composite
def by_cells(draw: st.DrawFn, sound: bytes) -> bytes:
    """Cells of a list hold something else, and rows and columns stand otherwise."""
    rows = list(csv.reader(io.StringIO(sound.decode("utf-8-sig"), newline="")))
    for _ in range(draw(st.integers(1, 4))):
        row = draw(st.integers(0, len(rows) - 1))
        column = draw(st.integers(0, max(0, len(rows[row]) - 1)))
        kind = draw(st.sampled_from(["cell", "cell", "cell", "column", "row", "order", "ragged"]))
        cell = draw(st.sampled_from(_CELLS) | st.text(max_size=6))
        if kind == "cell" and rows[row]:
            rows[row][column] = cell
        elif kind == "column":
            rows[1:] = [[*one[:column], cell, *one[column + 1 :]] for one in rows[1:]]
        elif kind == "row":
            rows.insert(row, list(rows[draw(st.integers(0, len(rows) - 1))]))
        elif kind == "order":
            rows = draw(st.permutations(rows))
        else:
            rows[row] = rows[row][:column] + [cell] * draw(st.integers(0, 3))
    text = io.StringIO()
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    csv.writer(text, delimiter=draw(st.sampled_from(",,,;\t")), lineterminator=end).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def by_lines(
    lines: Sequence[str], values: Sequence[str]
) -> Callable[[bytes], st.SearchStrategy[bytes]]:
    """Lines come in, go out or change places; values of keys become others."""

    @st.composite
    def changed(draw: st.DrawFn, sound: bytes) -> bytes:
        text = sound.decode().splitlines()
        for _ in range(draw(st.integers(1, 3))):
            at = draw(st.integers(0, max(0, len(text) - 1)))
            kind = draw(st.sampled_from(["value", "value", "value", "in", "out", "double", "name"]))
            if kind == "in" or not text:
                text.insert(at, draw(st.sampled_from(lines)))
            elif kind == "out":
                del text[at]
            elif kind == "double":
                text.insert(draw(st.integers(0, len(text))), text[at])
            else:
                key, sign, value = text[at].partition("=")
                if kind == "name":
                    key = f"{key.rstrip()}x "
                else:
                    value = f" {draw(st.sampled_from(values))}"
                text[at] = f"{key}{sign}{value}" if sign else text[at]
        return "\n".join(text).encode("utf-8", "replace")

    return changed


_SETTINGS = by_lines(_LINES, _VALUES)
_CALENDAR = by_lines(_CALENDAR_LINES, _CELLS)


@st.composite
def by_structure(draw: st.DrawFn, files: Mapping[str, bytes], name: str) -> bytes:
    """It holds what another file holds, nothing, or itself many times over."""
    other = draw(st.sampled_from(sorted(files)))
    return draw(st.sampled_from([files[other], b"", b"\n", files[name] * 3, files[name][::-1]]))


def mutated(files: Mapping[str, bytes], name: str) -> st.SearchStrategy[bytes]:
    """The file of that name among sound ones, made wrong in one way or another."""
    sound = files[name]
    shaped: Callable[[bytes], st.SearchStrategy[bytes]] = by_cells
    if name.endswith((".toml", ".json")):
        shaped = _SETTINGS
    elif name.endswith(".ics"):
        shaped = _CALENDAR
    return by_bytes(sound) | shaped(sound) | shaped(sound) | by_structure(files, name)
