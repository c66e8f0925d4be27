"""The folder `letters`: the rep's own templates, and who the letters are from."""

from pathlib import Path

from attrs import fields

from campaign.errors import Finding
from campaign.model.stationery import Sender, Stationery
from campaign.reading import kinds
from campaign.reading.document import Document, Keys, parse_document
from campaign.reading.files import exists, is_folder, read_bytes
from campaign.reading.text import decode

LETTERS_FOLDER = "letters"
SETTINGS_FILE = "letters.toml"
_SUFFIX = ".txt"


def read_stationery(folder: Path) -> tuple[Stationery, tuple[Finding, ...]]:
    """What the folder `letters` of a campaign folder holds, and what is wrong with it.

    Without that folder it is what ships. Raises `UnreadableFile` where a file of it cannot
    be read at all.
    """
    own = folder / LETTERS_FOLDER
    if not is_folder(own):
        return Stationery(), ()
    findings: list[Finding] = []
    sender, words = _settings(own, findings)
    templates: dict[str, str] = {}
    for path in sorted(own.glob(f"*{_SUFFIX}")):
        text, found = decode(read_bytes(path), f"{LETTERS_FOLDER}/{path.name}")
        templates[path.name.removesuffix(_SUFFIX)] = text.replace("\r\n", "\n")
        findings += found
    return Stationery(templates, sender=sender, words=words), tuple(findings)


def _settings(own: Path, findings: list[Finding]) -> tuple[Sender, dict[str, str]]:
    path, name = own / SETTINGS_FILE, f"{LETTERS_FOLDER}/{SETTINGS_FILE}"
    document = parse_document(read_bytes(path), name) if exists(path) else Document(name)
    findings += document.findings
    keys = Keys(document, (), findings)
    sender, words = keys.below("sender"), keys.below("words")
    given = sender.given({one.name: kinds.text for one in fields(Sender)})
    own_words = {word: words.take(word, kinds.text, "") for word in words.names()}
    for table in (sender, words, keys):
        table.close()
    return Sender(**given), own_words
