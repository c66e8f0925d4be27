"""The workbook: to print, to filter and to tick off; reading takes it in again."""

import datetime as dt

from campaign.model.rep import USUAL_NAME
from campaign.outputs.agenda import day_inside, week_of
from campaign.outputs.coverage import keys_of
from campaign.outputs.whom import is_letter_paper
from campaign.outputs.workbook import sheets
from campaign.outputs.workbook.book import Book
from campaign.touches import Plan


def render_workbook(plan: Plan, *, day: dt.date | None = None) -> bytes:
    """A plan as a workbook (XLSX) to print, to filter and to tick off.

    `day` is that of the sheet Today, and its week that of the sheet Week; a day outside the
    campaign, or none, is the nearest one inside. The same plan and day give the same bytes.
    Names may hold anything: all of it is text. `read_plan` takes the workbook in again.
    """
    territory = plan.territory
    today = day_inside(territory.calendar, day or territory.start)
    book = Book(
        territory.name or "Campaign",
        territory.start,
        letter_paper=is_letter_paper(territory.rep.country),
    )
    keys = keys_of(plan)
    rep = territory.rep.name
    whose = "" if rep in ("", USUAL_NAME) else f", {rep}"
    sheets.write_days(book.sheet("Today"), plan, [today], title=f"Today{whose}", keys=keys)
    week = week_of(territory.calendar, today)
    sheets.write_days(book.sheet("Week"), plan, week, title=f"This week{whose}", keys=keys)
    sheets.write_campaign(book.sheet("Campaign"), plan, keys)
    sheets.write_months(book.sheet("Coverage"), plan, keys)
    sheets.write_left_out(book.sheet("Left out"), plan, keys)
    return book.content()
