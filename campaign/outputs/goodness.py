"""How good a plan is, in words: the levels, and what is proved of them."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from campaign.phrases import listed
from campaign.touches import Level

BY_TIER = "weighted by tier"
_UNWEIGHTED, _WEIGHTED_DAYS = "owed", "service"
_LEVEL_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "owed": "promises, grievances and their repair",
        "in_time": "their days late",
        "floor": "months with a touch",
        "required": "required touches",
        "service": "what else is late or left out",
    }
)


def goodness(levels: Iterable[Level]) -> Iterator[str]:
    """What is proved: which levels nobody could better, and how far the others may be from it."""
    known = [level for level in levels if level.name in _LEVEL_WORDS]
    best = [_LEVEL_WORDS[level.name] for level in known if _is_best(level)]
    if best:
        yield f"no plan can do better in {listed(best)}"
    for level in known:
        if not _is_best(level):
            yield f"{_LEVEL_WORDS[level.name]} {_level_in_words(level)}"


def _is_best(level: Level) -> bool:
    """Whether no plan can do better; of what is late there cannot be less than nothing."""
    return level.is_proved_best or (level.is_less_better and not level.figure)


def _level_in_words(level: Level) -> str:
    """The figure of a level that is not proved best, and what is known of a better one."""
    if level.possible is None:
        known = f", no plan can have fewer than {level.bound:,}" if level.bound else ""
        unit = f" days {BY_TIER}" if level.name == _WEIGHTED_DAYS else ""
        return f"{level.figure:,}{unit}{known}"
    share = percent(level) if level.name == _UNWEIGHTED else f"{percent(level)} {BY_TIER}"
    return f"{share}, {bound_in_words(level)}"


def bound_in_words(level: Level) -> str:
    """What is known of how much more than its figure a level could reach."""
    if level.figure == level.possible:
        return "everything"
    if _is_best(level):
        return "no plan can do better"
    if level.is_less_better:
        fewest = f"no plan can have fewer than {level.bound:,}" if level.bound else ""
        return fewest or "how much better is possible is not known"
    if level.bound is None or level.bound == level.possible:
        return "how much more is possible is not known"
    return f"no plan can reach more than {_percent_at_most(level.bound, level.possible or 1)}"


def percent(level: Level) -> str:
    """The share to a tenth of a per cent, rounded down, so that 100 is said of all only."""
    return f"{1000 * level.figure // (level.possible or 1) / 10:g} %"


def _percent_at_most(bound: int, possible: int) -> str:
    """The share of a bound, rounded up, so that it holds as it is said."""
    return f"{-(-1000 * bound // possible) / 10:g} %"
