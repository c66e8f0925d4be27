"""The days of a plan as a page for a telephone, which needs no network."""

from campaign.outputs.phone.rendering import render_phone

__all__ = ["render_phone"]
