"""Where the files of a plan lie: what it leaves out and its proof beside it, under its name."""

from pathlib import Path

CAMPAIGN_FILE = "campaign.csv"
LEFT_OUT_FILE = "left-out.csv"
PROOF_FILE = "plan.json"


def left_out_of(plan: Path) -> Path:
    """What is left out: `left-out.csv` beside `campaign.csv`, `r2.left-out.csv` by `r2.csv`."""
    return _beside(plan, LEFT_OUT_FILE)


def proof_of(plan: Path) -> Path:
    """The proof of a plan: `plan.json` beside `campaign.csv`, `r2.plan.json` beside `r2.csv`."""
    return _beside(plan, PROOF_FILE)


def _beside(plan: Path, name: str) -> Path:
    is_usual = plan.stem == Path(CAMPAIGN_FILE).stem
    return plan.with_name(name if is_usual else f"{plan.stem}.{name}")
