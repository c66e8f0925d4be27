"""What a plan costs and what it comes to, each measured in a child process of its own."""

from collections.abc import Callable
from pathlib import Path

from attrs import field, frozen

from campaign import Level, Territory, plan, read
from campaign.touches import Effort, Plan
from suite.children import ChildFailed, Cost, costing, in_child
from suite.generator import Shape, territory_of

PLANNER, ONE_MODEL, DELAYS = "planner", "one CP-SAT model", "fixed delays"


@frozen
class Job:
    """One territory to plan in one way: a shape, or a campaign folder."""

    method: str
    shape: Shape | None = field(default=None, kw_only=True)
    folder: str = field(default="", kw_only=True)
    effort: Effort | int = field(default="normal", kw_only=True)
    cpu_seconds: float = field(default=0.0, kw_only=True)

    @property
    def instance(self) -> str:
        """The name of the territory."""
        return self.shape.name if self.shape else Path(self.folder).resolve().name

    def territory(self) -> Territory:
        """The territory itself."""
        return territory_of(self.shape) if self.shape else read(self.folder)


@frozen
class Measure:
    """One row of the table: what a plan came to and what it cost; or the fault."""

    instance: str
    method: str
    accounts: int = field(default=0, kw_only=True)
    levels: tuple[Level, ...] = field(default=(), kw_only=True)
    touches: int = field(default=0, kw_only=True)
    visits: int = field(default=0, kw_only=True)
    broken: int = field(default=0, kw_only=True)
    cost: Cost = field(default=Cost(0.0, 0.0, 0.0), kw_only=True)
    fault: str = field(default="", kw_only=True)

    @property
    def is_verified(self) -> bool:
        """Whether there is a plan and it keeps every rule."""
        return not self.fault and not self.broken

    def level(self, name: str) -> Level | None:
        """The level of that name, None where there is no plan."""
        return next((level for level in self.levels if level.name == name), None)


def measured(job: Job) -> Measure:
    """Plan a territory in this process; the making of the territory is not counted."""
    territory = job.territory()
    with costing() as cost:
        made = METHODS[job.method](territory, job)
    from suite.book import judged  # noqa: PLC0415 (after the clock has stopped)

    levels, broken = judged(made)
    return Measure(
        job.instance,
        job.method,
        accounts=len(territory.accounts),
        levels=made.levels or levels,
        touches=len(made.touches),
        visits=sum(touch.stop > 0 for touch in made.touches),
        broken=len(broken),
        cost=cost[0],
    )


def _planner(territory: Territory, job: Job) -> Plan:
    return plan(territory, effort=job.effort)


def _one_model(territory: Territory, job: Job) -> Plan:
    from suite.one_model import plan_by_one_model  # noqa: PLC0415 (OR-Tools is heavy)

    return plan_by_one_model(territory, job.cpu_seconds)


def _delays(territory: Territory, _: Job) -> Plan:
    from suite.delays import plan_by_delays  # noqa: PLC0415 (as the others)

    return plan_by_delays(territory)


METHODS: dict[str, Callable[[Territory, Job], Plan]] = {
    PLANNER: _planner,
    ONE_MODEL: _one_model,
    DELAYS: _delays,
}


def measured_in_child(job: Job) -> Measure:
    """The same as `measured`, in a process of its own; a failure is a row that says so."""
    try:
        found: Measure = in_child(measured, job)
    except ChildFailed as error:
        return Measure(job.instance, job.method, fault=str(error))
    return found


def measured_instance(job: Job, *, baselines: bool) -> list[Measure]:
    """The planner's row, then the baselines', the model with the planner's CPU seconds."""
    first = measured_in_child(job)
    if not baselines:
        return [first]
    others = [
        Job(ONE_MODEL, shape=job.shape, folder=job.folder, cpu_seconds=first.cost.cpu),
        Job(DELAYS, shape=job.shape, folder=job.folder),
    ]
    return [first, *map(measured_in_child, others)]
