"""The sheet of who is touched in which month."""

from collections.abc import Mapping

from campaign.outputs.report.coverage import Row, TierCoverage, coverage
from campaign.outputs.report.keys import Key
from campaign.outputs.workbook.book import Sheet
from campaign.outputs.workbook.looks import GROUP, HEAD, MISSED, WRAPPED
from campaign.touches import Plan

_BEFORE = ("Account", "Tier", "City", "Account id")
_WIDTHS = (32, 7, 20, 16)
_MONTH_WIDTH = 24


def write_months(sheet: Sheet, plan: Plan, keys: Mapping[str, Key]) -> None:
    """Every account that is worked, with the channels of its touches, month by month.

    A month without a touch is marked where the account's tier is owed one in each, unless
    the delivery team was there or the account wants no contact.
    """
    found = coverage(plan, keys)
    months = [f"Month {number}" for number in range(1, found.months + 1)]
    sheet.put_row(0, (*_BEFORE, *months), **HEAD)
    sheet.widths((*_WIDTHS, *[_MONTH_WIDTH] * found.months))
    sheet.repeat_head(0, 1)
    rows = [(tier, row) for tier in found.tiers for row in tier.rows]
    for place, (tier, row) in enumerate(rows, start=1):
        _account(sheet, place, row, has_floor=tier.has_floor)
    sheet.raw.autofilter(0, 0, max(1, len(rows)), len(_BEFORE) + found.months - 1)
    for place, tier in enumerate(found.tiers, start=len(rows) + 2):
        _figures(sheet, place, tier)


def _account(sheet: Sheet, place: int, row: Row, *, has_floor: bool) -> None:
    account = row.account
    before = (account.name, account.tier, account.city, account.account_id)
    months = [", ".join(key.name for key in touches) for touches in row.months]
    widths = (*_WIDTHS, *[_MONTH_WIDTH] * len(months))
    sheet.fit_height(place, (*before, *months), widths)
    sheet.put_row(place, before, **WRAPPED)
    for month, words in enumerate(months, start=1):
        column = len(_BEFORE) + month - 1
        if said := words or row.without_touch(month):
            sheet.put(place, column, said, **WRAPPED)
        elif has_floor:
            sheet.put(place, column, "missed", **MISSED)


def _figures(sheet: Sheet, place: int, tier: TierCoverage) -> None:
    """How many accounts of a tier are touched in each month."""
    title = f"Tier {tier.name}" + ("" if tier.has_floor else " (no month is owed)")
    counts = tuple(str(count) for count in tier.by_month)
    sheet.put_row(place, (title, "", "", "", *counts), **GROUP)
