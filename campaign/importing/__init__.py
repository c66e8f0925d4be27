"""Exports of customer systems to the lists of a campaign folder, once and again."""

from campaign.importing.imported import Imported, Written, import_lists
from campaign.reading.exports.choices import Choices, InactiveRule

__all__ = ["Choices", "Imported", "InactiveRule", "Written", "import_lists"]
