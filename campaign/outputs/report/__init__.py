"""The report: one HTML page for a manager, which needs no network and prints well."""

from campaign.outputs.report.rendering import render_report

__all__ = ["render_report"]
