"""Plans a sales rep's first 90 days in a territory: letters, cards, calls and visits.

    from datetime import date

    from campaign import Account, Rep, Territory, plan

    territory = Territory(Rep("Rep"), [Account("A-1", "Cascade Dental")], start=date(2027, 1, 4))
    campaign = plan(territory)
    campaign.write("campaign.csv")

`import_lists` makes lists of an export, `read` a territory of files, `check` says what is wrong
with it and whether the hours suffice, `plan` plans it, `verify` tests a plan without the planner,
`explain` says why it is as it is, `replan` plans on from any day; `split` and `plan_all` do it
for many reps. Every value is frozen.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from campaign.answer import Campaign, check, verify
from campaign.errors import CallbackFailed, CampaignError, Finding, InvalidInput, UnreadableFile
from campaign.importing import import_lists
from campaign.model.accounts import Account, Contact, Promise
from campaign.model.busy import Busy
from campaign.model.cadences import Cadence, Purpose, Step
from campaign.model.channels import Channel
from campaign.model.policy import Policy
from campaign.model.priorities import Tier
from campaign.model.rep import Capacity, Courtesy, Rep, Travel
from campaign.model.territory import Territory
from campaign.reading import read
from campaign.rules.violations import Violation
from campaign.touches import LeftOut, Level, Touch

if TYPE_CHECKING:
    from collections.abc import Callable

    from campaign.explaining import explain
    from campaign.planner.progress import Progress
    from campaign.rehearsal import rehearse
    from campaign.replanning import replan
    from campaign.teams import plan_all, split
    from campaign.touches import Effort, Plan
    from campaign.whatif import compare, hours_curve

__version__ = "0.2.0"

__all__ = [
    "Account",
    "Busy",
    "Cadence",
    "CallbackFailed",
    "Campaign",
    "CampaignError",
    "Capacity",
    "Channel",
    "Contact",
    "Courtesy",
    "Finding",
    "InvalidInput",
    "LeftOut",
    "Level",
    "Policy",
    "Promise",
    "Purpose",
    "Rep",
    "Step",
    "Territory",
    "Tier",
    "Touch",
    "Travel",
    "UnreadableFile",
    "Violation",
    "check",
    "compare",
    "explain",
    "hours_curve",
    "import_lists",
    "plan",
    "plan_all",
    "read",
    "rehearse",
    "replan",
    "split",
    "verify",
]

_LATE = {
    "compare": "campaign.whatif",
    "explain": "campaign.explaining",
    "hours_curve": "campaign.whatif",
    "plan_all": "campaign.teams",
    "rehearse": "campaign.rehearsal",
    "replan": "campaign.replanning",
    "split": "campaign.teams",
}
"""Names that are imported when they are asked for: most of them load OR-Tools."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name not in _LATE:
            raise AttributeError(f"module campaign has no attribute {name}")
        return getattr(import_module(_LATE[name]), name)


def plan(
    territory: Territory,
    *,
    effort: "Effort | int" = "normal",
    hint: "Plan | None" = None,
    progress: "Callable[[Progress], None] | None" = None,
    should_stop: "Callable[[], bool] | None" = None,
    seconds: float | None = None,
) -> Campaign:
    """Plan the touches that a territory owes, within the rep's minutes.

    `effort` is `quick`, `normal`, `thorough` or a number from 0; it is counted and not
    timed, so that the same territory gives the same campaign, byte for byte. The search
    starts from `hint`, another plan of much the same territory, where that is better than
    its own first plan. `progress` is called while the search runs, with the effort spent
    and the levels reached. Ctrl-C, a `should_stop` that says yes, or so many `seconds` end the
    search and give the best plan so far, with `stopped` set; a limit in seconds gives up that
    the same territory gives the same campaign. Raises `InvalidInput` for an effort that is none,
    and `CallbackFailed`, which holds the best plan so far, where a callback raises.
    """
    from campaign.planner.progress import Stopping  # noqa: PLC0415 (the same)
    from campaign.planning import plan as search  # noqa: PLC0415 (OR-Tools: only when planning)

    stopping = Stopping(progress, should_stop=should_stop, seconds=seconds)
    campaign = search(territory, effort=effort, hint=hint, progress=stopping)
    stopping.tell_of_faults(campaign)
    return campaign
