"""The lines that ship: the same in both languages, upbeat, easy to read, and never a pitch."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from campaign.model.rep import LANGUAGES
from campaign.words.lines import DELICATE
from campaign.words.templates import parsed

ROOM = files("campaign.words")
NAMES = sorted(one.name for one in ROOM.joinpath("en").iterdir() if one.name.endswith(".toml"))
INTERNAL = {"goal", "aim", "agree", "snippet"}
"""What the rep alone reads."""

PITCH = {
    "en": (
        *(r"offers?\b", r"discount", r"deals?\b", r"sale\b", r"buy\b", r"prices?\b", r"cheap"),
        *(r"best-in-class", r"solutions?\b", r"synerg", r"opportunit", r"limited time", r"free of"),
    ),
    "de": (r"Angebot", r"Rabatt", r"Preis", r"günstig\w* Kauf", r"Lösung\w*", r"Synerg", r"Sonder"),
}
PRESSURE = {
    "en": (
        r"as soon as possible",
        r"urgent(?!\.)\b",
        r"must\b",
        r"last chance",
        r"hurry up",
        r"need to act",
    ),
    "de": (r"dringend", r"umgehend", r"sofort antworten", r"letzte Chance", r"unverzüglich"),
}
SORRY = {"en": (r"\bsorry\b", r"apolog"), "de": (r"tut mir leid", r"Entschuldig", r"entschuldig")}


def lines(language: str, name: str) -> Iterator[tuple[str, str, str, str]]:
    """Every line of a file: its kind, its part, when it is said, and what it says."""
    text = ROOM.joinpath(language, name).read_text(encoding="utf-8")
    for kind, parts in tomllib.loads(text).items():
        for part, rows in parts.items():
            if isinstance(rows, list) and isinstance(rows[0], list):
                for when, said in rows:
                    yield kind, part, when, said


def told(said: str) -> str:
    """What a customer would read of a line, every field a short word."""
    text = re.sub(r"\{%.*?%\}", " ", said)
    return re.sub(r"\{\{.*?\}\}", "Ada", text).replace("______", "")


ALL = [
    (language, name, *line)
    for language in LANGUAGES
    for name in NAMES
    for line in lines(language, name)
]
READ = [row for row in ALL if row[3] not in INTERNAL and row[2] not in INTERNAL]


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_the_same_things_in_the_same_cases(name: str) -> None:
    english, german = (
        sorted((kind, part, when) for kind, part, when, _ in lines(language, name))
        for language in LANGUAGES
    )
    assert english == german


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_can_be_filled_in(language: str) -> None:
    for of, name, kind, part, _when, said in ALL:
        if of == language:
            assert parsed(f"{kind}.{part}", said, name)


def test_every_word_of_when_is_one_that_is_ever_so() -> None:
    known = {
        *("first", "spoken", "visited", "called", "colleague", "overdue", "next", "next_call"),
        *("next_visit", "hear", "sorry", "repair", "complaint", "described", "far", "no_call"),
        *("nobody", "decision_maker", "sponsor", "user", "finance", "new", "given", "own_share"),
        *("own_invite", "email", "told", "neglected", "prospect", "grievance"),
        *("introduce", "listen", "share", "invite", "review"),
    }
    used = {mark.strip("!?") for row in ALL for mark in row[4].split()}
    assert used <= known
    assert known >= DELICATE


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_sells_and_none_presses(language: str) -> None:
    for of, name, _kind, _part, _when, said in READ:
        for pattern in (*PITCH[language], *PRESSURE[language]) if of == language else ():
            assert not re.search(pattern, told(said)), (name, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_went_wrong_is_apologised_for(language: str) -> None:
    for of, name, _kind, _part, when, said in READ:
        if of == language and any(re.search(one, told(said)) for one in SORRY[language]):
            assert name == "recover.toml", said
            assert "sorry" in when.split(), said


def syllables(word: str) -> int:
    """Groups of vowels; a silent e at the end of an English word is none."""
    groups = len(re.findall(r"[aeiouyäöü]+", word.casefold()))
    return max(1, groups)


def ease(text: str, language: str) -> float:
    """Flesch's reading ease; Amstad's figures (1978) for German."""
    words = re.findall(r"[^\W\d_]+", text)
    sentences = max(1, len(re.findall(r"[.!?:;](?:\s|$)", text)))
    length = len(words) / sentences
    if language == "de":
        return 180 - length - 58.5 * sum(map(syllables, words)) / len(words)
    spoken = [word[:-1] if word.endswith("e") and len(word) > 3 else word for word in words]
    return 206.835 - 1.015 * length - 84.6 * sum(map(syllables, spoken)) / len(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_easy_to_read(language: str) -> None:
    """60 and more is plain, 70 and more easy; all of a language's lines, and each long one."""
    texts = [told(row[5]) for row in READ if row[0] == language]
    assert ease(" ".join(texts), language) >= 75
    for text in texts:
        if len(text.split()) >= 25:
            assert ease(text, language) >= 60, text


def test_ease_is_that_of_flesch() -> None:
    assert ease("The cat sat on the mat.", "en") == pytest.approx(116.1, abs=0.2)
    hard = (
        "Organisational considerations notwithstanding, implementation necessitates deliberation."
    )
    assert ease(hard, "en") < 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_given_a_long_speech(language: str) -> None:
    most: dict[str, int] = {"question": 22, "ask": 40, "reason": 40, "voicemail": 20, "card": 45}
    for of, _name, kind, part, _when, said in READ:
        limit = most.get(part) or most.get(kind)
        if of == language and limit:
            assert len(told(said).split()) <= limit, said


def of_language(language: str) -> list[Any]:
    return [row for row in ALL if row[0] == language]


def test_there_are_enough_lines_to_choose_from() -> None:
    assert all(len(of_language(language)) > 300 for language in LANGUAGES)
