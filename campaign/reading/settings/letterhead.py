"""The folders `letters` and `shares`: the rep's own words, and who they are from."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, fields

from campaign.errors import Finding, Severity
from campaign.model.stationery import Colleague, Sender, Share, Stationery
from campaign.reading.parsing.files import exists, is_folder, read_bytes
from campaign.reading.parsing.text import decode
from campaign.reading.settings import toml_values as kinds
from campaign.reading.settings.document import Document, Keys, parse_document
from campaign.words.saying import own_templates

LETTERS_FOLDER = "letters"
SHARES_FOLDER = "shares"
SETTINGS_FILE = "letters.toml"
_SUFFIX = ".txt"
_MOST_FILES = 500
_LONGEST_SHARE = 600
_TEAM = '[[team]] with name = "...", and role and line if you like'
_SHARE = {
    "roles": kinds.list_of(kinds.text, '["decision_maker"]'),
    "tiers": kinds.list_of(kinds.text, '["A"]'),
    "tags": kinds.list_of(kinds.text, '["bakery"]'),
}


def read_stationery(folder: Path) -> tuple[Stationery, tuple[Finding, ...]]:
    """What the folders `letters` and `shares` hold, and what is wrong with them.

    Without them it is what ships. A template that cannot be used is a notice: what ships is
    said in its place. Raises `UnreadableFile` where a file of them cannot be read at all.
    """
    findings: list[Finding] = []
    shares = tuple(_shares(folder / SHARES_FOLDER, findings))
    own = folder / LETTERS_FOLDER
    if not is_folder(own):
        return Stationery(shares=shares), tuple(findings)
    settings = _settings(own, findings)
    templates: dict[str, str] = {}
    for path in sorted(own.glob(f"*{_SUFFIX}"))[:_MOST_FILES]:
        text, found = decode(read_bytes(path), f"{LETTERS_FOLDER}/{path.name}")
        templates[path.name.removesuffix(_SUFFIX)] = text.replace("\r\n", "\n")
        findings += found
    for _name, used in own_templates(templates):
        if isinstance(used, Finding):
            findings.append(evolve(used, severity=Severity.NOTICE))
    return Stationery(templates, shares=shares, **settings), tuple(findings)


def _settings(own: Path, findings: list[Finding]) -> dict[str, Any]:
    """The sender, the own words and the team."""
    path, name = own / SETTINGS_FILE, f"{LETTERS_FOLDER}/{SETTINGS_FILE}"
    document = parse_document(read_bytes(path), name) if exists(path) else Document(name)
    findings += document.findings
    with Keys(document, (), findings) as keys:
        with keys.below("sender") as sender:
            given = sender.given({one.name: kinds.text for one in fields(Sender)})
        words = keys.below("words")
        own_words = {word: words.take(word, kinds.text, "") for word in words.names()}
        team = keys.take("team", _team, ())
    return {"sender": Sender(**given), "words": own_words, "team": team}


def _team(value: Any) -> tuple[Colleague, ...]:  # noqa: ANN401 (TOML gives anything)
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ValueError(f"{kinds.quoted(value)} is no list of people; write {_TEAM}")
    for table in value:
        unknown = sorted(table.keys() - {"name", "role", "line"})
        if unknown or not table.get("name"):
            what = f"{unknown[0]} is no key of it" if unknown else "somebody has no name"
            raise ValueError(f"{what}; write {_TEAM}")
    texts = ({key: kinds.text(text) for key, text in table.items()} for table in value)
    return tuple(Colleague(**given) for given in texts)


def _shares(folder: Path, findings: list[Finding]) -> Iterator[Share]:
    """What there is to share, by the names of the files."""
    paths = sorted(folder.glob("*.toml")) if is_folder(folder) else []
    for path in paths[:_MOST_FILES]:
        name = f"{SHARES_FOLDER}/{path.name}"
        document = parse_document(read_bytes(path), name)
        findings += document.findings
        with Keys(document, (), findings) as keys:
            title, text = keys.take("title", kinds.text, ""), keys.take("text", _two_sentences, "")
            given = keys.given(_SHARE)
        for key in ("title", "text"):
            if document.is_sound and key not in document.tables:
                keys.fault(key, f'is missing; write {key} = "..."')
        if title and text:
            yield Share(path.stem, title=title, text=text, **given)


def _two_sentences(value: Any) -> str:  # noqa: ANN401 (TOML gives anything)
    text = " ".join(kinds.text(value).split())
    if len(text) > _LONGEST_SHARE:
        raise ValueError(f"is longer than {_LONGEST_SHARE} characters; two sentences are enough")
    return text
