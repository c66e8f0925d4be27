"""The workbook: to print, to filter and to tick off; reading takes it in again."""

from campaign.outputs.workbook.rendering import render_workbook

__all__ = ["render_workbook"]
