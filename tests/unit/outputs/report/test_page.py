import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from attrs import evolve
from handmade import campaign
from reports import CONTROLS, NAMES, hostile, large

from campaign.answer import Campaign
from campaign.outputs.report import render_report
from campaign.touches import Plan

ONE_MEGABYTE = 1_000_000
VOID = {"meta", "input", "br", "img", "link"}
DRAWN = {"rect", "path", "circle", "polyline"}


class Reader(HTMLParser):
    """What a page holds: its tags, its text, and whether every tag is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in DRAWN
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


PLANS = {"handmade": campaign(), "hostile": hostile(), "empty": evolve(campaign(), touches=())}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_every_tag_is_closed_and_every_id_is_there_once(plan: Plan) -> None:
    reader = Reader(render_report(plan))
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    links = [attrs["href"] for tag, attrs in reader.tags if tag == "a"]
    assert {link[1:] for link in links if link} <= set(reader.ids)


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_nothing_on_the_page_leads_elsewhere_or_runs(plan: Plan) -> None:
    for tag, attrs in Reader(render_report(plan)).tags:
        assert tag not in ("img", "link", "iframe", "object", "base")
        assert not any(name.startswith("on") or name in ("src", "style") for name in attrs)
        assert (attrs.get("href") or "#").startswith("#")


def test_headings_leave_out_no_level() -> None:
    levels = [int(tag[1]) for tag, _ in Reader(render_report(campaign())).tags if tag in HEADINGS]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


HEADINGS = ("h1", "h2", "h3", "h4")


def test_the_policy_names_the_style_and_the_script_as_they_stand() -> None:
    page = render_report(campaign())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    expected = [
        hashed("style", page),
        hashed("script", page),
        "default-src &#39;none&#39;",
        "base-uri &#39;none&#39;",
        "form-action &#39;none&#39;",
    ]
    assert sorted(policy[1].split("; ")) == sorted(expected)


def hashed(tag: str, page: str) -> str:
    """The part of the policy that lets one inline piece of the page work."""
    (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"{tag}-src &#39;sha256-{digest}&#39;"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_as_it_is(name: str) -> None:
    assert name in Reader(render_report(hostile())).texts


def test_what_no_page_may_hold_is_replaced() -> None:
    odd = f"{CONTROLS}\x00\ud800"
    plan = campaign()
    accounts = [evolve(account, name=odd) for account in plan.territory.accounts]
    page = render_report(evolve(plan, territory=evolve(plan.territory, accounts=accounts)))
    assert "bell\ufffd and \ufffd[31mred\ufffd\ufffd" in Reader(page).texts
    assert page.encode()


def test_three_hundred_accounts_stay_below_a_megabyte() -> None:
    plan = large(300, 6)
    assert (len(plan.touches), len(plan.left_out)) == (1800, 300)
    assert len(render_report(plan).encode()) < ONE_MEGABYTE


def test_the_same_plan_gives_the_same_page() -> None:
    assert render_report(campaign()) == render_report(campaign())


def test_a_plan_without_levels_gets_their_figures() -> None:
    page = render_report(evolve(campaign(), levels=()))
    assert "Months in which a prioritised account is touched" in page
    assert "in late days weighted by tier, fewer are better" in page


def test_a_promise_that_is_kept_says_so() -> None:
    plan = campaign()
    (loyal,) = [a for a in plan.territory.accounts if a.account_id == "A-5"]
    fewer = evolve(plan.territory, accounts=(loyal,), contacts=(), promises=())
    own = [touch for touch in plan.touches if touch.account_id == "A-5"]
    page = " ".join(Reader(render_report(Campaign(fewer, own))).texts)
    assert re.search(r"Every account, every month:\s+1 of 1", page)
    assert "All prioritised accounts are touched at least once" in " ".join(page.split())


def test_a_territory_without_a_floor_promises_nothing() -> None:
    plan = campaign()
    tiers = [evolve(tier, floor=False) for tier in plan.territory.tiers]
    page = render_report(evolve(plan, territory=evolve(plan.territory, tiers=tiers)))
    assert "No account is owed a touch every month" in page
    assert "(not prioritised)" in page
