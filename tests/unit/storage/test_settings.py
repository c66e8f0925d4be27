"""Days off put into a campaign.toml: the days are there, and all else is as it was."""

import tomllib

import pytest

from campaign.storage.settings import with_leave
from campaign.workdays import Span

WEEK = Span.parse("2027-02-15/2027-02-19")
DAY = Span.parse("2027-03-01")


def put(text: str, *spans: Span) -> str:
    return with_leave(text.encode(), spans or (WEEK,)).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[rep]\nleave = ["2027-02-15/2027-02-19"]\n'),
        (
            "[campaign]\nstart = 2027-01-04",
            '[campaign]\nstart = 2027-01-04\n[rep]\nleave = ["2027-02-15/2027-02-19"]\n',
        ),
        (
            '[rep] # me\nname = "Ann"\n',
            '[rep] # me\nname = "Ann"\nleave = ["2027-02-15/2027-02-19"]\n',
        ),
        (
            '[rep]\nleave = ["2027-01-05"] # mine\n[capacity]\n',
            '[rep]\nleave = ["2027-01-05", "2027-02-15/2027-02-19"] # mine\n[capacity]\n',
        ),
        ("[rep]\nleave = []\n", '[rep]\nleave = ["2027-02-15/2027-02-19"]\n'),
        (
            '[rep]\nleave = [\n  "2027-01-05",\n]\n',
            '[rep]\nleave = [\n  "2027-01-05",\n  "2027-02-15/2027-02-19",\n]\n',
        ),
        (
            'rep.name = "Ann"\nrep.leave = ["2027-01-05"]\n',
            'rep.name = "Ann"\nrep.leave = ["2027-01-05", "2027-02-15/2027-02-19"]\n',
        ),
    ],
)
def test_the_days_stand_beside_what_was_written(before: str, after: str) -> None:
    assert put(before) == after


TRAPS = (
    '[rep]\nleave = [\n  "2027-01-05", # a ] b\n  "2027-01-06"  # the last\n]\nname = "x"\n',
    '[x]\nleave = [1]\n[rep]\nname = "[rep]"\n',
    '[rep]\nname = """\n[rep]\nleave = []\n"""\n',
    '# [rep]\n# leave = ["2027-01-05"]\n[rep]\nname = "x"',
    '[ "rep" ]\nleave=[ 2027-01-05 ]\n',
)


@pytest.mark.parametrize("text", TRAPS)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    before, after = tomllib.loads(text), tomllib.loads(put(text, WEEK, DAY))
    old = before["rep"].pop("leave", [])
    assert after["rep"].pop("leave") == [*old, str(WEEK), str(DAY)]
    assert after == before


def test_a_mark_and_the_ends_of_lines_stay() -> None:
    text = '[rep]\r\nname = "Ann"\r\n'
    found = with_leave(b"\xef\xbb\xbf" + text.encode(), (DAY,))
    assert found == b'\xef\xbb\xbf[rep]\r\nname = "Ann"\r\nleave = ["2027-03-01"]\r\n'


def test_without_a_file_there_are_the_days_alone() -> None:
    assert with_leave(None, (DAY,)) == b'[rep]\nleave = ["2027-03-01"]\n'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'[rep]\nname = "\xfc"\n', "save it as UTF-8 first"),
    ],
)
def test_a_form_that_cannot_hold_them_says_what_to_write(content: bytes, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace("[", r"\[")):
        with_leave(content, (DAY,))
