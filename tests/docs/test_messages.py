"""Every sentence that the commands can print, in one file, and what holds for each of them.

The file is `build/messages.txt`. It is meant to be read from its beginning to its end.
"""

import re
from collections.abc import Sequence

import pytest
from messages import ROOT, Message, messages

FILE = ROOT / "build" / "messages.txt"
_COLD = r"\b(invalid|illegal|failed to|unable to|oops|sorry|successfully)\b"
_NOT_OURS = r"\b(todo|touchpoints?|pipeline|customer journey|sequences?|leads)\b"
_A_FAULT_OF_OURS = ("a fault of the program", "the planner broke its own rules")


@pytest.fixture(scope="module")
def found() -> tuple[Message, ...]:
    return messages()


def breaking(found: Sequence[Message], pattern: str) -> list[Message]:
    return [one for one in found if re.search(pattern, one.said, re.IGNORECASE)]


def test_all_of_them_are_in_one_file(found: tuple[Message, ...]) -> None:
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text("".join(f"{one.place}  {one.text}\n" for one in found), encoding="utf-8")
    texts = FILE.read_text(encoding="utf-8")
    for known in (
        "Nothing is written; give --yes to write it.",
        "is being written by another command",
        "find the number before a call",
        "{date} is no working day of the rep",
        "Bring a customer system's export into a campaign folder.",
    ):
        assert known in texts
    assert len(found) > 1_000


def test_none_of_them_shouts(found: tuple[Message, ...]) -> None:
    marked = "! more than the week holds"
    assert [one for one in breaking(found, "!") if not one.said.startswith(marked)] == []


def test_none_of_them_says_only_that_it_went_wrong(found: tuple[Message, ...]) -> None:
    assert breaking(found, _COLD) == []


def test_words_that_are_not_ours_stand_in_none(found: tuple[Message, ...]) -> None:
    assert breaking(found, _NOT_OURS) == []


def test_only_a_fault_of_the_program_says_please(found: tuple[Message, ...]) -> None:
    asking = breaking(found, r"\bplease\b")
    assert len(asking) == len(_A_FAULT_OF_OURS)
    assert all(any(text in one.said for text in _A_FAULT_OF_OURS) for one in asking)


def test_none_of_them_has_a_stray_space_or_two_stops(found: tuple[Message, ...]) -> None:
    assert breaking(found, r"[a-z] [,.](?= |$)|[a-z]\.\.$|;;|,,") == []
