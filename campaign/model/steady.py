"""Where `Rhythm` was."""

from campaign.deprecated import moved

_NOW = {"Rhythm": "campaign.model.cadences"}
__getattr__ = moved(__name__, _NOW, since="0.2.0", until="0.3.0")
