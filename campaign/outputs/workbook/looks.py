"""The colours of the workbook, and what heads and wrapped cells look like."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from campaign.outputs.report.keys import Key

HEAD: Mapping[str, Any] = MappingProxyType(
    {"bold": True, "bg_color": "#0F5C4D", "font_color": "#FFFFFF", "text_wrap": True}
)
TO_FILL: Mapping[str, Any] = MappingProxyType(
    {**HEAD, "bg_color": "#FFE9A8", "font_color": "#3B2F00"}
)
"""The head of a column that the rep fills in."""
TITLE: Mapping[str, Any] = MappingProxyType({"bold": True, "font_size": 16})
GROUP: Mapping[str, Any] = MappingProxyType(
    {"bold": True, "font_size": 12, "bottom": 1, "bottom_color": "#0F5C4D"}
)
WRAPPED: Mapping[str, Any] = MappingProxyType({"text_wrap": True})
RULED: Mapping[str, Any] = MappingProxyType(
    {"text_wrap": True, "border": 1, "border_color": "#C9C4B8"}
)
MISSED: Mapping[str, Any] = MappingProxyType(
    {"bold": True, "font_color": "#9C2F14", "bg_color": "#FBE3DB"}
)
DONE: Mapping[str, Any] = MappingProxyType({"font_color": "#6B7173", "italic": True})

# Pale, in the order of the report's own colours: dark text is read on each of them.
_PALE = (
    *("#DCE8F8", "#EBDFF4", "#D5EFE9", "#FBE2D3"),
    *("#ECEFCB", "#F8DCE8", "#DDE9EE", "#F1E5D0"),
)


def coloured(key: Key) -> dict[str, Any]:
    """What a cell of a channel looks like."""
    return {"bg_color": _PALE[key.colour]}
