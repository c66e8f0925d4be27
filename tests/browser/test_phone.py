"""The page for a telephone as a browser shows it; skipped where there is no browser."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from handmade import campaign
from reports import hostile, large

from campaign.outputs.phone import render_phone
from campaign.reading.lists.short_lists import read_heard
from campaign.reading.parsing.table import parse_table

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = 390
NAMED = ("handmade", "hostile", "large")


@pytest.fixture(scope="module")
def phones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("phones")
    plan = campaign()
    spoken = evolve(plan, touches=[evolve(one, say="Good morning!") for one in plan.touches])
    for name, one in {"handmade": spoken, "hostile": hostile(), "large": large(30)}.items():
        (folder / f"{name}.html").write_text(render_phone(one), encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    context = browser.new_context(
        viewport={"width": PHONE, "height": 844}, accept_downloads=True, has_touch=True
    )
    context.set_offline(True)
    context.set_default_timeout(5000)
    page = context.new_page()
    page.clock.set_fixed_time("2027-01-05T08:00:00")
    yield page
    context.close()


def opened(page: "Page", folder: Path, name: str = "handmade") -> list[str]:
    """What the page complains of."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((folder / f"{name}.html").as_uri())
    return complaints


@pytest.mark.parametrize("name", NAMED)
def test_one_day_is_shown_and_nothing_goes_wrong(page: "Page", phones: Path, name: str) -> None:
    complaints = opened(page, phones, name)
    assert page.locator("article:visible").count() == 1
    assert page.locator("article:visible").get_attribute("data-day") >= "2027-01-05"  # type: ignore[operator]
    for width in (PHONE, 320):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMED)
def test_axe_finds_nothing(page: "Page", phones: Path, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    opened(page, phones, name)
    page.select_option("#day", index=0)
    page.locator("article:visible [type=checkbox]").first.check()
    axe = import_module("axe_playwright_python.sync_playwright").Axe()
    options = {} if scheme == "light" else {"runOnly": ["color-contrast"]}
    found = axe.run(page, options=options)
    assert found.violations_count == 0, found.generate_report()


def test_days_are_turned(page: "Page", phones: Path) -> None:
    opened(page, phones)
    page.select_option("#day", index=0)
    first = page.locator("article:visible").get_attribute("data-day")
    assert page.locator("#before").is_disabled()
    page.locator("#after").tap()
    assert page.locator("article:visible").get_attribute("data-day") != first
    page.locator("#before").tap()
    assert page.locator("article:visible").get_attribute("data-day") == first


def test_a_tap_calls_and_opens_the_map(page: "Page", phones: Path) -> None:
    opened(page, phones)
    kinds = {
        (link.get_attribute("href") or "").partition(":")[0]
        for link in page.locator("main a").all()
    }
    assert {"tel", "geo"} <= kinds <= {"tel", "geo", "mailto"}
    box = page.locator("article:visible main a, article:visible a").first.bounding_box()
    assert box is None or box["height"] >= 44


def test_ticks_leave_as_a_file_that_log_reads(page: "Page", phones: Path, tmp_path: Path) -> None:
    opened(page, phones)
    page.select_option("#day", index=0)
    card = page.locator("article:visible .card").first
    touch_id = card.get_attribute("data-id")
    assert page.locator("#ticks").is_hidden()
    card.get_by_role("checkbox").check()
    card.locator(".note").fill('said "later", maybe')
    card.locator(".note").blur()
    with page.expect_download() as download:
        page.locator("#save").tap()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "ticks.csv"
    records = read_heard(parse_table(saved.read_bytes(), saved.name))
    (one,) = records.items
    day = page.locator("article:visible").get_attribute("data-day")
    assert records.all_findings == ()
    assert (one.touch_id, one.outcome, one.note) == (touch_id, "done", 'said "later", maybe')
    assert one.done_on.isoformat() == day
    assert page.locator("#text").input_value() == saved.read_text().replace("\r\n", "\n")


def test_ticks_are_kept_until_they_are_forgotten(page: "Page", phones: Path) -> None:
    opened(page, phones)
    page.select_option("#day", index=0)
    select = page.locator("article:visible .card select").first
    select.select_option("later")
    page.locator("article:visible .again").first.fill("2027-02-01")
    page.reload()
    page.select_option("#day", index=0)
    assert page.locator("article:visible .card select").first.input_value() == "later"
    assert page.locator("article:visible .again").first.input_value() == "2027-02-01"
    assert page.locator("#count").inner_text() == "1 ticked"
    page.locator("#forget").tap()
    page.reload()
    assert page.locator("#ticks").is_hidden()


def test_without_scripts_every_day_can_be_read(browser: "Browser", phones: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((phones / "handmade.html").as_uri())
    assert page.locator("article:visible").count() > 1
    assert page.locator("[type=checkbox]:visible").count() == 0
    context.close()
