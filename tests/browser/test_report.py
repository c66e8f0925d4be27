"""The report as a browser shows it; skipped where there is no browser."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from handmade import LONG, QUOTED
from reports import NAMES, SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

DESKTOP, PHONE = 1280, 390
NAMED = ("handmade", "hostile", "large", "year")

Open = Callable[..., "Opened"]


class Opened:
    """A page with all that it asked for and complained of."""

    def __init__(self, page: "Page", address: str) -> None:
        self.page = page
        self.requests: list[str] = []
        self.refused: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", lambda request: self.refused.append(str(request.failure)))
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        page.goto(address)

    def _console(self, message: "ConsoleMessage") -> None:
        self.complaints.append(message.text)

    def shown(self) -> list[str]:
        """The lines of the agenda that can be seen."""
        lines = self.page.locator("article li").all()
        return [line.inner_text() for line in lines if line.is_visible()]

    def names(self) -> list[str]:
        """The accounts of the lines that can be seen."""
        found = self.page.locator("article li:visible b")
        return [name.strip() for name in found.all_text_contents()]


@pytest.fixture
def opened(browser: "Browser", pages: Path) -> Iterator[Open]:
    contexts = []

    def open_page(name: str = "handmade", width: int = DESKTOP, **options: Any) -> Opened:  # noqa: ANN401 (those of playwright)
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        context.set_offline(True)
        contexts.append(context)
        return Opened(context.new_page(), (pages / f"{name}.html").as_uri())

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", NAMED)
def test_nothing_is_asked_for_and_nothing_goes_wrong(opened: Open, name: str) -> None:
    report = opened(name)
    report.page.mouse.wheel(0, 5000)
    report.page.wait_for_timeout(200)
    assert report.requests == [report.page.url]
    assert report.complaints == []


def test_the_policy_keeps_out_what_somebody_else_puts_in(opened: Open) -> None:
    report = opened()
    report.page.evaluate(
        """() => {
            const image = new Image();
            image.src = "https://example.invalid/x.png";
            const script = document.createElement("script");
            script.textContent = "window.broken = 4";
            document.body.append(image, script);
        }"""
    )
    report.page.wait_for_timeout(200)
    assert report.page.evaluate("window.broken") is None
    assert report.refused == ["csp"]
    assert sum("Content Security Policy" in text for text in report.complaints) == 2


def test_names_that_try_to_break_out_are_shown_as_they_are(opened: Open) -> None:
    report = opened("hostile")
    assert report.page.evaluate("window.broken") is None
    assert report.page.locator("h1").text_content() == SCRIPT
    rows = report.page.locator(".matrix tbody th").all_text_contents()
    assert set(rows) == {*NAMES[:5], NAMES[5]}
    assert report.page.locator("img, script:not(body > script), iframe").count() == 0
    assert report.page.locator("a[href^='http']").count() == 0


@pytest.mark.parametrize("name", NAMED)
def test_nothing_is_wider_than_the_window(opened: Open, name: str) -> None:
    page = opened(name).page
    wider = """width => [...document.querySelectorAll("main *")]
        .filter(node => !node.matches(".wide *, .long *, svg *, .vh, .vh *"))
        .filter(node => node.getBoundingClientRect().right > width + 1)
        .map(node => node.outerHTML.slice(0, 80))"""
    for width in (DESKTOP, 768, PHONE, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(wider, width) == [], width


def test_the_search_finds_words_in_any_order_and_case(opened: Open) -> None:
    report = opened()
    assert len(report.shown()) == 8
    report.page.get_by_label("Search", exact=True).fill("SÖHNE ann")
    assert report.names() == [QUOTED]
    assert report.page.locator("#count").inner_text() == "1 of 8 touches"
    report.page.get_by_label("Search", exact=True).fill("10 february")
    assert report.names() == [LONG.strip()]
    assert report.page.locator(".week:visible").count() == 1


def test_the_filters_work_together(opened: Open) -> None:
    report = opened()
    report.page.get_by_label("Account", exact=True).select_option(label=LONG.strip())
    assert len(report.shown()) == 3
    report.page.get_by_label("Channel", exact=True).select_option(label="letter")
    assert len(report.shown()) == 2
    report.page.get_by_label("Week", exact=True).select_option(label="11 Jan to 17 Jan")
    (line,) = report.shown()
    assert "letter" in line
    report.page.get_by_label("Channel", exact=True).select_option(label="visit")
    assert report.shown() == []
    assert report.page.get_by_text("No touch is like that.").is_visible()
    report.page.get_by_role("button", name="Show all").last.click()
    assert len(report.shown()) == 8
    assert report.page.locator("#count").inner_text() == "8 touches"


def test_a_day_of_the_calendar_leads_to_its_touches_even_if_filtered_away(opened: Open) -> None:
    report = opened()
    report.page.get_by_label("Channel", exact=True).select_option(label="postcard")
    report.page.get_by_role("link", name="Wednesday 6 January 2027").click()
    day = report.page.locator("article", has_text="Wednesday 6 January 2027")
    day.wait_for(state="visible")
    assert report.page.evaluate("document.activeElement.id") == "d20270106"
    assert len(report.shown()) == 8


def test_the_map_shows_the_tour_that_is_chosen(opened: Open) -> None:
    report = opened("large")
    tours = report.page.locator(".map .tour")
    assert tours.count() > 10
    assert report.page.locator(".map .stop:visible").count() == 0
    report.page.get_by_label("Tour of", exact=True).select_option(index=3)
    assert report.page.locator(".map .tour:visible").count() == 1
    assert report.page.locator(".tours tbody tr:visible").count() == 1
    stops = report.page.locator(".map .stop:visible text").all_text_contents()
    names = report.page.locator(".tours tbody tr:visible .leg").count()
    assert stops == [str(number) for number in range(1, names + 1)]


def test_the_map_looks_closer_at_the_tour_that_is_chosen_and_back_again(opened: Open) -> None:
    report = opened("large")
    drawing = report.page.locator("svg.map")
    whole = drawing.get_attribute("viewBox")
    choice = report.page.get_by_label("Tour of", exact=True)
    choice.select_option(index=3)
    left, top, width, height = map(float, str(drawing.get_attribute("viewBox")).split())
    assert width < float(str(whole).split()[2])
    points = str(report.page.locator(".map .tour:visible polyline").get_attribute("points"))
    for point in points.split():
        right, down = map(float, point.split(","))
        assert left <= right <= left + width
        assert top <= down <= top + height
    assert "chosen" in str(drawing.locator("> :last-child").get_attribute("class"))
    choice.select_option(index=0)
    assert drawing.get_attribute("viewBox") == whole


def test_everything_can_be_reached_and_worked_by_keyboard(opened: Open) -> None:
    report = opened()
    page = report.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        if reached[-1] == "account":
            break
    assert [name for name in reached if name in ("tour", "find", "channel", "week")] == [
        "tour",
        "find",
        "channel",
        "week",
    ]
    ring = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(ring) == "solid"
    page.keyboard.press("ArrowDown")
    assert len(report.shown()) < 8
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('count').textContent === '8 touches'")


@pytest.mark.parametrize(
    ("name", "width"),
    [("handmade", DESKTOP), ("handmade", PHONE), ("small", DESKTOP), ("year", PHONE)],
)
def test_axe_finds_nothing(opened: Open, name: str, width: int) -> None:
    axe = import_module("axe_playwright_python.sync_playwright").Axe()
    page = opened(name, width=width).page
    colours_alone = {"runOnly": ["color-contrast"]}
    for scheme, options, least in (("light", {}, 20), ("dark", colours_alone, 0)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        results = axe.run(page, options=options).response
        faults = [
            (scheme, fault["id"], node["html"][:120])
            for fault in results["violations"]
            for node in fault["nodes"]
        ]
        assert faults == []
        assert len(results["passes"]) > least


def test_without_scripts_everything_stands_there(opened: Open) -> None:
    report = opened(java_script_enabled=False)
    assert len(report.shown()) == 8
    assert not report.page.locator("#filters").is_visible()
    assert not report.page.get_by_label("Tour of", exact=True).is_visible()


def test_print_has_every_touch_and_no_controls(opened: Open) -> None:
    report = opened(color_scheme="dark")
    report.page.emulate_media(media="print", color_scheme="dark")
    assert not report.page.locator("#filters").is_visible()
    assert not report.page.locator("nav").is_visible()
    assert len(report.shown()) == 8
    assert report.page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert report.page.pdf().startswith(b"%PDF")


def test_a_large_report_answers_at_once(opened: Open) -> None:
    report = opened("large")
    report.page.get_by_label("Search", exact=True).fill("company number 299")
    spent = report.page.evaluate(
        """() => {
            const before = performance.now();
            document.getElementById("find").dispatchEvent(new Event("input", {bubbles: true}));
            document.body.offsetHeight;
            return performance.now() - before;
        }"""
    )
    assert set(report.names()) == {"The Company Number 299 of the Valley"}
    assert spent < 2000
