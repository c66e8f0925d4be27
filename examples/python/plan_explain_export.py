"""Plans a territory, explains the plan, exports it and plans on from it, all in code.

    python plan_explain_export.py TERRITORY FOLDER [EFFORT]

TERRITORY is a campaign folder or a list of accounts, FOLDER takes the exports.
"""

import sys
from collections import Counter
from pathlib import Path

import pendulum
from attrs import evolve

from campaign import Campaign, InvalidInput, Territory, check, explain, plan, read, replan
from campaign.outputs.calendar import render_calendar
from campaign.outputs.crm import salesforce
from campaign.outputs.json import render_json
from campaign.outputs.report import render_report
from campaign.touches import Effort

QUICK = "quick"


def main(source: str, folder: str, effort: str = QUICK) -> int:
    """Do all of it; 1 where the territory cannot be planned."""
    try:
        territory = read(source)
    except InvalidInput as error:
        print(error)
        return 1
    campaign = planned(territory, effort)
    for line in explained(campaign):
        print(line)
    for path in exported(campaign, Path(folder)):
        print(f"written: {path.name}")
    for line in planned_on(campaign, effort):
        print(line)
    return 0


def planned(territory: Territory, effort: str) -> Campaign:
    """The campaign, tested by every rule."""
    hours = check(territory).feasibility
    if hours:
        print(f"load {hours.load:.2f} of what the rep has")
    campaign = plan(territory, effort=effort_of(effort))
    broken = campaign.violations()
    print(f"{len(campaign.touches)} touches planned, {len(broken)} rules broken")
    return campaign


def effort_of(text: str) -> Effort | int:
    """A named effort, or a number."""
    named: dict[str, Effort] = {"quick": "quick", "normal": "normal", "thorough": "thorough"}
    return named[text] if text in named else int(text)


def explained(campaign: Campaign) -> list[str]:
    """What the plan reaches, why the first touches stand where they do, what is left out."""
    levels = [f"{level.name}: {level.figure} of {level.possible}" for level in campaign.levels[:4]]
    first = [
        f"{record['date']:%a %d %b} {record['channel']} to {record['account']}: {record['why']}"
        for record in campaign.to_records()[:5]
    ]
    left = Counter(left.reason_code.value for left in campaign.left_out)
    why = [f"left out: {left.touch_id}: {left.reason}" for left in campaign.left_out[:3]]
    one = str(explain(campaign, campaign.touches[0].account_id)).splitlines()[:4]
    return [*levels, *first, *(f"left out, {code}: {n}" for code, n in left.items()), *why, *one]


def exported(campaign: Campaign, folder: Path) -> list[Path]:
    """The plan with its proof, and every kind of file that others read."""
    folder.mkdir(parents=True, exist_ok=True)
    calendar = folder / "campaign.ics"
    before = calendar.read_bytes() if calendar.exists() else b""
    calendar.write_bytes(render_calendar(campaign, before))
    texts = {
        "report.html": render_report(campaign),
        "campaign.json": render_json(campaign),
        "salesforce-tasks.csv": salesforce.render_tasks(campaign),
        "salesforce-events.csv": salesforce.render_events(campaign),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [*campaign.write(folder / "campaign.csv"), calendar, *(folder / name for name in texts)]


def planned_on(campaign: Campaign, effort: str) -> list[str]:
    """The first touch is made, the rest of its week the rep is ill: what changes, and why."""
    first, *rest = campaign.touches
    done = evolve(first, status="done", outcome="done", done_on=first.date)
    monday = first.date.next(pendulum.MONDAY)
    ill = f"{first.date.add(days=1)}/{monday.subtract(days=1)}"
    logged = evolve(campaign, touches=[done, *rest])
    anew = replan(logged, monday, off=[ill], effort=effort_of(effort))
    broken = anew.campaign.violations()
    return [*str(anew).splitlines(), f"planned on, {len(broken)} rules broken"]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
