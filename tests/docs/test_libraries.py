"""Each library that is installed with the program has its line on the page that says why."""

import re
import tomllib

from documents import ROOT, doc

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS_OF_USERS = ("pdf", "cluster")


def names_of(requirements: list[str]) -> set[str]:
    return {re.match(r"[\w-]+", one)[0] for one in requirements}  # type: ignore[index]


def named_under(title: str, text: str) -> set[str]:
    section = re.split(r"^## ", text, flags=re.MULTILINE)
    chosen = next(part for part in section if part.startswith(title))
    return set(re.findall(r"^\| (?:`\w+` \| )?`([\w-]+)` \|", chosen, flags=re.MULTILINE))


def test_every_core_library_has_its_line_and_no_other() -> None:
    text = doc("explanation/libraries").text
    assert named_under("Always installed", text) == names_of(PROJECT["dependencies"])


def test_every_extra_of_users_has_its_line() -> None:
    extras = [one for name in EXTRAS_OF_USERS for one in PROJECT["optional-dependencies"][name]]
    text = doc("explanation/libraries").text
    assert named_under("When asked for", text) == names_of(extras)


def test_the_library_under_the_lgpl_is_installed_for_tests_alone() -> None:
    extras = PROJECT["optional-dependencies"]
    homes = [name for name, some in extras.items() if "recurring-ical-events" in names_of(some)]
    assert homes == ["test"]
    assert "recurring-ical-events" not in names_of(PROJECT["dependencies"])
