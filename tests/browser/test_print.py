"""Letters and labels as a browser prints them; skipped where there is no browser."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from mail import hard_names, mail, many
from reports import NAMES

from campaign.outputs.letters import SHEETS, render_labels, render_letters
from campaign.touches import Plan

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PIXELS_A_MM = 96 / 25.4
POINTS_A_MM = 72 / 25.4


@pytest.fixture
def page(browser: "Browser") -> "Page":
    return browser.new_page()


def opened(page: "Page", content: bytes, folder: Path) -> list[str]:
    """What a page asked for and complained of, when it was opened for print."""
    path, noted = folder / "page.html", list[str]()
    path.write_bytes(content)
    page.on("request", lambda request: noted.append(request.url))
    page.on("console", lambda message: noted.append(message.text))
    page.on("dialog", lambda dialog: noted.append(dialog.message))
    page.emulate_media(media="print")
    page.goto(path.as_uri())
    return [one for one in noted if one != path.as_uri()]


def printed(page: "Page") -> tuple[int, set[tuple[float, float]]]:
    """How many pages it prints, and their sizes in millimetres."""
    content = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", content)
    sizes = {tuple(round(float(side) / POINTS_A_MM) for side in box) for box in boxes}
    return len(boxes), {(width, height) for width, height in sizes}


def hostile() -> Plan:
    plan = hard_names()
    accounts = [
        evolve(account, name=name)
        for account, name in zip(plan.territory.accounts, NAMES, strict=False)
    ]
    return evolve(plan, territory=evolve(plan.territory, accounts=tuple(accounts)))


@pytest.mark.parametrize("name", SHEETS)
def test_labels_stand_on_the_page_to_a_tenth_of_a_millimetre(
    page: "Page", tmp_path: Path, name: str
) -> None:
    sheet = SHEETS[name]
    plan = many(len(sheet.boxes) + 1)
    content = render_labels(plan, sheet=name).files["labels.html"]
    assert opened(page, content, tmp_path) == []
    count, sizes = printed(page)
    assert (count, sizes) == (2, {(round(sheet.width), round(sheet.height))})
    for label, box in zip(
        page.locator(".page").first.locator(".label").all(), sheet.boxes, strict=True
    ):
        found = label.bounding_box()
        assert found is not None
        sides = [found[side] / PIXELS_A_MM for side in ("x", "y", "width", "height")]
        wanted = [box.left, box.top, box.width, box.height]
        assert sides == pytest.approx(wanted, abs=0.1)


@pytest.mark.parametrize("name", SHEETS)
def test_no_name_is_cut_off_on_its_label(page: "Page", tmp_path: Path, name: str) -> None:
    content = render_labels(hard_names(), sheet=name).files["labels.html"]
    opened(page, content, tmp_path)
    for label in page.locator(".label").all():
        fits = label.evaluate("box => box.scrollHeight <= box.clientHeight + 1")
        assert fits, label.text_content()


def test_each_letter_has_a_page_and_runs_nothing(page: "Page", tmp_path: Path) -> None:
    content = render_letters(hostile()).files["letters.html"]
    assert opened(page, content, tmp_path) == []
    assert printed(page) == (len(hostile().touches), {(216, 279)})
    assert page.evaluate("window.broken") is None
    assert page.locator("script, img, a").count() == 0


def test_a_letter_begins_with_its_sender_and_its_address(page: "Page", tmp_path: Path) -> None:
    content = render_letters(mail()).files["letters.html"]
    opened(page, content, tmp_path)
    assert page.locator(".address div").all_text_contents() == [
        *("Cascade Dental", "12 Elm Street", "Salem, OR 97301")
    ]
    sides = [page.locator(name).first.bounding_box() for name in (".head", ".address", ".text")]
    tops = [side["y"] for side in sides if side]
    assert tops == sorted(tops)
    assert len(tops) == 3
