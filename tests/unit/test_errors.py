"""Findings: what they say, and that they are never endless."""

import pytest

from campaign.errors import Finding


def test_a_finding_names_its_place_what_is_wrong_and_what_would_be_right() -> None:
    found = Finding("a.csv", '"x" is no date', remedy="write one", row=3, column="due")
    assert str(found) == 'a.csv:3 due: "x" is no date; write one'


@pytest.mark.parametrize("length", [199, 200, 201, 100_000])
def test_what_a_finding_quotes_is_cut_at_200_characters(length: int) -> None:
    found = Finding("a.csv", f'"{"x" * length}" is none, and "{"y" * length}" neither')
    cut = "..." if length > 200 else ""
    shown = min(length, 200)
    assert found.problem == f'"{"x" * shown}{cut}" is none, and "{"y" * shown}{cut}" neither'


def test_a_sentence_is_never_endless() -> None:
    found = Finding("a.csv", "x" * 5000, remedy=", ".join(["name"] * 5000))
    assert len(str(found)) < 1700
