"""Spans of one day in minutes after midnight by the rep's clock, and what fits into them."""

from collections.abc import Iterable

Span = tuple[int, int]
Spans = tuple[Span, ...]


def earliest(spans: Spans, since: int, minutes: int) -> int:
    """The first start from a time on at which some minutes lie in one span; -1 for none."""
    for first, last in spans:
        start = max(since, first)
        if start + minutes <= last:
            return start
    return -1


def latest(spans: Spans, until: int, minutes: int) -> int:
    """The last start at which some minutes lie in one span and end by a time; -1 for none."""
    for first, last in reversed(spans):
        start = min(last, until) - minutes
        if start >= first:
            return start
    return -1


def shared(some: Spans, others: Spans) -> Spans:
    """What lies in a span of both."""
    both = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return tuple(sorted((start, end) for start, end in both if start < end))


def without(spans: Spans, taken: Iterable[Span]) -> Spans:
    """What is left of spans when others are taken out."""
    for first, last in taken:
        cut = [(start, min(end, first)) for start, end in spans]
        cut += [(max(start, last), end) for start, end in spans]
        spans = tuple(sorted((start, end) for start, end in cut if start < end))
    return spans
