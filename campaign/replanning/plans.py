"""The plan until now beside the one that takes its place: what both are compared by."""

from attrs import frozen

from campaign.answer import Campaign
from campaign.consequences import Begun, Consequences
from campaign.model.territory import Territory
from campaign.touches import Plan


@frozen(eq=False)
class TwoPlans:
    """A plan, how it had begun, and the campaign that takes its place."""

    before: Plan
    begun: Begun
    campaign: Campaign

    @property
    def territory(self) -> Territory:
        """The question as it is now."""
        return self.campaign.territory

    @property
    def consequences(self) -> Consequences:
        """What follows from the rows that are logged."""
        return self.begun.found
