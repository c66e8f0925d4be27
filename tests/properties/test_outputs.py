"""Whatever the territory: its plan can be shown, with every touch of it.

A calendar knows its events again, whatever has become of them.
"""

import datetime as dt

from attrs import evolve
from handmade import TOUCHES, territory
from hypothesis import given
from hypothesis import strategies as st
from ics import by_icalendar, by_vobject
from territories import territories
from tries import few

from campaign.model.territory import Territory
from campaign.outputs.calendar import render_calendar
from campaign.outputs.report import render_report
from campaign.planning import plan
from campaign.touches import Plan, Touch


@few(3)
@given(territories())
def test_every_plan_has_a_report_with_all_of_its_touches(territory: Territory) -> None:
    campaign = plan(territory, effort=0)
    page = render_report(campaign)
    assert page.count("<li data-c=") == sum(touch.stands for touch in campaign.touches)
    left = page[page.index('id="left-out"') : page.index('id="levels"')]
    assert left.count("<li>") == len(campaign.left_out)


@st.composite
def touches(draw: st.DrawFn) -> Touch:
    """A touch of the plan made by hand, with a text, a day and a time that may be any."""
    start = draw(st.none() | st.integers(0, 1439))
    return evolve(
        draw(st.sampled_from(TOUCHES)),
        date=dt.date(2027, 1, 4) + dt.timedelta(days=draw(st.integers(0, 89))),
        brief=draw(st.text(max_size=80)),
        start=start,
        end=None if start is None else draw(st.integers(start, 1440)),
        travel_minutes=draw(st.integers(0, 200)),
    )


PLANS = st.lists(touches(), max_size=6, unique_by=lambda touch: touch.touch_id)


@few(12)
@given(st.lists(PLANS, min_size=1, max_size=3))
def test_a_calendar_follows_its_plan_and_no_event_is_lost(plans: list[list[Touch]]) -> None:
    content = b""
    for each in plans:
        known = {event.uid: event.sequence for event in by_icalendar(content)} if content else {}
        made = Plan(territory(), each)
        content = render_calendar(made, content)
        seen = by_icalendar(content)
        assert by_vobject(content) == seen
        assert render_calendar(made, content) == content
        current = {event.uid for event in by_icalendar(render_calendar(made))}
        assert {event.uid for event in seen if event.status == "CONFIRMED"} == current
        assert {event.uid for event in seen} == known.keys() | current
        assert all(event.sequence >= known.get(event.uid, 0) for event in seen)
        assert all(event.start < event.end for event in seen)


@few(25)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_in_the_way_of_a_calendar_raise_anything_but_what_they_are(data: bytes) -> None:
    text = render_calendar(Plan(territory(), TOUCHES[:2]))
    for previous in (data, text[:300] + data + text[300:]):
        try:
            content = render_calendar(Plan(territory(), TOUCHES[:2]), previous)
        except ValueError as error:
            assert str(error) == "is no calendar that this program has written"  # noqa: PT017
        else:
            assert len(by_icalendar(content)) >= 2
