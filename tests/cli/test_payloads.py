"""Forty texts that spreadsheets, browsers, calendars or terminals would run, in every output."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from commands import run
from folders import SETTINGS
from icalendar import Calendar
from rows import a_touch

from campaign import Campaign, read
from campaign_cli.commands.export import FORMATS

FORMULAS = (
    *(
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(1)",
        "\t=1+1",
        "\r=1+1",
        '=HYPERLINK("http://x")',
    ),
    *("\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20x", '"=1+1', "';=1", "%0A=1", " =1+1", "\n=1+1"),
)
MARKUP = (
    *("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--", "]]>"),
    *('" onmouseover="alert(1)', "javascript:alert(1)", "<svg/onload=alert(1)>", "</style><b>"),
    *("{{ 7*7 }}", "{% for x in y %}", "${7*7}", "&lt;script&gt;"),
)
LINES = (
    *("BEGIN:VEVENT", "END:VCALENDAR", "x\nBEGIN:VALARM", "x\r\nEND:VEVENT", "SUMMARY:x"),
    *("\u202eevil", "\x07bell", "\x1b[31mred", "a\u2028b", "a\u0085b", "../../x", "$(id)"),
)
PAYLOADS = (*FORMULAS, *MARKUP, *LINES)
RUNS = re.compile(r"^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"[-+]?[\d\s.,:/()-]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
FOLDERS = ("letters", "labels", "salesforce", "dynamics")


def table(*rows: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan whose every free text is one of them."""
    assert len(PAYLOADS) == 40
    folder = tmp_path_factory.mktemp("payloads")
    heads = ["account_id", "name", "tier", "street", "city", "phone", "notes"]
    accounts = [[f"A-{n}", f"{p} {n}", "ABC"[n % 3], p, p, p, p] for n, p in enumerate(PAYLOADS)]
    people = [[f"C-{n}", f"A-{n}", p, p, p] for n, p in enumerate(PAYLOADS)]
    (folder / "accounts.csv").write_text(table(heads, *accounts), newline="")
    heads = ["contact_id", "account_id", "name", "title", "notes"]
    (folder / "contacts.csv").write_text(table(heads, *people), newline="")
    (folder / "campaign.toml").write_text(SETTINGS.replace('"Ann"', '"<b>=1+1"'))
    touches = [
        a_touch(
            f"A-{n}/C-{n}/hello",
            dt.date(2027, 1, 4) + dt.timedelta(days=n % 5 + 7 * (n // 5)),
            channel=("letter", "call", "postcard")[n % 3],
            note=payload,
            brief=payload,
            say=payload,
            why=payload,
        )
        for n, payload in enumerate(PAYLOADS)
    ]
    Campaign(read(folder), touches).write(folder / "campaign.csv")
    return folder


@pytest.mark.parametrize("wanted", FORMATS)
def test_nothing_that_is_exported_runs(folder: Path, wanted: str, tmp_path: Path) -> None:
    suffix = "" if wanted in FOLDERS else ".out"
    result = run("export", folder, "--to", wanted, "-o", tmp_path / f"it{suffix}")
    assert result.exit_code == 0, result.stderr
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    for path in written:
        data = path.read_bytes()
        assert list(_that_run(data)) == [], path


def test_nothing_that_is_kept_runs(folder: Path) -> None:
    for name in ("campaign.csv", "left-out.csv"):
        assert list(_that_run((folder / name).read_bytes())) == []


@pytest.mark.parametrize("command", ["show --week --date 2027-01-04", "status", "check", "verify"])
def test_nothing_that_is_shown_steers_a_terminal(folder: Path, command: str) -> None:
    name, *options = command.split()
    result = run(name, folder, *options)
    assert not CONTROL.search(result.stdout + result.stderr)


def _that_run(data: bytes) -> Iterator[str]:
    """What of a file a program would run, by what kind of file it is."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        yield from _formulas(zipfile.ZipFile(io.BytesIO(data)))
        return
    text = data.decode("utf-8-sig")
    if text.startswith("BEGIN:VCALENDAR"):
        assert not Calendar.from_ical(data).errors
        lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")
        assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT")
        assert lines.count("END:VCALENDAR") == 1
        yield from CONTROL.findall(text)
    elif text.lstrip().startswith("<"):
        page = _Page()
        page.feed(text)
        yield from page.found
    elif not text.startswith("{"):
        cells = (cell for row in csv.reader(io.StringIO(text)) for cell in row)
        yield from (cell for cell in cells if RUNS.match(cell) and not NUMBER.fullmatch(cell))


def _formulas(book: zipfile.ZipFile) -> Iterator[str]:
    """Formulas of a workbook that hold a payload, and links out of it."""
    for name in book.namelist():
        if name.startswith("xl/worksheets"):
            text = book.read(name).decode()
            found = re.findall(r"<f[ >].*?</f>", text)
            yield from (one for one in found if "cmd" in one or "1+1" in one or "http" in one)


class _Page(HTMLParser):
    """What of a page is run that the page itself has not brought."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            is_script = name.startswith("on") or (value or "").startswith("javascript:")
            if is_script or (tag == "img" and value == "x"):
                self.found.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and "alert(1)" in data and "<\\/script" not in data:
            self.found.append(data[:100])
