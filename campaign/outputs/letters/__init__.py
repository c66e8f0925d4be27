"""Letters, labels and envelopes: what is planned by post, ready to be printed."""

from campaign.outputs.letters.posts import Mailing
from campaign.outputs.letters.rendering import MERGE_COLUMNS, render_labels, render_letters
from campaign.outputs.letters.sheets import SHEETS

__all__ = ["MERGE_COLUMNS", "SHEETS", "Mailing", "render_labels", "render_letters"]
