"""Countries whose public holidays differ by region, so that one without a region is not enough.

In the United States the states' lists count by choice only: firms work on most of their days.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from campaign.errors import Finding, Severity

if TYPE_CHECKING:
    from campaign.model.territory import Territory

BY_REGION = frozenset({"AU", "BR", "CA", "CH", "DE", "ES", "GB", "IN", "NZ"})
"""Where at least half of the regions have public holidays of their own (`holidays` package)."""


def unknown_region_of_rep(territory: "Territory") -> Iterator[Finding]:
    """A rep in a country whose public holidays differ by region, without a region."""
    rep = territory.rep
    if rep.country in BY_REGION and not rep.region:
        yield Finding(
            "campaign",
            f"the public holidays of {rep.country} differ by region, and none is given: only "
            "those of the whole country count",
            remedy='write region = "..." under [rep], the code or the name of yours',
            column="rep.region",
            severity=Severity.NOTICE,
        )
