"""Minutes between places: `drives.csv`, or a routing engine's answer beside `places.csv`."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from pathlib import Path

from attrs import evolve, field, frozen

from campaign.errors import Finding
from campaign.model.known_drives import HOME, NO_DRIVES, Drives
from campaign.model.territory import Territory
from campaign.model.values import Coordinates, coordinates_of
from campaign.phrases import first_of
from campaign.reading import cells
from campaign.reading.columns.headings import aliases, match
from campaign.reading.lists.records import Cells, gather
from campaign.reading.parsing.files import exists, is_folder, read_bytes
from campaign.reading.parsing.table import parse_list
from campaign.reading.places.engines import Answer, block_of, exchanged, far_from, parse_answer

DRIVES_FILE, PLACES_FILE = "drives.csv", "places.csv"
_OURS = (".plan.json", "plan.json", "campaign.json")
_MOST_NAMED = 3
_MOST_MINUTES = 7 * 24 * 60


@frozen
class Given:
    """The drives that a folder holds, what is wrong there, and the answers that hold them."""

    drives: Drives = NO_DRIVES
    file: str = DRIVES_FILE
    findings: tuple[Finding, ...] = field(default=(), kw_only=True)
    files: tuple[str, ...] = field(default=(), kw_only=True)


def read_drives(folder: Path) -> Given:
    """The drives of a campaign folder: those of its table, else of an engine's answer.

    Raises `UnreadableFile` where a file cannot be read at all.
    """
    answers = _answers(folder) if is_folder(folder) else Given()
    if not exists(folder / DRIVES_FILE):
        return answers
    given = _of_table(read_bytes(folder / DRIVES_FILE))
    problem, remedy = f"is not read, as there is {DRIVES_FILE}", "take one of them away"
    unused = (Finding.notice(name, problem, remedy) for name in answers.files)
    return evolve(given, findings=(*given.findings, *unused))


def _of_table(content: bytes) -> Given:
    """The drives of `drives.csv`, one row a direction; a row that stands again is an error."""
    table = parse_list(content, DRIVES_FILE, kind="drives")
    if not table.rows:
        return Given(findings=table.findings)
    records = gather(table, match(table, aliases("drives")), ("from", "to", "minutes"), _drive)
    pairs: dict[tuple[str, str], int] = {}
    again: list[Finding] = []
    for placed in records.placed:
        one = placed.item
        if one is None or placed.has_errors:
            continue
        pair, minutes = one
        if pairs.setdefault(pair, minutes) != minutes:
            problem = f"{' to '.join(pair)} stands twice with different minutes"
            again.append(Finding(DRIVES_FILE, problem, remedy="keep one of them", row=placed.row))
    return Given(Drives.of_pairs(pairs), findings=(*records.all_findings, *again))


def _drive(row: Cells) -> tuple[tuple[str, str], int] | None:
    ends = (row.identity(end, "write the id of an account, or home") for end in ("from", "to"))
    origin, destination = (HOME if name.casefold() == HOME else name for name in ends)
    row.required("minutes", "write the minutes of the drive, as 25")
    minutes = row.value("minutes", _minutes, None)
    return None if minutes is None else ((origin, destination), minutes)


def _minutes(text: str) -> int:
    try:
        found = ceil(float(text.replace(",", ".")) - 1e-9)
    except (ValueError, OverflowError):
        found = -1
    if not 0 <= found <= _MOST_MINUTES:
        raise ValueError(f'"{cells.shown(text)}" are no minutes of a drive; write 25')
    return found


def _answers(folder: Path) -> Given:
    """What the answers of an engine give that lie in a folder: one, or one in several blocks."""
    answers: dict[str, Answer] = {}
    wrong: list[Finding] = []
    for path in sorted(folder.glob("*.json")):
        if path.name.endswith(_OURS) or not path.is_file():
            continue
        try:
            answer = parse_answer(read_bytes(path))
        except ValueError as error:
            wrong.append(_wrong(path.name, error))
        else:
            answers |= {path.name: answer} if answer else {}
    files = (*answers, *(one.file for one in wrong))
    first = next(iter(files), DRIVES_FILE)
    if wrong or not answers:
        return Given(file=first, files=files, findings=tuple(wrong))
    if not exists(folder / PLACES_FILE):
        problem = f"holds drives, and no {PLACES_FILE} says between which places; it is not read"
        remedy = "write it with campaign export --to places, and send its places in their order"
        unread = Finding.notice(first, problem, remedy)
        return Given(file=first, files=files, findings=(unread,))
    try:
        given = _of_answers(answers, _listed(read_bytes(folder / PLACES_FILE)))
    except ValueError as error:
        given = Given(file=first, findings=(_wrong(first, error),))
    return evolve(given, files=files)


def _wrong(file: str, error: ValueError) -> Finding:
    problem, _, remedy = str(error).partition("; ")
    return Finding(file, problem, remedy=remedy)


def _of_answers(answers: Mapping[str, Answer], places: Mapping[str, Coordinates | None]) -> Given:
    """The drives of one answer about all places, or of several about parts of them."""
    names, where = tuple(places), list(places.values())
    first, *_ = answers
    whole = [file for file, one in answers.items() if one.shape == (len(names), len(names))]
    if whole and len(answers) > 1:
        also = next(file for file in answers if file != whole[0])
        problem = f"{whole[0]} and {also} are both answers of a routing engine"
        raise ValueError(f"{problem}; keep the one that holds")
    pairs: dict[tuple[str, str], int | None] = {}
    findings: list[Finding] = []
    for file, answer in answers.items():
        rows, columns = _blocks(answer, where, is_whole=bool(whole))
        for row, seconds in zip(rows, answer.seconds, strict=True):
            for column, cell in zip(columns, seconds, strict=True):
                # a whole minute, rounded up once
                minutes = None if cell is None else ceil(cell / 60 - 1e-9)
                pairs.setdefault((names[row], names[column]), minutes)
        off = [names[rows[number]] for number in far_from(answer, [where[row] for row in rows])]
        if off:
            away = "to be more than a kilometre away from where we do"
            problem = f"the engine took {first_of(off, _MOST_NAMED)} {away}"
            remedy = "look at these places on a map"
            findings.append(Finding.notice(file, problem, remedy))
    minutes_of_all = [[pairs.get((one, other)) for other in names] for one in names]
    known = [sum(cell is not None for cell in row) for row in minutes_of_all]
    cut_off = [name for name, number in zip(names, known, strict=True) if number <= 1]
    if cut_off and len(names) > 1:
        by_line = "drives there go by the straight line"
        remedy = f"{by_line}; where there is a ferry, write extra_minutes"
        problem = f"the engine knows no road from {first_of(cut_off, _MOST_NAMED)}"
        findings.append(Finding.notice(first, problem, remedy))
    return Given(Drives.of(names, minutes_of_all), first, findings=tuple(findings))


def _blocks(
    answer: Answer, where: Sequence[Coordinates | None], *, is_whole: bool
) -> tuple[range, range]:
    """The places of the rows and of the columns; raises `ValueError` where they are not told."""
    if exchanged(answer, where):
        raise ValueError(
            "is about places whose longitude and latitude are exchanged; send the longitude "
            "first, or as the engine wants it"
        )
    if is_whole and all(len(row) == len(where) for row in answer.seconds):
        return range(len(where)), range(len(where))
    high, wide = answer.shape
    rows, columns = block_of(answer.origins, where), block_of(answer.destinations, where)
    fits = rows and columns and all(len(row) == len(columns) for row in answer.seconds)
    if not (rows and columns and fits and len(rows) == high):
        raise ValueError(
            f"has {high} rows and {wide} columns for the {len(where)} places of {PLACES_FILE}, "
            "and does not say which they are; send all of them once more, in their order"
        )
    return rows, columns


def _listed(content: bytes) -> Mapping[str, Coordinates | None]:
    """The places of `places.csv` in their order, by id."""
    table = parse_list(content, PLACES_FILE, kind="places")
    columns = match(table, aliases("places"))
    rows = (Cells(row, columns, PLACES_FILE) for row in table.rows)
    return {
        row.text("id"): coordinates_of(
            row.value("latitude", cells.degrees, None), row.value("longitude", cells.degrees, None)
        )
        for row in rows
    }


def with_drives(territory: Territory, given: Given) -> Territory:
    """The territory whose drives are those given; a person's are those of their account."""
    if not given.drives:
        return territory
    known = set(given.drives.places)
    there: dict[str, str] = {}
    for one in territory.contacts:
        lives_there = not (one.street or one.city or one.postal_code or one.latitude is not None)
        if one.contact_id in known and one.account_id not in known and lives_there:
            there[one.contact_id] = one.account_id
            known.add(one.account_id)
    names = [there.get(name, name) for name in given.drives.places]
    drives = evolve(given.drives, places=names)
    return evolve(territory, travel=evolve(territory.travel, drives=drives))


def judged_drives(territory: Territory, file: str) -> Iterator[Finding]:
    """What is wrong or doubtful with the drives of a territory, beside straight lines."""
    if not territory.travel.drives:
        return
    from campaign.geography.drives import judged  # noqa: PLC0415 (numpy, and only with drives)

    found = judged(territory.travel, territory.rep, territory.accounts)
    yield from found.faults(file)
    ids = {HOME, *(place.name for place in territory.rep.places)}
    ids |= {account.account_id for account in territory.accounts}
    strangers = [name for name in territory.travel.drives.places if name not in ids]
    if strangers:
        are = "are" if len(strangers) > 1 else "is"
        problem = f"{first_of(strangers, _MOST_NAMED)} {are} no id of an account, and not home"
        remedy = "their drives are not used; write the ids of accounts.csv"
        yield Finding.notice(file, problem, remedy)
    if lacking := found.asked - found.known:
        problem = f"{lacking:,} of {found.asked:,} drives are missing"
        remedy = "they go by the straight line; campaign export --to places has all places"
        yield Finding.notice(file, problem, remedy)
