"""Campaign folders for tests: a sound one, and files put over its own."""

from collections.abc import Mapping
from pathlib import Path

Content = str | bytes

ACCOUNTS = (
    "account_id,name,tier,street,city,postal_code,country,latitude,longitude,phone\n"
    "A-1,Cascade Dental,A,1 Oak St,Salem,97301,US,44.94,-123.03,503 555 0101\n"
    "A-2,Riverbend Mills,B,2 Elm St,Albany,97321,US,44.63,-123.10,503 555 0102\n"
)
SETTINGS = (
    "[campaign]\n"
    "start = 2027-01-04\n"
    "[rep]\n"
    'name = "Ann"\n'
    "home = { latitude = 44.94, longitude = -123.03 }\n"
    'timezone = "America/Los_Angeles"\n'
    'country = "US"\n'
)
CONTACTS = "contact_id,account_id,name\nC-1,A-1,Dr. Ito\n"
PROMISES = "promise_id,account_id,what,due\nP-1,A-1,send the corrected invoice,2027-01-15\n"
SOUND: Mapping[str, Content] = {
    "accounts.csv": ACCOUNTS,
    "campaign.toml": SETTINGS,
    "contacts.csv": CONTACTS,
    "promises.csv": PROMISES,
}


def write_folder(folder: Path, files: Mapping[str, Content]) -> Path:
    """A folder with these files in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder


def sound_folder(folder: Path, **changed: Content) -> Path:
    """The sound folder with some files changed: `accounts`, `settings`, `contacts`, `promises`."""
    names = {"settings": "campaign.toml"}
    over = {names.get(name, f"{name}.csv"): content for name, content in changed.items()}
    return write_folder(folder, {**SOUND, **over})
