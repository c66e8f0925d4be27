"""Many reps at once: one list split among them, planned side by side, and summed up."""

from campaign.teams.splitting import Split, split
from campaign.teams.team import Failed, Part, Team, part_of, plan_all

__all__ = ["Failed", "Part", "Split", "Team", "part_of", "plan_all", "split"]
