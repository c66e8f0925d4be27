"""Letters, labels and envelopes: what is planned by post, ready to be printed."""

from campaign.outputs.letters.labels import SHEETS, render_labels
from campaign.outputs.letters.printing import MERGE_COLUMNS, Mailing, render_letters

__all__ = ["MERGE_COLUMNS", "SHEETS", "Mailing", "render_labels", "render_letters"]
