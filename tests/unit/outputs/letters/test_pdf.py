"""PDF by the real Typst: pages, sizes, the same bytes, and a word where it is missing."""

import json
import re
from typing import Any

import pytest
import typst
from mail import firm, hard_names, mail, many
from rows import a_touch

from campaign.errors import UnreadableFile
from campaign.model.rep import Rep
from campaign.outputs.letters import printing, render_labels, render_letters

POINTS_A_MM = 72 / 25.4


def pages_of(content: bytes) -> set[tuple[float, float]]:
    """The sizes of the pages in millimetres."""
    found = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", content)
    return {(round(float(w) / POINTS_A_MM, 1), round(float(h) / POINTS_A_MM, 1)) for w, h in found}


def count_of(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content))


@pytest.mark.parametrize(("country", "size"), [("US", (215.9, 279.4)), ("DE", (210.0, 297.0))])
def test_each_letter_has_a_page_on_the_paper_of_the_country(
    country: str, size: tuple[float, float]
) -> None:
    plan = mail(a_touch("A-1/A-1/a"), a_touch("A-1/A-1/b"), rep=Rep("Robin", country=country))
    content = render_letters(plan, pdf=True).files["letters.pdf"]
    assert content.startswith(b"%PDF-")
    assert (pages_of(content), count_of(content)) == ({size}, 2)


def test_envelopes_are_as_large_as_envelopes() -> None:
    content = render_labels(many(3), sheet="DL", pdf=True)
    assert pages_of(content.files["labels.pdf"]) == {(220.0, 110.0)}
    assert count_of(content.files["labels.pdf"]) == 3


def test_hard_names_give_the_same_bytes_twice() -> None:
    first, second = (render_letters(hard_names(), pdf=True) for _ in range(2))
    assert first.files["letters.pdf"] == second.files["letters.pdf"]
    labels = [render_labels(hard_names(), sheet="5160", pdf=True).files["labels.pdf"]] * 2
    assert labels[0] == render_labels(hard_names(), sheet="5160", pdf=True).files["labels.pdf"]


def test_without_typst_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "find_spec", lambda _name: None)
    with pytest.raises(UnreadableFile) as caught:
        render_letters(mail(), pdf=True)
    assert caught.value.problem == "needs Typst, which is not installed"
    assert "pip install 'territory-campaign[pdf]'" in caught.value.remedy


def test_a_word_that_no_line_holds_may_be_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    real = typst.compile

    def compiled(main: bytes, **keys: Any) -> Any:  # noqa: ANN401 (what Typst takes)
        given.append(keys["sys_inputs"]["values"])
        return real(main, **keys)

    monkeypatch.setattr(typst, "compile", compiled)
    plan = mail(accounts=(firm(name="X" * 200),))
    content = render_labels(plan, sheet="5160", pdf=True).files["labels.pdf"]
    assert count_of(content) == 1
    (label,) = json.loads(given[0])["pages"][0]
    words = label["lines"][0].split("\N{ZERO WIDTH SPACE}")
    assert max(map(len, words)) < 30
    assert "".join(words) == "X" * 200
