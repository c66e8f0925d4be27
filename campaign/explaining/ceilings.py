"""Which ceiling, or which distance, keeps a touch from a person: the one that binds is named."""

from collections import Counter
from collections.abc import Sequence

from campaign.model.channels import CALL
from campaign.model.persons import number_of
from campaign.model.runs import channels_for
from campaign.phrases import counted, listed
from campaign.rules.courtesy import borne
from campaign.rules.dues import Due
from campaign.rules.facts import Facts
from campaign.rules.sequence import could_stand_alone


def _rung_elsewhere(facts: Facts, due: Due, channels: Sequence[str]) -> str:
    """The other accounts that are called at the same number, as a clause; empty for none."""
    number = number_of(due.account, due.person)
    ids = facts.territory.shared_numbers.get(number, ())
    others = [facts.territory.account(one).name for one in ids if one != due.account.account_id]
    if channels != [CALL] or not others:
        return ""
    least = counted(facts.territory.courtesy.gap, "business day")
    return f"{number} is also the number of {listed(others)}, and is rung once within {least}"


def what_binds(facts: Facts, due: Due) -> str:
    """What a person is asked to bear already, as a clause; empty where no ceiling is reached.

    By each channel that is allowed: the ceiling of all touches, or of the channel. Where one
    of the channels is below both, it is the distance to other touches that binds.
    """
    courtesy, name = facts.territory.courtesy, due.person.name
    rows = borne(facts, due.account.account_id, due.person.contact_id)
    if len(rows) >= courtesy.most:
        touches = "1 touch" if len(rows) == 1 else f"{len(rows)} touches"
        return f"{name} has {touches} already, as many as most = {courtesy.most} lets in"
    used_by = facts.territory.channels
    channels = [
        channel
        for channel in channels_for(facts.territory, due.person, due.step)
        if could_stand_alone(facts, due, used_by[channel])
    ]
    used = Counter(row.touch.channel for row in rows)
    full = [
        (channel, most)
        for channel in channels
        if (most := courtesy.most_by_channel.get(channel)) is not None and used[channel] >= most
    ]
    told = [
        f"{counted(used[channel], channel)}, as many as most_{channel} = {most} lets in"
        for channel, most in full
    ]
    if full and len(full) == len(channels):
        return f"{name} has {listed(told)} already"
    least = counted(courtesy.gap, "business day")
    ringing = _rung_elsewhere(facts, due, channels)
    if ringing and not told:
        return ringing
    beside = f", and has {listed(told)} already" if told else ""
    return (
        f"On each day of its window {name} is touched less than {least} before or after "
        f"(gap = {courtesy.gap}){beside}"
    )
